import {
  type CheckResult,
  type Expectation,
  loadCustom,
  pastRun,
  type Stage,
  statusOf,
  suiteOf,
  type Surroundings,
} from "../quality/check/mod.ts";
import {
  appendHistory,
  baselineOf,
  exists,
  layout,
  MANIFEST,
  readHistory,
} from "../load/dataset/mod.ts";
import { lastWritten } from "../common/missing.ts";
import { REAL } from "../common/effects.ts";
import { DestinationError, EXIT, type ExitStatus } from "../common/errors.ts";
import { parquetFiles } from "../load/parquet/foreign.ts";
import type { Target } from "../load/database/mod.ts";
import type { check as command } from "./check.ts";
import { checkJson, checkText, needsLook } from "./check_text.ts";
import { type Context, refuse, type Terminal, type ValuesOf } from "./command.ts";
import { findTarget } from "./database_url.ts";
import { inputOf, STDIN, withSources } from "./options.ts";
import { isRefused, refused } from "./refused.ts";

type Values = ValuesOf<typeof command>;

interface Wanted {
  readonly values: Values;
  readonly suite: readonly Expectation[];
  readonly around: Omit<Surroundings, "written">;
  readonly signal: AbortSignal;
}

async function custom({ custom: paths, data }: Values): Promise<Expectation[]> {
  const own = `${data}/expectations`;
  const given = paths ?? (await exists(own) ? [own] : []);
  return (await Promise.all(given.map(loadCustom))).flat();
}

/** Lists the files of a table, and the manifest, which every commit writes. */
async function tableFiles(data: string, table: string): Promise<string[]> {
  const { tables } = layout(data);
  const files = await parquetFiles(`${tables}/${table}`);
  return [`${tables}/${MANIFEST}`, ...files.map(({ path }) => path)];
}

async function checkTables({ values: { data, engine }, suite, around, signal }: Wanted) {
  const { openDataset } = await import("../query/dataset.ts");
  const { checkTables } = await import("../quality/check/tables.ts");
  const { checkedParts, requireIntact } = await import("../query/parts.ts");
  const dataset = await openDataset(data, { engine });
  const written = async (table: string) => await lastWritten(await tableFiles(data, table));
  try {
    const evaluated = await checkTables(suite, { ...around, dataset, written, signal });
    // A damaged disk must not be reported as bad data.
    if (evaluated.outcomes.some(needsLook)) await requireIntact(await checkedParts(data));
    return evaluated;
  } finally {
    dataset.close();
  }
}

async function checkDatabase({ suite, around, signal }: Wanted, target: Target) {
  const { connect } = await import("../load/database/mod.ts");
  const { askDatabase } = await import("../quality/check/database.ts");
  const { checkAsked } = await import("../quality/check/tables.ts");
  await using database = await connect(target, "read");
  const asked = await askDatabase(database);
  return await checkAsked(suite, {
    ...around,
    asked,
    written: () => Promise.resolve(undefined),
    signal,
  });
}

async function checkPages(
  { values: { source = [], path }, suite, around, signal }: Wanted,
  terminal: Terminal,
) {
  if (source.length === 0) {
    throw refuse(
      "Cannot check pages without --source",
      "deno task check --stage pages --source data/sample/pages",
    );
  }
  const { findFiles } = await import("../extract/files/saved.ts");
  const { checkPages } = await import("../quality/check/pages.ts");
  const piped = inputOf(source, terminal);
  const files = await findFiles(source.filter((one) => one !== STDIN));
  return await checkPages(suite, { ...around, files, path, ...piped, signal });
}

function checkStage({ stage, ...values }: Values): void {
  for (const [name, own] of [["to", "database"], ["source", "pages"]] as const) {
    if (values[name] === undefined || stage === own) continue;
    throw refuse(`Cannot use --${name} with --stage ${stage}`, `It is for --stage ${own}`);
  }
}

async function evaluate(values: Values, { signal, terminal }: Context): Promise<CheckResult> {
  checkStage(values);
  const stage: Stage = values.stage;
  const started = REAL.now();
  const target = stage === "database" ? await findTarget(values.to, terminal) : undefined;
  const database = target?.label;
  const baseline = baselineOf(await readHistory(values.data), { stage, database });
  const suite = suiteOf(stage, await custom(values));
  const wanted = { values, suite, around: { now: started, baseline }, signal };
  const evaluated = target !== undefined
    ? await checkDatabase(wanted, target)
    : await (stage === "tables" ? checkTables(wanted) : checkPages(wanted, terminal));
  return {
    ...evaluated,
    stage,
    at: new Date(started).toISOString(),
    seconds: (REAL.now() - started) / 1000,
    ...(stage === "tables" && { engine: values.engine }),
    ...(database !== undefined && { database }),
    data: values.data,
  };
}

export async function run(options: Values, context: Context): Promise<ExitStatus> {
  const { terminal } = context;
  const values = withSources(options, context.positionals);
  // Custom expectations are code, so they get no network unless a database needs it.
  if (values.stage !== "database") Deno.permissions.revokeSync({ name: "net" });
  if (values.export !== undefined) {
    const { greatExpectations } = await import("../quality/check/great_expectations.ts");
    terminal.out(greatExpectations(suiteOf("tables", await custom(values))));
    return EXIT.done;
  }
  const result = await evaluate(values, context);
  try {
    await appendHistory(values.data, pastRun(result));
  } catch (error) {
    // The verdict is known, so a history that cannot be written is only a warning.
    const refusal = isRefused(error) && refused(error, Deno.args);
    if (!refusal && !(error instanceof DestinationError)) throw error;
    terminal.err(refusal ? `${refusal.message}\n${refusal.next}\n` : `${error.message}\n`);
  }
  terminal.out(values.json ? checkJson(result) : checkText(result));
  return statusOf(result);
}
