import { peopleCount, plural } from "../../common/counts.ts";
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { DestinationError } from "../../common/errors.ts";
import type { NextStep } from "../../common/next_step.ts";
import {
  PERSON_TABLES,
  type PersonTable,
  type References,
  type TableData,
} from "../../transform/normalise/mod.ts";
import { encodeIds, sortIds } from "./ids.ts";
import { checksumOf } from "./intact.ts";
import { type ForgottenIds, readForgotten } from "./forgotten.ts";
import { findLeftovers } from "./swap.ts";
import { idsPath, layout, numberOf, partPath } from "./paths.ts";
import type { Part } from "./manifest.ts";
import { openDataset, readUnchanged } from "./open.ts";
import { codesOf, markUsed, readReferences, REFERENCE_TABLES } from "./references.ts";
import { findRepeated } from "./repeated.ts";
import {
  checkCounts,
  checkRejects,
  checkStrays,
  type Pass,
  readChecked,
  readRows,
} from "./verify_files.ts";
import { checkAltids, checkCodes, checkLogins, checkUsers, peopleIn } from "./verify_rows.ts";

interface Fault {
  readonly file: string;
  readonly what: string;
  readonly next: string | NextStep;
}

export interface Verified {
  readonly parts: number;
  readonly people: number;
  readonly bytes: number;
  readonly faults: readonly Fault[];
  /** Leftovers of killed processes; the next run removes them. */
  readonly leftovers: readonly string[];
}

interface Known {
  readonly references: References;
  readonly unseen: Readonly<Record<string, Set<string>>>;
}

async function checkReferences(pass: Pass): Promise<Known | undefined> {
  const { tables, manifest } = pass.dataset;
  let whole = true;
  for (const table of REFERENCE_TABLES) {
    for (const part of manifest.tables[table].parts) {
      if (await readRows(pass, { table, part }) === undefined) whole = false;
    }
  }
  // If the rows cannot be read, people who reference them are not reported.
  if (!whole) return undefined;
  const references = await readReferences(tables, manifest);
  for (const table of REFERENCE_TABLES) {
    if (references[table].size !== manifest.tables[table].rows) {
      pass.report(partPath(table, 1), "has a key more than once");
    }
  }
  for (const [table, what] of checkCodes(references)) pass.report(partPath(table, 1), what);
  return { references, unseen: codesOf(references) };
}

async function checkIds(pass: Pass, { file, ids }: Part, users: TableData) {
  const path = idsPath(numberOf(file), pass.dataset.manifest.format);
  const made = checksumOf(encodeIds(sortIds(users.columns["user_id"] as Uint8Array)));
  if (ids !== undefined && ids !== made.sha256) {
    return pass.report(path, "does not match the ids of its part, by the manifest");
  }
  const found = await readChecked(pass, { file: path, ...made });
  return found && `${pass.dataset.tables}/${path}`;
}

/** Returns the people of a part of users, and the path of its ids if they are right. */
async function checkUsersPart(pass: Pass, at: number, known: Known | undefined) {
  const part = pass.dataset.manifest.tables.users.parts[at]!;
  const users = await readRows(pass, { table: "users", part });
  if (users === undefined) return undefined;
  if (known) {
    for (const what of checkUsers(users, known.references)) pass.report(part.file, what);
    markUsed(users, known.unseen);
  }
  const ids = await checkIds(pass, part, users);
  return { people: peopleIn(users), ids };
}

async function checkPart(
  pass: Pass,
  at: number,
  known: Known | undefined,
): Promise<string | undefined> {
  const users = await checkUsersPart(pass, at, known);
  for (const [table, check] of Object.entries({ logins: checkLogins, altids: checkAltids })) {
    const name = table as PersonTable;
    const part = pass.dataset.manifest.tables[name].parts[at]!;
    const data = await readRows(pass, { table: name, part });
    if (data === undefined || users === undefined) continue;
    for (const what of check(data, users.people)) pass.report(part.file, what);
  }
  return users?.ids ?? undefined;
}

async function forgottenOf({ root, dataset, report }: Pass): Promise<ForgottenIds | undefined> {
  try {
    return await readForgotten(root, dataset);
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
    report(layout(root).forgotten, "cannot be used: forgotten people would return", error.next);
    return undefined;
  }
}

async function checkPeople(pass: Pass, ids: readonly string[]): Promise<void> {
  const { root, dataset: { tables }, report } = pass;
  const forgotten = pass.restored ? undefined : await forgottenOf(pass);
  const again = { code: "forgotten_returned", data: root } as const;
  for (const [at, left] of findRepeated(ids.map((path) => ({ ids: { path } })), { forgotten })) {
    const file = ids[at]!.slice(tables.length + 1);
    if (left.repeated > 0) report(file, `lists ${peopleCount(left.repeated)} twice`);
    if (left.forgotten > 0) {
      report(file, `has ${peopleCount(left.forgotten)} on the list of forgotten people`, again);
    }
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
    const path = await checkPart(pass, at, known);
    if (path !== undefined) ids.push(path);
  }
  await checkPeople(pass, ids);
  if (known === undefined || ids.length < parts[0]!) return;
  for (const table of REFERENCE_TABLES) {
    const unused = known.unseen[table]!.size;
    if (unused > 0) {
      pass.report(partPath(table, 1), `has ${plural(unused, "row")} without a reference`);
    }
  }
}

/** Throws a transient `DestinationError` if another run replaces the dataset during the check. */
export async function verify(
  root: string,
  { restored = false, signal }: { readonly restored?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Verified> {
  const dataset = await openDataset(root);
  const { tables, manifest } = dataset;
  const recreate = { code: "file_damaged", requests: manifest.requests } as const;
  const faults: Fault[] = [];
  const report: Pass["report"] = (file, what, next = recreate) => {
    const path = file.startsWith(`${root}/`) ? file : `${tables}/${file}`;
    faults.push({ file: path, what, next });
  };
  const read = () => checkAll({ root, dataset, report, restored, signal });
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
