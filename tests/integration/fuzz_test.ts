/**
 * Reads mutated pages. A rule refuses a page, or each person is kept or rejected. No other error may
 * be thrown, no page may hang, and the output may not contain a planted secret.
 * `DEBR_FUZZ_TIMES` multiplies the mutations. Real pages are mutated too if they exist.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { assert, assertEquals } from "@std/assert";
import { SourceError } from "../../etl/common/errors.ts";
import { Rows } from "../../etl/transform/normalise/rows.ts";
import { hashKey, syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import { Random } from "../../etl/extract/synthetic/random.ts";
import { FIELDS, OwnFields, PersonFields } from "../../etl/transform/validate/fields.ts";
import { isValid, reject, validate } from "../../etl/transform/validate/person.ts";
import { redact } from "../../etl/transform/validate/redact.ts";
import type { CheckedPage } from "../../etl/extract/pages/page.ts";
import { checkSavedPage } from "../../etl/extract/pages/documents.ts";
import { PersonScanner } from "../../etl/transform/validate/fast/scan.ts";
import type { LandedFile } from "../../etl/extract/landed/landed.ts";
import { readLanded } from "../../etl/extract/landed/landed_pages.ts";
import { land } from "../../etl/run/land/land.ts";
import { plan } from "../../etl/run/plan.ts";
import { openSavedPages } from "../../etl/extract/pages/saved_page.ts";
import type { ApiVersion } from "../../schema/mod.ts";
import { SEED } from "../seed.ts";

const TIMES = Number(Deno.env.get("DEBR_FUZZ_TIMES") ?? 1);
const PAGES = 5000 * TIMES;
const FILES = 2500 * TIMES;

const REAL = new URL("../../../shared/real/", import.meta.url);

/** The value of every secret field, which no output may contain. */
const SECRET = "Zq7planted7qZ";

/** Tokens of JSON, and input on which parsers often fail. */
const TOKENS = [
  ...["{", "}", "[", "]", ",", ":", '"', "\\", "\\u0000", "\\ud800", "null", "true", "-0", "1e999"],
  ...['"results":[', '"info":{', '"results":[]', "\u0000", "\ufeff", "0.1", "[[[[", '{"a":'],
];

function planted(text: string): string {
  return text.replace(/"(password|salt|md5|sha1)":"[^"]*"/g, `"$1":"${SECRET}"`);
}

async function pages(): Promise<string[]> {
  const found = (["1.3", "1.4"] as const).map((version) =>
    syntheticPage({ seed: "fuzz", page: 1, results: 20, version })
  );
  const entries = await Array.fromAsync(Deno.readDir(REAL)).catch(() => []);
  for (const name of entries.map(({ name }) => name).sort()) {
    if (/-nat-|lego|noinfo|exc|answers/.test(name)) {
      found.push(await Deno.readTextFile(new URL(name, REAL)));
    }
  }
  const all = found.map(planted);
  return [...all, ...all.filter(isJson).flatMap(spaced)];
}

/** Formats a page like pretty printers and Python's `json.dump`. */
function spaced(text: string): string[] {
  const pretty = JSON.stringify(JSON.parse(text), null, 1);
  const python = pretty.replaceAll(/,\n */g, ", ").replaceAll(/\n */g, "");
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return [pretty, python, python.replaceAll(/[^\0-\x7f]/g, escaped)];
}

const random = new Random();
const below = (count: number) => random.below(count);

