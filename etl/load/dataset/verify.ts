// Checks a dataset against its manifest and against the rules it was made by, part by part, in
// memory that does not grow with it.
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import {
  PERSON_TABLES,
  type PersonTable,
  type References,
  type TableData,
} from "../../transform/normalise/mod.ts";
import { encodeIds, idKey, sortIds } from "./ids.ts";
import { checksumOf } from "./intact.ts";
import { type ForgottenIds, readForgotten } from "./forgotten.ts";
import { findLeftovers } from "./leftovers.ts";
import { idsPath, layout, partPath } from "./paths.ts";
import type { Part } from "./manifest.ts";
import { openDataset, readUnchanged } from "./open.ts";
import { numberOf } from "./parts.ts";
import { markUsed, readReferences, REFERENCE_TABLES } from "./references.ts";
import { findRepeated } from "./repeated.ts";
import {
  checkCounts,
  checkRejects,
  checkStrays,
  type Pass,
  readChecked,
  readRows,
} from "./verify_files.ts";
import { checkAltids, checkCodes, checkLogins, checkUsers } from "./verify_rows.ts";

/** Something that is not as it must be. */
export interface Fault {
  /** The file it is in. */
  readonly file: string;
  readonly what: string;
  /** What to do. */
  readonly next: string | NextStep;
}

/** What was checked, and what was found. */
export interface Verified {
  /** Files of rows. */
  readonly parts: number;
  readonly people: number;
  readonly bytes: number;
  readonly faults: readonly Fault[];
  /** Copies of people that killed processes have left; the next run removes them. */
  readonly leftovers: readonly string[];
}

/** What people refer to, and which of it was not yet seen in use. */
interface Known {
  readonly references: References;
  readonly unseen: Readonly<Record<string, Set<string>>>;
}

/** Checks the tables that people refer to; `undefined` where they cannot be relied on. */
async function checkReferences(pass: Pass): Promise<Known | undefined> {
  const { tables, manifest } = pass.dataset;
  let whole = true;
  for (const table of REFERENCE_TABLES) {
    for (const part of manifest.tables[table].parts) {
      if (await readRows(pass, { table, part }) === undefined) whole = false;
    }
  }
  // People who point to what cannot be read are not at fault themselves.
  if (!whole) return undefined;
  const references = await readReferences(tables, manifest);
  for (const table of REFERENCE_TABLES) {
    if (references[table].size !== manifest.tables[table].rows) {
      pass.report(partPath(table, 1), "has a key more than once");
    }
  }
  for (const [table, faults] of Object.entries(checkCodes(references))) {
    for (const what of faults) pass.report(partPath(table as "media" | "timezones", 1), what);
  }
  const unseen = REFERENCE_TABLES.map((table) =>
    [table, new Set<string>(references[table].keys())] as const
  );
  return { references, unseen: Object.fromEntries(unseen) };
}

/** Whether the file of sorted ids is that of these people. */
async function checkIds(pass: Pass, { file, ids }: Part, users: TableData) {
  const path = idsPath(numberOf(file));
  const made = checksumOf(encodeIds(sortIds(users.columns["user_id"] as Uint8Array)));
  if (ids !== undefined && ids !== made.sha256) {
    return pass.report(path, "is not, by the manifest, of the ids of its part");
  }
  const found = await readChecked(pass, { file: path, ...made });
  return found && `${pass.dataset.tables}/${path}`;
}

function keysOf(users: TableData): Set<string> {
  const ids = users.columns["user_id"] as Uint8Array;
  return new Set(Array.from({ length: users.rows }, (_, row) => idKey(ids, row)));
}

/** Where to find a part, and what its people may refer to. */
interface At {
  readonly at: number;
  readonly known: Known | undefined;
}

/** Checks a part of users; answers who is in it, and the path of its ids where those hold. */
async function checkUsersPart(pass: Pass, { at, known }: At) {
  const part = pass.dataset.manifest.tables.users.parts[at]!;
  const users = await readRows(pass, { table: "users", part });
  if (users === undefined) return undefined;
  if (known) {
    for (const what of checkUsers(users, known.references)) pass.report(part.file, what);
    markUsed(users, known.unseen);
  }
  const ids = await checkIds(pass, part, users);
  return { people: keysOf(users), ids };
}

