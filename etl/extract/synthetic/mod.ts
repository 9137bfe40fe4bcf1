export { hashKey } from "./random.ts";
import {
  type ApiVersion,
  COUNTRIES,
  NATIONALITIES,
  type Nationality,
} from "../../../schema/mod.ts";
import NAMES from "./names.json" with { type: "json" };
import { escaped, type Nation, nation } from "./nation.ts";
import { fourPlaces, hashKey, hex, oneOf, Random, uuid } from "./random.ts";

const PORTRAITS = "https://randomuser.me/api/portraits/";
const SALT = oneOf("[abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789]".repeat(8));
const DIGITS = oneOf("####", "####", "######", "########");
const NUMBER = oneOf("#", "#", "##", "###", "####");
const ADJECTIVES = escaped(NAMES.logins.adjectives);
const ANIMALS = escaped(NAMES.logins.animals);
const PASSWORD_WORDS = escaped(NAMES.logins.words);
/** Passwords with characters that are often quoted wrongly. */
const PASSWORDS_QUOTED = escaped(NAMES.logins.quoted);
const TIMEZONES = NAMES.timezones.split("|").map((zone) => {
  const [, offset, description] = /^(\S+) (.*)$/.exec(zone)!;
  return JSON.stringify({ offset, description });
});

/** Days of birth; 45% are before 1970. */
const BIRTHS = calendar(Date.UTC(1944, 8, 1), Date.UTC(2001, 5, 1));
/** Days of registration; one person in ten registers before the age of 18. */
const REGISTRATIONS = calendar(Date.UTC(2002, 2, 1), Date.UTC(2022, 5, 1));
const MINUTES = clock(1440, 60_000, 11, 17);
const MILLISECONDS = clock(60_000, 1, 17, 24);
/** Ages refer to the last day of this year, so that a page never changes. */
const AGES_AS_OF = 2026;

/** The days from one day up to another, as `YYYY-MM-DDT`, without the last. */
function calendar(from: number, to: number): readonly string[] {
  return Array.from(
    { length: (to - from) / 86_400_000 },
    (_, day) => new Date(from + day * 86_400_000).toISOString().slice(0, 11),
  );
}

function clock(count: number, step: number, from: number, to: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => new Date(i * step).toISOString().slice(from, to));
}

function moment(random: Random, days: readonly string[]): string {
  return random.pick(days) + random.pick(MINUTES) + random.pick(MILLISECONDS);
}

function dated(iso: string): string {
  return `{"date":"${iso}","age":${AGES_AS_OF - Number(iso.slice(0, 4))}}`;
}

function degrees(random: Random, most: number): string {
  const tenThousandths = random.below(2 * most * 10_000 + 1) - most * 10_000;
  return tenThousandths < 0 ? "-" + fourPlaces(-tenThousandths) : fourPlaces(tenThousandths);
}

function location(random: Random, nation: Nation): string {
  // Rare values of the API, frequent enough to appear among 100,000 people.
  const rare = random.below(100_000);
  const street = rare === 0 ? "" : random.pick(nation.streets);
  const city = rare > 0 && rare < 6 ? 'La \\"\\"d\\"\\"\\"' : random.pick(nation.cities);
  const latitude = rare === 6 || rare === 7 ? "-0.0000" : degrees(random, 90);
  return `{"street":{"number":${1 + random.below(9999)},"name":"${street}"},"city":"${city}"` +
    `,"state":"${random.pick(nation.states)}","country":"${COUNTRIES[nation.nat]}","postcode":` +
    nation.format.postcode(random) + `,"coordinates":{"latitude":"${latitude}","longitude":"` +
    `${degrees(random, 180)}"},"timezone":${random.pick(TIMEZONES)}}`;
}

function password(random: Random): string {
  const kind = random.below(1000);
  if (kind < 850) return random.pick(PASSWORD_WORDS);
  if (kind < 940) return random.pick(PASSWORD_WORDS) + NUMBER(random);
  if (kind < 995) return DIGITS(random);
  return kind < 998 ? random.pick(PASSWORDS_QUOTED) : "";
}

