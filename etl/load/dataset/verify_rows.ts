// Checks the rows of one part: ids that are computed from values, keys and references. Faults have
// counts but no values.
import { plural } from "../../common/counts.ts";
import { DECIMAL } from "../../../schema/mod.ts";
import {
  codeOf,
  type References,
  SEPARATOR,
  type TableData,
  Texts,
  writeIdOf,
} from "../../transform/normalise/mod.ts";
import { idKey } from "./ids.ts";
import { REFERENCE_KEYS, REFERENCE_TABLES } from "./references.ts";

const UNIT = 10 ** DECIMAL.scale;

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

/** Returns the values behind the codes of a person, which the id is computed from. */
function meant(references: References) {
  const timezones = new Map(
    [...references.timezones].map(([code, { utc_offset, description }]) =>
      [code, `${utc_offset}\u001f${description}`] as const
    ),
  );
  const media = new Map(
    [...references.media].map(([code, { large_url, medium_url, thumbnail_url }]) =>
      [code, `${large_url}\u001f${medium_url}\u001f${thumbnail_url}`] as const
    ),
  );
  return { timezones, media, countries: references.countries };
}

/** The columns of users before the codes, in the order in which the id is computed. */
const TEXTS = ["gender", "title", "first_name", "last_name", "email", "phone", "cell"] as const;

function idMaker(users: TableData, references: References): (row: number) => Uint8Array {
  const { timezones, media, countries } = meant(references);
  const columns = new Map(
    Object.entries(users.columns).filter(([, values]) => values instanceof Texts)
      .map(([name, values]) => [name, [...values as Texts]]),
  );
  const text = (name: string) => columns.get(name)!;
  const numbers = (name: string) => users.columns[name] as Int32Array;
  const time = (name: string, row: number) => new Date(numbers(name)[row]!).toISOString();
  const decimal = (name: string, row: number) =>
    (numbers(name)[row]! / UNIT).toFixed(DECIMAL.scale);
  const bytes = new Uint8Array(16);
  return (row) => {
    const values = [
      ...TEXTS.map((name) => text(name)[row]),
      time("date_of_birth", row),
      time("registered_at", row),
      numbers("street_number")[row],
      text("street_name")[row],
      text("city")[row],
      text("state")[row],
      text("postcode")[row],
      decimal("latitude", row),
      decimal("longitude", row),
      countries.get(text("country_code")[row]!)?.country_name,
      timezones.get(text("timezone_code")[row]!),
      media.get(text("media_id")[row]!),
    ];
    writeIdOf(values.join(SEPARATOR), bytes);
    return bytes;
  };
}

export function checkUsers(users: TableData, references: References): string[] {
  const makeId = idMaker(users, references);
  const orphans = REFERENCE_TABLES.map((table) => {
    const key = REFERENCE_KEYS[table];
    const codes = [...users.columns[key] as Texts];
    const lost = count(users.rows, (row) => !references[table].has(codes[row]!));
    return [lost, `with a ${key} that ${table} lacks`] as const;
  });
  const other = count(users.rows, (row) => {
    const made = makeId(row);
    const at = row * 16;
    return made.some((byte, offset) => byte !== ids(users)[at + offset]);
  });
  return faults(...orphans, [other, "with a user_id that is not that of their values"]);
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
    [orphans, "with a user_id that users lacks"],
    [repeated, "with a user_id that another has"],
    [people.difference(keys).size, "missing: people without a login"],
  );
}

export function checkAltids(altids: TableData, people: ReadonlySet<string>): string[] {
  const suffix = [...altids.columns["altid_name"] as Texts];
  const { orphans, repeated } = keysIn(altids, { people, suffix });
  return faults(
    [orphans, "with a user_id that users lacks"],
    [repeated, "with a user_id and altid_name that another has"],
  );
}

export function checkCodes(
  { timezones, media }: References,
): { timezones: string[]; media: string[] } {
  const wrong = "with a code that is not that of their values";
  const zones = [...timezones.values()].filter(({ timezone_code, utc_offset, description }) =>
    timezone_code !== codeOf([utc_offset, description])
  );
  const portraits = [...media.values()].filter((row) =>
    row.media_id !== codeOf([row.large_url, row.medium_url, row.thumbnail_url])
  );
  return {
    timezones: faults([zones.length, wrong]),
    media: faults([portraits.length, wrong]),
  };
}