/** Checks the files of one part; answers the path of its ids where those can be relied on. */
async function checkPart(pass: Pass, at: At): Promise<string | undefined> {
  const users = await checkUsersPart(pass, at);
  for (const [table, check] of Object.entries({ logins: checkLogins, altids: checkAltids })) {
    const name = table as PersonTable;
    const part = pass.dataset.manifest.tables[name].parts[at.at]!;
    const data = await readRows(pass, { table: name, part });
    if (data === undefined || users === undefined) continue;
    for (const what of check(data, users.people)) pass.report(part.file, what);
  }
  return users?.ids ?? undefined;
}

/** Who must not be there; a list that cannot be used is a fault. */
async function forgottenOf({ root, dataset, report }: Pass): Promise<ForgottenIds | undefined> {
  try {
    return await readForgotten(root, dataset);
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
    report(
      layout(root).forgotten,
      "cannot be relied on: people who are forgotten would return",
      error.next,
    );
    return undefined;
  }
}

/** Checks what only all parts together show: that each person is there once, and nobody forgotten. */
async function checkPeople(pass: Pass, ids: readonly string[]): Promise<void> {
  const { root, dataset: { tables }, report } = pass;
  const forgotten = pass.restored ? undefined : await forgottenOf(pass);
  const again = { code: "forgotten_returned", data: root } as const;
  for (const [at, left] of findRepeated(ids.map((path) => ({ ids: { path } })), { forgotten })) {
    const file = ids[at]!.slice(tables.length + 1);
    if (left.repeated > 0) report(file, `has ${left.repeated} people who are there twice`);
    if (left.forgotten > 0) report(file, `has ${left.forgotten} people who were forgotten`, again);
  }
}

async function checkAll(pass: Pass): Promise<void> {
  const { manifest } = pass.dataset;
  checkCounts(pass);
  await checkStrays(pass);
  await checkRejects(pass);
  const known = await checkReferences(pass);
  const parts = PERSON_TABLES.map((table) => manifest.tables[table].parts.length);
  if (new Set(parts).size > 1) {
    return pass.report("manifest.json", `lists ${parts.join(", ")} parts of users, logins, altids`);
  }
  const ids: string[] = [];
  for (const at of manifest.tables.users.parts.keys()) {
    const path = await checkPart(pass, { at, known });
    if (path !== undefined) ids.push(path);
  }
  await checkPeople(pass, ids);
  if (known === undefined || ids.length < parts[0]!) return;
  for (const table of REFERENCE_TABLES) {
    const unused = known.unseen[table]!.size;
    if (unused > 0) pass.report(partPath(table, 1), `has ${unused} rows that nobody refers to`);
  }
}

/**
 * Checks every file, count, hash and key of a dataset, and every `user_id` and code against the
 * values it is made from. What is wrong is in the answer.
 *
 * Throws a `DestinationError` where there is no dataset or no manifest to check it against, and a
 * transient one where another run replaced it meanwhile.
 *
 * `restored` tables may hold people who were forgotten after they were backed up.
 */
export async function verify(root: string, { restored = false } = {}): Promise<Verified> {
  const dataset = await openDataset(root);
  const { tables, manifest } = dataset;
  const anew = { code: "file_damaged", requests: manifest.requests } as const;
  const faults: Fault[] = [];
  const report: Pass["report"] = (file, what, next = anew) => {
    const path = file.startsWith(`${root}/`) ? file : `${tables}/${file}`;
    faults.push({ file: path, what, next });
  };
  const read = () => checkAll({ root, dataset, report, restored });
  await readUnchanged(root, { dataset, step: "verify", read });
  const parts = TABLE_NAMES.flatMap((name) => manifest.tables[name].parts);
  return {
    parts: parts.length,
    people: manifest.tables.users.rows,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    leftovers: await findLeftovers(root),
    faults,
  };
}
