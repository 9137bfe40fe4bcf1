import {
  backup,
  type BackupResult,
  databaseSource,
  datasetSource,
  type Entry,
  type Keep,
  openStore,
  parsePlace,
  readCatalog,
} from "../backup/mod.ts";
import { REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import type { backup as command } from "./backup.ts";
import { type Context, jsonLine, type Terminal, type ValuesOf } from "./command.ts";
import { findTarget } from "./database_url.ts";
import { alignedRows } from "../query/formats/width.ts";
import { commandLine } from "./shell.ts";
import { peopleCount, plural, size } from "../common/counts.ts";

type Values = ValuesOf<typeof command>;

/** Milliseconds between progress lines. */
const INTERVAL = 30_000;

function keepOf({ keepDaily, keepWeekly, keepMonthly }: Values): Keep | undefined {
  if ((keepDaily ?? keepWeekly ?? keepMonthly) === undefined) return undefined;
  return { daily: keepDaily ?? 0, weekly: keepWeekly ?? 0, monthly: keepMonthly ?? 0 };
}

function rowsText(tables: Readonly<Record<string, { readonly rows: number }>>): string {
  const users = tables["users"] ?? tables["public.users"];
  if (users !== undefined) return peopleCount(users.rows);
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  return plural(rows, "row");
}

/** Prints a line every half minute, so that a long upload does not seem to hang. */
function startLines(terminal: Terminal): (bytes: number) => void {
  let sent = 0;
  let last = Date.now();
  return (bytes) => {
    sent += bytes;
    if (Date.now() - last < INTERVAL) return;
    last = Date.now();
    terminal.err(`${size(sent)} sent\n`);
  };
}

function resultText(
  { manifest, found, byAnother, removed }: BackupResult,
  { label, seconds, database }: { label: string; seconds: number; database: string | undefined },
): string {
  const { id, source, objects, tables } = manifest;
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  const versions = [source.server, source.tool].filter((it) => it !== undefined);
  const verify = commandLine("restore", { verify: true, from: label, database });
  return [
    `Backed up ${source.name} to ${label} in ${seconds.toFixed(1)} s`,
    "",
    `  ${id}`,
    `  ${plural(objects.length, "object")}, ${size(bytes)}, ${rowsText(tables)}`,
    ...(versions.length === 0 ? [] : [`  ${versions.join(", by ")}`]),
    ...(found === 0 ? [] : [`  ${plural(found, "object")} reused from an interrupted backup`]),
    ...(byAnother ? ["  Another process finished the same backup first"] : []),
    ...(removed.length === 0 ? [] : [`  ${plural(removed.length, "older backup")} removed`]),
    "",
    `Check that it can be restored: ${verify}`,
  ].join("\n") + "\n";
}

function jsonOf({ id, state, note, manifest, bytes }: Entry) {
  const { source, ended, tables, debr } = manifest ?? {};
  return { id, state, note, bytes, ended, debr, source, tables };
}

function listText(entries: readonly Entry[], label: string): string {
  if (entries.length === 0) return `There is no backup in ${label}\n`;
  const lines = entries.map(({ id, state, note, manifest, bytes }) => {
    const what = manifest === undefined
      ? note ?? "under way, or interrupted"
      : `${rowsText(manifest.tables)}, ${manifest.source.name}`;
    return [id, state, size(bytes), what];
  });
  return alignedRows([["backup", "state", "size", "what"], ...lines], 2).join("\n") + "\n";
}

export async function run(values: Values, { terminal, signal }: Context): Promise<ExitStatus> {
  const { place } = parsePlace(values.to);
  const store = await openStore(place, { encryption: values.encryption });
  if (values.list) {
    const entries = await readCatalog(store);
    terminal.out(values.json ? jsonLine(entries.map(jsonOf)) : listText(entries, store.label));
    return EXIT.done;
  }
  const { database, data } = values;
  const started = REAL.now();
  const source = database === undefined
    ? await datasetSource(data)
    : databaseSource(await findTarget(database, terminal));
  const result = await backup(store, source, {
    now: REAL.now,
    signal,
    keep: keepOf(values),
    onBytes: startLines(terminal),
  });
  const seconds = (REAL.now() - started) / 1000;
  if (values.json) {
    const { manifest, found, removed } = result;
    terminal.out(jsonLine({ place: store.label, seconds, found, removed, ...manifest }));
  } else {
    terminal.err(resultText(result, { label: store.label, seconds, database }));
  }
  return EXIT.done;
}
