import {
  findBackup,
  fitsDatabase,
  type Good,
  noted,
  openStore,
  parsePlace,
  restoreDatabase,
  restoreDataset,
  type Store,
  verifyDatabase,
  verifyDataset,
} from "../backup/mod.ts";
import { REAL } from "../common/effects.ts";
import { EXIT, type ExitStatus, UsageError } from "../common/errors.ts";
import type { Target } from "../load/database/mod.ts";
import { type Context, jsonLine, type ValuesOf } from "./command.ts";
import { findTarget } from "./database_url.ts";
import type { restore as command } from "./restore.ts";
import { number, peopleCount, plural } from "../common/counts.ts";

type Values = ValuesOf<typeof command>;

interface Outcome {
  /** A folder or database; after a verification, the name of the removed one. */
  readonly into: string;
  readonly missingRoles: readonly string[];
  /** The number of people who were forgotten after the backup and are not restored. */
  readonly forgotten: number;
  /** Remains of killed verifications that were removed; `left` are those that were not. */
  readonly swept?: readonly string[];
  readonly left?: readonly string[];
}

async function restoreInto(
  values: Values,
  { target, ...job }: {
    store: Store;
    entry: Good;
    target: Target | undefined;
    signal: AbortSignal;
  },
): Promise<Outcome> {
  const { out: root, verify } = values;
  const none = { missingRoles: [], forgotten: 0 };
  if (target !== undefined) {
    return verify
      ? { ...none, ...await verifyDatabase({ ...job, target }) }
      : { ...none, into: target.label, ...await restoreDatabase({ ...job, target }) };
  }
  const { id, manifest: { source } } = job.entry;
  if (source.kind !== "dataset") {
    throw new UsageError(`Cannot restore ${id} into a folder: it is a dump of ${source.name}`, {
      step: "restore",
      next: `Name a database of ${source.kind}: --database @FILE, or --database env`,
    });
  }
  return verify
    ? { ...none, ...await verifyDataset({ ...job, root }) }
    : { ...none, into: root, forgotten: await restoreDataset({ ...job, root }) };
}

function forgottenText(
  { forgotten }: Outcome,
  { verify, isDataset }: { verify: boolean; isDataset: boolean },
): string[] {
  const people = `${peopleCount(forgotten)} forgotten after the backup`;
  if (forgotten > 0) return [`${people}: ${verify ? "restore leaves them out" : "left out"}`];
  if (verify || isDataset) return [];
  return ["People forgotten after the backup are back in it. This erases them: deno task load"];
}

function resultText(
  outcome: Outcome,
  { verify, entry, label, seconds }: {
    verify: boolean;
    entry: Good;
    label: string;
    seconds: number;
  },
): string {
  const { into, missingRoles, swept = [], left = [] } = outcome;
  const { tables, source, ended } = entry.manifest;
  const width = Math.max(...Object.keys(tables).map(({ length }) => length));
  const rows = Object.entries(tables).map(([name, { rows }]) =>
    `  ${name.padEnd(width)}${number(rows).padStart(15)}`
  );
  const isDataset = source.kind === "dataset";
  const scratch = `scratch ${isDataset ? "folder" : "database"} ${into}`;
  const first = verify
    ? `Verified ${label}/${entry.id}: restored into the ${scratch}, compared, removed`
    : `Restored ${label}/${entry.id} into ${into}`;
  return [
    `${first}, in ${seconds.toFixed(1)} s`,
    "",
    ...rows,
    "",
    `${plural(rows.length, "table")}: rows and content equal those of ${source.name} at ${ended}`,
    ...swept.map((name) => `Removed ${name}, which a killed verification had left`),
    ...left.map((name) =>
      `A killed verification has left ${name}. Its owner should drop it: it contains people`
    ),
    ...forgottenText(outcome, { verify, isDataset }),
    ...(missingRoles.length === 0
      ? []
      : [`Rights were left out: the server has no role ${missingRoles.join(", ")}`]),
  ].join("\n") + "\n";
}

export async function run(values: Values, { terminal, signal }: Context): Promise<ExitStatus> {
  const { place, id } = parsePlace(values.from);
  const target = values.database === undefined
    ? undefined
    : await findTarget(values.database, terminal);
  const store = await openStore(place);
  const started = REAL.now();
  const fits = target === undefined
    ? ({ kind }: { kind: string }) => kind === "dataset"
    : fitsDatabase(target);
  const entry = await findBackup(store, { id, fits });
  const outcome = await noted(() => restoreInto(values, { store, entry, target, signal }), {
    store,
    entry,
    now: REAL.now,
    warn: ({ message }) => terminal.err(`Cannot record this test in the backup: ${message}\n`),
  });
  const seconds = (REAL.now() - started) / 1000;
  const verify = values.verify ?? false;
  if (values.json) {
    const { id, manifest: { source, ended, tables } } = entry;
    const { into, ...rest } = outcome;
    const said = { id, verified: true, scratch: verify, into, seconds, source, ended, tables };
    terminal.out(jsonLine({ ...said, ...rest }));
  } else {
    terminal.err(resultText(outcome, { verify, entry, label: store.label, seconds }));
  }
  return EXIT.done;
}