/** Deletes, repeats or inserts text a few times. */
function mutate(text: string): string {
  let mutated = text;
  for (let times = 1 + below(6); times > 0; times--) {
    const at = below(mutated.length + 1);
    const end = Math.min(mutated.length, at + below(60));
    const inserted = [
      () => "",
      () => mutated.slice(at, end).repeat(2),
      () => TOKENS[below(TOKENS.length)]! + mutated.slice(at, end),
      () => String.fromCharCode(below(0x300)) + mutated.slice(at + 1, end),
    ][below(4)]!();
    mutated = mutated.slice(0, at) + inserted + mutated.slice(end);
  }
  return mutated;
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

/** Reads the pages of a text with a parser and returns them or the error. */
function readParsed(text: string): Pick<CheckedPage, "people" | "version">[] | SourceError {
  try {
    if (isJson(text)) return [checkSavedPage(text, { label: "fuzz" })];
    const pages = openSavedPages({ bytes: new TextEncoder().encode(text), label: "fuzz" });
    return Array.from(pages, ({ people, version }) => ({ people: [...people], version }));
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}

const textsOf = (fields: PersonFields) => FIELDS.map((_, at) => fields.text(at));

/** Asserts that a scanned person is valid and equals the parsed person. */
function assertSamePerson(found: PersonFields, person: unknown, version: ApiVersion): void {
  assert(isValid(person, version), "the scanner accepts an invalid person");
  assertEquals(textsOf(found), textsOf(new OwnFields().take(person)));
}

/** Validates a person and adds the reject of an invalid one to `output`. */
function addPerson(found: unknown, { version, expected, rows, output }: {
  readonly version: ApiVersion;
  readonly expected: Pick<CheckedPage, "people" | "version"> | undefined;
  readonly rows: Rows;
  readonly output: unknown[];
}, row: number): void {
  if (found instanceof PersonFields) {
    // A page with a later error has no expected people, because none are kept.
    if (expected) assertSamePerson(found, expected.people[row], expected.version);
    rows.add(found);
    return;
  }
  if (expected) assertEquals(found, expected.people[row]);
  const verdict = isValid(found, version) ? { person: found } : validate(found, version);
  if (verdict.person) rows.add(verdict.person);
  else output.push(reject(verdict.failures, { page: "fuzz", row: 0 }));
  const again = validate(redact(found, version), version);
  assert((again.person === undefined) === (verdict.person === undefined), "redacted differs");
}

/** Reads and validates a file, and returns all rejects and errors as text. */
function readAll(text: string): string {
  const rows = new Rows();
  const output: unknown[] = [];
  const parsed = readParsed(text);
  const expected = parsed instanceof SourceError ? [] : parsed;
  try {
    let page = 0;
    const bytes = new TextEncoder().encode(text);
    for (
      const { people, version } of openSavedPages({
        bytes,
        label: "fuzz",
        scanner: (bytes, version) => new PersonScanner(bytes, version),
      })
    ) {
      const of = expected[page++];
      let row = 0;
      for (const found of people) addPerson(found, { version, expected: of, rows, output }, row++);
      if (of) assertEquals({ row, version }, { row: of.people.length, version: of.version });
    }
    assert(!(parsed instanceof SourceError), "the scanner reads a page that the parser refuses");
    assertEquals(page, expected.length);
    rows.tables();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    assert(parsed instanceof SourceError, error.message);
    output.push(error.message);
  }
  return JSON.stringify(output);
}

Deno.test(`${PAGES} mutated pages are refused or read`, async () => {
  random.start(hashKey(`${SEED}`), 1);
  const originals = await pages();
  let slowest = 0;
  for (let count = 0; count < PAGES; count++) {
    const text = mutate(originals[count % originals.length]!);
    const began = performance.now();
    let output: string;
    try {
      output = readAll(text);
    } catch (cause) {
      const path = await Deno.makeTempFile({ prefix: "debr-fuzz-", suffix: ".json" });
      await Deno.writeTextFile(path, text);
      throw new Error(`Cannot process ${path}`, { cause });
    }
    slowest = Math.max(slowest, performance.now() - began);
    assert(!output.includes(SECRET), output.slice(0, 500));
  }
  assert(slowest < 5000, `${slowest} ms for one page`);
});

/** Reads a landed file and returns its pages as text, or the error. */
async function readLines(
  file: LandedFile,
  options: Parameters<typeof readLanded>[1],
): Promise<unknown[]> {
  const found: unknown[] = [];
  try {
    for await (const { label, version, people } of readLanded(file, options)) {
      found.push(label);
      for (const person of people) {
        if (person instanceof PersonFields) found.push(textsOf(person));
        else found.push(isValid(person, version) ? textsOf(new OwnFields().take(person)) : person);
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    found.push(error.message);
  }
  return found;
}

Deno.test(`the scanner and the parser read ${FILES} mutated landed files alike`, async () => {
  random.start(hashKey(`${SEED}`), 2);
  const folder = await Deno.makeTempDir({ prefix: "debr-fuzz-" });
  const { source } = await plan({ source: "synthetic", seed: "f", results: 30, pageSize: 10 });
  const { files: [landed] } = await land(source, { out: folder });
  const original = gunzipSync(await Deno.readFile(landed!.path)).toString("utf8");
  const file = { path: `${folder}/mutated.ndjson`, from: 1, to: 3 };
  for (
    let count = 0, text = original, scanned = 0;
    count < FILES;
    count++, text = mutate(original)
  ) {
    await Deno.writeTextFile(file.path, text);
    const counting = (bytes: Uint8Array<ArrayBuffer>, version: ApiVersion) => {
      const reader = new PersonScanner(bytes, version);
      const read = (from: number) => {
        const end = reader.read(from);
        if (end !== -1) scanned++;
        return end;
      };
      const learn = (from: number) => reader.learn(from);
      return { person: reader.person, read, learn };
    };
    const found = await readLines(file, { scanner: counting });
    assert(scanned > 20 || text !== original, `${scanned}`);
    assertEquals(found, await readLines(file, {}), `the scanner reads ${file.path} differently`);
  }
  await Deno.remove(folder, { recursive: true });
});
