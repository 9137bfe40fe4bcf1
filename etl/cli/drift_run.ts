import type { ArgValues } from "gunshi";
import { plural } from "../common/counts.ts";
import { SCHEMA_VERSION } from "../../schema/mod.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import { type Context, refuse } from "./command.ts";
import type { drift as command } from "./drift.ts";
import { inputOf, withSources } from "./options.ts";
import { findTarget } from "./database_url.ts";
import { driftJson, type DriftResult, driftText } from "./drift_text.ts";

type Values = ArgValues<typeof command["args"]>;

const SCHEMA = `schema ${SCHEMA_VERSION} of debr`;

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
  const counts = `${plural(pages, "page")}, ${plural(people, "person", "people")}`;
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

/** Runs `drift`. The exit code says whether anything differs. */
export async function run(options: Values, context: Context): Promise<ExitStatus> {
  const values = withSources(options, context.positionals);
  checkOptions(values);
  const result = await compare(values, context);
  context.terminal.out(values.json ? driftJson(result) : driftText(result));
  return result.differences.length === 0 || values.update ? EXIT.done : EXIT.drift;
}
