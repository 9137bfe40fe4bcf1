// Checks ids, keys and references of the rows of one part. Faults have counts but no values.
import { plural } from "../../common/counts.ts";
import {
  codeOf,
  decodeTable,
  type References,
  SEPARATOR,
  type TableData,
  type Texts,
  writeIdOf,
} from "../../transform/normalise/mod.ts";
import { idKey } from "./ids.ts";
import { REFERENCE_KEYS, REFERENCE_TABLES } from "./references.ts";

function ids({ columns }: TableData): Uint8Array<ArrayBuffer> {
  return columns["user_id"] as Uint8Array<ArrayBuffer>;
}

function count(rows: number, broken: (row: number) => boolean): number {
  let found = 0;
  for (let row = 0; row < rows; row++) if (broken(row)) found++;
  return found;
}

function faults(...found: readonly (readonly [number, string])[]): string[] {
  return found.filter(([rows]) => rows > 0).map(([rows, what]) => `${plural(rows, "row")} ${what}`);
}

/** Computes the ids again, from all values in the order of columns, with codes by their meaning. */
function idMaker(users: TableData, references: References): (row: number) => Uint8Array {
  const { user_id: _, ...decoded } = decodeTable({ ...users, table: "users" });
  const columns = Object.entries<readonly unknown[]>(decoded).map(([name, values]) => {
    const table = REFERENCE_TABLES.find((table) => REFERENCE_KEYS[table] === name);
    if (table === undefined) return values;
    const meanings = new Map<unknown, string>();
    for (const [code, row] of references[table]) meanings.set(code, valuesOf(row).join(SEPARATOR));
    return values.map((code) => meanings.get(code));
  });
  const bytes = new Uint8Array(16);
  return (row) => {
    writeIdOf(columns.map((values) => values[row]).join(SEPARATOR), bytes);
    return bytes;
  };
}

function valuesOf(row: object): string[] {
  return Object.values(row).slice(1);
}

export function checkUsers(users: TableData, references: References): string[] {
  const makeId = idMaker(users, references);
  const orphans = REFERENCE_TABLES.map((table) => {
    const key = REFERENCE_KEYS[table];
    const codes = [...users.columns[key] as Texts];
    const lost = count(users.rows, (row) => !references[table].has(codes[row]!));
    return [lost, `with a ${key} that is missing in ${table}`] as const;
  });
  const other = count(users.rows, (row) => {
    const made = makeId(row);
    const at = row * 16;
    return made.some((byte, offset) => byte !== ids(users)[at + offset]);
  });
  return faults(...orphans, [other, "with a user_id that does not match their values"]);
}

/** Returns the keys of rows, the number of repeated ones, and of rows without a person. */
function keysIn(
  rows: TableData,
  { people, suffix = [] }: { people: ReadonlySet<string>; suffix?: readonly string[] },
) {
  const keys = new Set<string>();
  let orphans = 0;
  for (let row = 0; row < rows.rows; row++) {
    const person = idKey(ids(rows), row);
    if (!people.has(person)) orphans++;
    keys.add(person + (suffix[row] ?? ""));
  }
  return { keys, orphans, repeated: rows.rows - keys.size };
}

export function checkLogins(logins: TableData, people: ReadonlySet<string>): string[] {
  const { keys, orphans, repeated } = keysIn(logins, { people });
  return faults(
    [orphans, "with a user_id that is missing in users"],
    [repeated, "with a user_id that another row has"],
    [people.difference(keys).size, "missing: people without a login"],
  );
}

export function checkAltids(altids: TableData, people: ReadonlySet<string>): string[] {
  const suffix = [...altids.columns["altid_name"] as Texts];
  const { orphans, repeated } = keysIn(altids, { people, suffix });
  return faults(
    [orphans, "with a user_id that is missing in users"],
    [repeated, "with a user_id and altid_name that another row has"],
  );
}

export function checkCodes(references: References): (readonly ["timezones" | "media", string])[] {
  return (["timezones", "media"] as const).flatMap((table) => {
    const rows = [...references[table]];
    const wrong = rows.filter(([code, row]) => code !== codeOf(valuesOf(row))).length;
    const found = faults([wrong, "with a code that does not match their values"]);
    return found.map((what) => [table, what] as const);
  });
}
