// Checks ids, keys and references of the rows of one part. Faults have counts but no values.
import { plural } from "../../common/counts.ts";
import { ByteBuffer, spanOf } from "../../common/utf8.ts";
import {
  codeOf,
  IdColumn,
  PRINT,
  type Print,
  type References,
  SEPARATOR,
  type TableData,
  type Texts,
  VALUE_COLUMNS,
  writeIdOf,
} from "../../transform/normalise/mod.ts";
import { REFERENCE_KEYS, REFERENCE_TABLES } from "./references.ts";

function faults(...found: readonly (readonly [number, string])[]): string[] {
  return found.filter(([rows]) => rows > 0).map(([rows, what]) => `${plural(rows, "row")} ${what}`);
}

/** Prints what codes stand for, which is what ids are computed from. */
function meanings(codes: Texts, rows: ReadonlyMap<string, object>): Print {
  const none = spanOf("");
  const meant = new Map(
    [...rows].map(([code, row]) => [code, spanOf(valuesOf(row).join(SEPARATOR))]),
  );
  const spans = [...codes].map((code) => meant.get(code) ?? none);
  return (row, out) => out.span(spans[row]!, 0);
}

/** Returns how many ids differ from the ids of all values in the order of columns. */
function countOtherIds({ rows, columns }: TableData, references: References): number {
  const printers = VALUE_COLUMNS.map(({ name, type }): Print => {
    const table = REFERENCE_TABLES.find((table) => REFERENCE_KEYS[table] === name);
    const values = columns[name] as Texts;
    return table ? meanings(values, references[table]) : PRINT[type as "text"](values);
  });
  const ids = columns["user_id"] as Uint8Array;
  const out = new ByteBuffer();
  const id = new Uint8Array(16);
  let other = 0;
  for (let row = 0; row < rows; row++) {
    out.clear();
    for (let at = 0; at < printers.length; at++) {
      if (at > 0) out.text(SEPARATOR);
      printers[at]!(row, out);
      if (VALUE_COLUMNS[at]!.type === "timestamp") out.text("Z");
    }
    writeIdOf(out.written, id);
    if (id.some((byte, at) => byte !== ids[row * 16 + at])) other++;
  }
  return other;
}

function valuesOf(row: object): string[] {
  return Object.values(row).slice(1);
}

export function checkUsers(users: TableData, references: References): string[] {
  const orphans = REFERENCE_TABLES.map((table) => {
    const key = REFERENCE_KEYS[table];
    let lost = 0;
    for (const code of users.columns[key] as Texts) if (!references[table].has(code)) lost++;
    return [lost, `with a ${key} that is missing in ${table}`] as const;
  });
  const other = countOtherIds(users, references);
  return faults(...orphans, [other, "with a user_id that does not match their values"]);
}

/** Views the ids of rows as words, four an id. */
function idWords({ rows, columns }: TableData): Uint32Array {
  const { buffer, byteOffset } = columns["user_id"] as Uint8Array<ArrayBuffer>;
  return new Uint32Array(buffer, byteOffset, rows * 4);
}

export function peopleIn(users: TableData): IdColumn {
  const people = new IdColumn(users.rows);
  const words = idWords(users);
  for (let row = 0; row < users.rows; row++) people.add(words, row * 4);
  return people;
}

/** Counts rows by whether their person exists and their key repeats; `names` complete the keys. */
function countRows(
  rows: TableData,
  { people, names }: { people: IdColumn; names?: readonly string[] },
) {
  const words = idWords(rows);
  const keys = new Map<string, IdColumn>();
  let [orphans, repeated, found] = [0, 0, 0];
  for (let row = 0; row < rows.rows; row++) {
    const known = people.find(words, row * 4) >= 0;
    if (!known) orphans++;
    const name = names?.[row] ?? "";
    let ids = keys.get(name);
    if (ids === undefined) keys.set(name, ids = new IdColumn(1));
    if (ids.add(words, row * 4) >= 0) repeated++;
    else if (known) found++;
  }
  return { orphans, repeated, found };
}

export function checkLogins(logins: TableData, people: IdColumn): string[] {
  const { orphans, repeated, found } = countRows(logins, { people });
  return faults(
    [orphans, "with a user_id that is missing in users"],
    [repeated, "with a user_id that another row has"],
    [people.length - found, "missing: people without a login"],
  );
}

export function checkAltids(altids: TableData, people: IdColumn): string[] {
  const names = [...altids.columns["altid_name"] as Texts];
  const { orphans, repeated } = countRows(altids, { people, names });
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
