import type { ArgValues } from "gunshi";
import {
  backup,
  type BackupResult,
  type BackupSource,
  databaseSource,
  datasetSource,
  type Entry,
  type Keep,
  openStore,
  parsePlace,
  readCatalog,
  type Store,
} from "../backup/mod.ts";
import { REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus } from "../common/errors.ts";
import type { backup as command } from "./backup.ts";
import { type Context, jsonLine, type Terminal } from "./command.ts";
import { findTarget } from "./database_url.ts";
import { commandLine } from "./shell.ts";
import { number, plural, size } from "../common/counts.ts";

type Values = ArgValues<typeof command["args"]>;

/** Milliseconds between progress lines. */
const INTERVAL = 30_000;

async function sourceOf({ database, data }: Values, terminal: Terminal): Promise<BackupSource> {
  if (database === undefined) return await datasetSource(data);
  return databaseSource(await findTarget(database, terminal));
}

function keepOf({ keepDaily, keepWeekly, keepMonthly }: Values): Keep | undefined {
  const all = [keepDaily, keepWeekly, keepMonthly];
  if (all.every((count) => count === undefined)) return undefined;
  const [daily = 0, weekly = 0, monthly = 0] = all;
  return { daily, weekly, monthly };
}

/** Returns the number of people if the backup has any. */
function rowsText(tables: Readonly<Record<string, { readonly rows: number }>>): string {
  const users = tables["users"] ?? tables["public.users"];
  if (users !== undefined) return `${number(users.rows)} people`;
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
  { label, seconds, database }: {
    readonly label: string;
    readonly seconds: number;
    /** The value of the option. */
    readonly database: string | undefined;
  },
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
    ...(found === 0 ? [] : [`  ${plural(found, "object")} were there from an interrupted backup`]),
    ...(byAnother ? ["  Another backup of the same finished it first"] : []),
    ...(removed.length === 0 ? [] : [`  ${plural(removed.length, "older backup")} removed`]),
    "",
    `It counts once it was restored: ${verify}`,
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
  const heads = ["backup", "state", "size", "what"];
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...lines.map((line) => line[at]!.length))
  );
  return [heads, ...lines].map((line) =>
    line.map((cell, at) => at === 2 ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))
      .join("  ").trimEnd()
  ).join("\n") + "\n";
}

async function list(store: Store, { json, terminal }: { json: boolean; terminal: Terminal }) {
  const entries = await readCatalog(store);
  if (json) return terminal.out(jsonLine(entries.map(jsonOf)));
  terminal.out(listText(entries, store.label));
}

export async function run(values: Values, { terminal, signal }: Context): Promise<ExitStatus> {
  const { place } = parsePlace(values.to);
  const store = await openStore(place, { encryption: values.encryption });
  if (values.list) {
    await list(store, { json: values.json ?? false, terminal });
    return EXIT.done;
  }
  const started = REAL.now();
  const result = await backup(store, await sourceOf(values, terminal), {
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
    terminal.err(resultText(result, { label: store.label, seconds, database: values.database }));
  }
  return EXIT.done;
}