/** Writes a login; its hashes are random digits, since computing real ones takes too long. */
function login(random: Random, uuid: string): string {
  const username = random.pick(ADJECTIVES) + random.pick(ANIMALS) + (100 + random.below(900));
  return `{"uuid":"${uuid}","username":"${username}","password":"${password(random)}"` +
    `,"salt":"${SALT(random)}","md5":"${hex(random, 4)}","sha1":"${hex(random, 5)}"` +
    `,"sha256":"${hex(random, 8)}"}`;
}

function writePerson(
  random: Random,
  nation: Nation,
  { uuid, female }: { uuid: string; female: boolean },
): string {
  const gender = female ? nation.female : nation.male;
  const first = random.pick(gender.first);
  const stem = random.pick(nation.stems);
  const ending = random.pick(nation.endings);
  const born = moment(random, BIRTHS);
  const portrait = female ? `women/${random.below(97)}` : `men/${random.below(100)}`;
  // `join` makes a flat string, not a tree of 150 pieces per person, and halves the time of a page.
  return [
    `{"gender":"${female ? "female" : "male"}","name":{"title":"${random.pick(gender.titles)}"`,
    `,"first":"${first.json}","last":"${stem.json}${ending.json}"},"location":`,
    location(random, nation),
    `,"email":"${first.ascii}.${stem.ascii}${ending.ascii}@example.com","login":`,
    login(random, uuid),
    `,"dob":${dated(born)},"registered":${dated(moment(random, REGISTRATIONS))}`,
    `,"phone":"${nation.format.phone(random)}","cell":"${nation.format.cell(random)}","id":`,
    nation.format.id(random, { female, date: born }),
    `,"picture":{"large":"${PORTRAITS}${portrait}.jpg","medium":"${PORTRAITS}med/${portrait}.jpg"`,
    `,"thumbnail":"${PORTRAITS}thumb/${portrait}.jpg"},"nat":"${nation.nat}"}`,
  ].join("");
}

/** A page of synthetic people; these properties determine every byte of it. */
export interface SyntheticRequest {
  readonly seed: string;
  readonly page: number;
  /** Number of people, 0 or more; a smaller number gives a prefix of the same people. */
  readonly results: number;
  readonly version: ApiVersion;
  /** Nationalities to draw from; like in the API, an unknown one disables the filter. */
  readonly nat?: readonly Nationality[];
  readonly gender?: "female" | "male";
  /** The requested fields; as with the API they change the people, but no field is left out. */
  readonly fields?: string;
}

function nationsOf({ version, nat = [] }: SyntheticRequest): readonly Nation[] {
  const known = NATIONALITIES[version];
  const wanted = nat.length > 0 && nat.every((one) => known.includes(one)) ? nat : known;
  return wanted.map(nation);
}

/** As in the API, seed `abc` page 12 equals `abc1` page 2; `login.uuid` ignores other options. */
export function syntheticPage(request: SyntheticRequest): string {
  const { seed, page, results, version, gender, fields = "" } = request;
  const nations = nationsOf(request);
  const uuids = hashKey(seed + page);
  const options = [version, nations.map(({ nat }) => nat), gender ?? "", fields];
  const people = hashKey(seed + page + "\u0000" + options.join("\u0000"));
  const random = new Random();
  const written: string[] = [];
  for (let position = 0; position < results; position++) {
    random.start(uuids, position);
    const id = uuid(random);
    random.start(people, position);
    const coin = random.below(2) === 0;
    const female = gender === undefined ? coin : gender === "female";
    written.push(writePerson(random, random.pick(nations), { uuid: id, female }));
  }
  const info = JSON.stringify({ seed, results, page, version });
  return `{"results":[${written.join(",")}],"info":${info}}`;
}
