/**
 * Mutated pages through the parser, the validate and the rows: whatever comes, the page is refused by a
 * rule or its people are kept or rejected; nothing else is thrown, nothing hangs, and no planted
 * secret is in a reject or an error. `DEBR_FUZZ_SECONDS` says how long, 20 by default; the real
 * pages beside the project are mutated too where they are.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { assert, assertEquals } from "@std/assert";
import { SourceError } from "../../etl/common/errors.ts";
import { Rows } from "../../etl/transform/normalise/rows.ts";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import { FIELDS, fieldsOfPerson, PersonFields } from "../../etl/transform/validate/fields.ts";
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

const SECONDS = Number(Deno.env.get("DEBR_FUZZ_SECONDS") ?? 20);
const REAL = new URL("../../../shared/real/", import.meta.url);

/** Is in every secret field, and must come out nowhere. */
const SECRET = "Zq7planted7qZ";

/** What JSON is made of, and what parsers stumble over. */
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
  for (const { name } of entries) {
    if (/-nat-|lego|noinfo|exc|answers/.test(name)) {
      found.push(await Deno.readTextFile(new URL(name, REAL)));
    }
  }
  const all = found.map(planted);
  return [...all, ...all.filter(isJson).flatMap(spaced)];
}

/** A page as pretty printers and Python's `json.dump` write it. */
function spaced(text: string): string[] {
  const pretty = JSON.stringify(JSON.parse(text), null, 1);
  const python = pretty.replaceAll(/,\n */g, ", ").replaceAll(/\n */g, "");
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return [pretty, python, python.replaceAll(/[^\0-\x7f]/g, escaped)];
}

function below(count: number): number {
  return Math.floor(Math.random() * count);
}

/** Cuts out, doubles, or puts something in; a few times over. */
function mutate(text: string): string {
  let mutated = text;
  for (let times = 1 + below(6); times > 0; times--) {
    const at = below(mutated.length + 1);
    const end = Math.min(mutated.length, at + below(60));
    const middle = [
      () => "",
      () => mutated.slice(at, end).repeat(2),
      () => TOKENS[below(TOKENS.length)]! + mutated.slice(at, end),
      () => String.fromCharCode(below(0x300)) + mutated.slice(at + 1, end),
    ][below(4)]!();
    mutated = mutated.slice(0, at) + middle + mutated.slice(end);
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

/** The pages of a text as a parser reads them, of one that is no JSON as those of a file; or the fault. */
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

/** Who was read by bytes, as JSON has the same person, who must be valid and have the same values. */
function assertSamePerson(found: PersonFields, person: unknown, version: ApiVersion): void {
  assert(isValid(person, version), "read by bytes, though not valid");
  assertEquals(textsOf(found), textsOf(fieldsOfPerson(person)));
}

/** Takes a person in; adds to `said` what would be written or printed of one who is left out. */
function takePerson(found: unknown, { version, expected, rows, said }: {
  readonly version: ApiVersion;
  readonly expected: Pick<CheckedPage, "people" | "version"> | undefined;
  readonly rows: Rows;
  readonly said: unknown[];
}, row: number): void {
  if (found instanceof PersonFields) {
    // Of a page that turns out to have a fault further down nobody is kept.
    if (expected) assertSamePerson(found, expected.people[row], expected.version);
    rows.add(found);
    return;
  }
  if (expected) assertEquals(found, expected.people[row]);
  const verdict = isValid(found, version) ? { person: found } : validate(found, version);
  if (verdict.person) rows.add(verdict.person);
  else said.push(reject(verdict.failures, { page: "fuzz", row: 0 }));
  const again = validate(redact(found, version), version);
  assert((again.person === undefined) === (verdict.person === undefined), "redacted differs");
}

/** Takes a file in; answers all that would be written or printed of those who are left out. */
function takeIn(text: string): string {
  const rows = new Rows();
  const said: unknown[] = [];
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
      for (const found of people) takePerson(found, { version, expected: of, rows, said }, row++);
      if (of) assertEquals({ row, version }, { row: of.people.length, version: of.version });
    }
    assert(!(parsed instanceof SourceError), "read in pieces, though not whole");
    assertEquals(page, expected.length);
    rows.tables();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    assert(parsed instanceof SourceError, error.message);
    said.push(error.message);
  }
  return JSON.stringify(said);
}

Deno.test(`mutated pages are refused or taken, for ${SECONDS} s`, async () => {
  const originals = await pages();
  const end = Date.now() + SECONDS * 1000;
  let slowest = 0;
  for (let taken = 0; Date.now() < end; taken++) {
    const text = mutate(originals[taken % originals.length]!);
    const began = performance.now();
    let said: string;
    try {
      said = takeIn(text);
    } catch (cause) {
      const path = await Deno.makeTempFile({ prefix: "debr-fuzz-", suffix: ".json" });
      await Deno.writeTextFile(path, text);
      throw new Error(`Cannot take in ${path}`, { cause });
    }
    slowest = Math.max(slowest, performance.now() - began);
    assert(!said.includes(SECRET), said.slice(0, 500));
  }
  assert(slowest < 5000, `${slowest} ms for one page`);
});

/** All that reading a landed file gives: pages with the people as text, or the fault. */
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
        else found.push(isValid(person, version) ? textsOf(fieldsOfPerson(person)) : person);
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    found.push(error.message);
  }
  return found;
}

Deno.test(`mutated landed lines are the same by bytes as parsed, for ${SECONDS} s`, async () => {
  const folder = await Deno.makeTempDir({ prefix: "debr-fuzz-" });
  const { source } = await plan({ source: "synthetic", seed: "f", results: 30, pageSize: 10 });
  const { files: [landed] } = await land(source, { out: folder });
  const whole = gunzipSync(await Deno.readFile(landed!.path)).toString("utf8");
  const file = { path: `${folder}/mutated.ndjson`, from: 1, to: 3 };
  const end = Date.now() + SECONDS * 1000;
  for (let text = whole, scanned = 0; Date.now() < end; text = mutate(whole)) {
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
    assert(scanned > 20 || text !== whole, `${scanned}`);
    assertEquals(found, await readLines(file, {}), `${file.path} is read otherwise by bytes`);
  }
  await Deno.remove(folder, { recursive: true });
});
