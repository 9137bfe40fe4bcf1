import { SCHEMA_VERSION } from "../../schema/mod.ts";
import { peopleCount, plural } from "../common/counts.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import type { Difference } from "../quality/drift/difference.ts";
import { alignedRows, cutTo, printable } from "../query/formats/width.ts";
import { type Context, jsonLine, refuse, type ValuesOf } from "./command.ts";
import { findTarget } from "./database_url.ts";
import type { drift as command } from "./drift.ts";
import { nextText } from "./next_steps.ts";
import { inputOf, withSources } from "./options.ts";

type Values = ValuesOf<typeof command>;

const SCHEMA = `schema ${SCHEMA_VERSION} of debr`;

interface DriftResult {
  /** The subject: a database without its password, pages, or a folder. */
  readonly what: string;
  readonly with: string;
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
}

const NOT_A_TERMINAL = { terminal: false } as const;

/** The width limit in the table. The list below it and JSON show the whole text. */
const WIDEST = 60;

function table(differences: readonly Difference[]): string[] {
  const rows = differences.map(({ kind, place, expected, found }, at) =>
    [String(at + 1), place, kind.replaceAll("_", " "), expected, found].map((text, column) =>
      // The last column may end in a path, which must stay complete.
      column === 4 ? printable(text) : cutTo(printable(text), WIDEST)
    )
  );
  return alignedRows([["", "place", "difference", "expected", "found"], ...rows], 0);
}

function driftText({ what, with: other, differences, notes }: DriftResult): string {
  const count = differences.length;
  const found = count === 0 ? "no difference" : plural(count, "difference");
  const width = String(count).length;
  const lines = [
    `Compared ${what} with ${other}: ${found}`,
    ...(count === 0 ? [] : [
      "",
      ...table(differences),
      "",
      "What to do:",
      ...differences.map(({ sql = [], ...difference }, at) => {
        const next = nextText(difference.next, NOT_A_TERMINAL);
        const steps = [...(next === undefined ? [] : [next]), ...sql.map((one) => `${one};`)];
        return `${String(at + 1).padStart(width)}  ${printable(steps.join(" "))}`;
      }),
    ]),
    ...notes.map((note) => `\n${note}`),
  ];
  return lines.join("\n") + "\n";
}

function driftJson({ what, with: other, notes, ...result }: DriftResult): string {
  const differences = result.differences.map((one) => ({
    ...one,
    next: nextText(one.next, NOT_A_TERMINAL),
  }));
  return jsonLine({ compared: what, with: other, differences, notes });
}

function checkOptions({ to, source, data, api, apiVersion, out, update }: Values): void {
  const given = Object.entries({ to, source, data }).filter(([, value]) => value !== undefined);
  const [first, second] = given.map(([name]) => `--${name}`);
  if (second !== undefined) {
    throw refuse(
      `Cannot use ${first} with ${second}: compare one thing at a time`,
      "Leave one out",
    );
  }
  if (source === undefined && (api ?? apiVersion) !== undefined) {
    const option = api === undefined ? "--api-version" : "--api";
    throw refuse(`Cannot use ${option} without --source`, "deno task drift --source api");
  }
  if (out !== undefined && (source ?? data) !== undefined) {
    throw refuse("Cannot use --out without a database", "Name it: --to URL or --to @file");
  }
  if (update && out === undefined) {
    throw refuse("Cannot use --update without --out", "Name a folder below data: --out data/shop");
  }
}

async function comparePages(
  { source = [], path, api, apiVersion: version }: Values,
  { terminal, signal }: Context,
): Promise<DriftResult> {
  const { PageDrift } = await import("../quality/drift/page_drift.ts");
  const { pagesOf } = await import("../quality/drift/source.ts");
  const drift = new PageDrift();
  const wanted = { source, path, api, version, signal, ...inputOf(source, terminal) };
  for await (const page of pagesOf(wanted)) drift.add(page);
  const { pages, people } = drift.counts;
  const notes = pages === 0 ? ["There was no page to compare"] : [];
  const counts = `${plural(pages, "page")}, ${peopleCount(people)}`;
  const what = `${source.join(", ")} (${counts})`;
  return { what, with: SCHEMA, differences: drift.differences(), notes };
}

async function compareDatabase(
  { to, out, update }: Values,
  terminal: Context["terminal"],
): Promise<DriftResult> {
  const target = await findTarget(to, terminal);
  const { connect } = await import("../load/database/mod.ts");
  await using database = await connect(target, "read");
  const what = target.label;
  if (out !== undefined) {
    const { compareModules } = await import("../quality/drift/valibot/folder.ts");
    const result = await compareModules(database, { folder: out, update: update ?? false });
    return { what, with: out, ...result };
  }
  const { compareDatabase } = await import("../quality/drift/database.ts");
  return { what, with: SCHEMA, ...await compareDatabase(database) };
}

async function compare(values: Values, context: Context): Promise<DriftResult> {
  if (values.source !== undefined) return await comparePages(values, context);
  if (values.data === undefined) return await compareDatabase(values, context.terminal);
  const { compareParquet } = await import("../quality/drift/parquet.ts");
  const differences = await compareParquet(values.data);
  return { what: `Parquet files in ${values.data}`, with: SCHEMA, differences, notes: [] };
}

export async function run(options: Values, context: Context): Promise<ExitStatus> {
  const values = withSources(options, context.positionals);
  checkOptions(values);
  const result = await compare(values, context);
  context.terminal.out(values.json ? driftJson(result) : driftText(result));
  return result.differences.length === 0 || values.update ? EXIT.done : EXIT.drift;
}
