/**
 * One synthetic person, written as the API writes one.
 *
 * @module
 */
import { COUNTRIES, type Nationality } from "../../../schema/mod.ts";
import { ascii } from "./ascii.ts";
import { type Format, FORMATS } from "./formats.ts";
import { ADJECTIVES, ANIMALS, QUOTED, WORDS } from "./lists/logins.ts";
import { LISTS, type Lists } from "./lists/mod.ts";
import { fourPlaces, hex, oneOf } from "./pattern.ts";
import type { Random } from "./random.ts";
import { TIMEZONES } from "./timezones.ts";

/** Text ready to stand between the quotes of a JSON string, and as e-mail addresses have it. */
interface Name {
  readonly json: string;
  readonly ascii: string;
}

/** A nationality, ready to write. */
interface Nation {
  readonly nat: Nationality;
  readonly format: Format;
  readonly female: { readonly titles: readonly string[]; readonly first: readonly Name[] };
  readonly male: { readonly titles: readonly string[]; readonly first: readonly Name[] };
  readonly stems: readonly Name[];
  readonly endings: readonly Name[];
  readonly streets: readonly string[];
  readonly cities: readonly string[];
  readonly states: readonly string[];
}

/** The days people are born on: such that 45% are before 1970. */
const BIRTHS = calendar(Date.UTC(1944, 8, 1), Date.UTC(2001, 5, 1));
const REGISTRATIONS = calendar(Date.UTC(2002, 2, 1), Date.UTC(2022, 5, 1));
const MINUTES = clock(1440, 60_000, 11, 17);
const MILLISECONDS = clock(60_000, 1, 17, 24);
/** Ages are those of the last day of this year, so that a page never changes. */
const AGES_AS_OF = 2026;

const PORTRAITS = "https://randomuser.me/api/portraits/";
const SALT = oneOf("[abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789]".repeat(8));
const DIGITS = oneOf("####", "####", "######", "########");
const NUMBER = oneOf("#", "#", "##", "###", "####");
const PASSWORD_WORDS = escaped(WORDS);
const PASSWORDS_QUOTED = escaped(QUOTED);

function escape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escaped(texts: readonly string[]): readonly string[] {
  return texts.map(escape);
}

function names(texts: readonly string[]): readonly Name[] {
  return texts.map((text) => ({ json: escape(text), ascii: ascii(text) }));
}

/** Prepares a nationality, so that nothing needs escaping person by person. */
export function prepare(nat: Nationality): Nation {
  const lists: Lists = LISTS[nat];
  const french = nat === "CH";
  return {
    nat,
    format: FORMATS[nat],
    female: {
      titles: french ? ["Madame", "Mademoiselle"] : ["Miss", "Mrs", "Ms"],
      first: names(lists.female),
    },
    male: { titles: [french ? "Monsieur" : "Mr"], first: names(lists.male) },
    stems: names(lists.stems),
    endings: names(lists.endings),
    streets: escaped(lists.streets),
    cities: escaped(lists.cities),
    states: escaped(lists.states),
  };
}

/** The days from one to before another, as `YYYY-MM-DDT`. */
function calendar(from: number, to: number): readonly string[] {
  return Array.from(
    { length: (to - from) / 86_400_000 },
    (_, day) => new Date(from + day * 86_400_000).toISOString().slice(0, 11),
  );
}

/** A part of all times of a day or minute. */
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
  // What the API sends once in a long while, at rates that 100,000 people show.
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

/** The hashes have the form of hashes but are none: computing a million takes its time. */
function login(random: Random, uuid: string): string {
  const username = random.pick(ADJECTIVES) + random.pick(ANIMALS) + (100 + random.below(900));
  return `{"uuid":"${uuid}","username":"${username}","password":"${password(random)}"` +
    `,"salt":"${SALT(random)}","md5":"${hex(random, 4)}","sha1":"${hex(random, 5)}"` +
    `,"sha256":"${hex(random, 8)}"}`;
}

function alternativeId(random: Random, nation: Nation, female: boolean, birth: string): string {
  return nation.format.id(random, {
    female,
    year: Number(birth.slice(0, 4)),
    month: Number(birth.slice(5, 7)),
    day: Number(birth.slice(8, 10)),
  });
}

/** Writes one person as JSON: a function of the state of `random`, the nationality and the uuid. */
export function writePerson(
  random: Random,
  nation: Nation,
  { uuid, female }: { readonly uuid: string; readonly female: boolean },
): string {
  const gender = female ? nation.female : nation.male;
  const [first, stem, ending] = [
    random.pick(gender.first),
    random.pick(nation.stems),
    random.pick(nation.endings),
  ];
  const birth = moment(random, BIRTHS);
  const portrait = female ? `women/${random.below(97)}` : `men/${random.below(100)}`;
  // Joined rather than added up: V8 then keeps flat text, not a tree of 150 pieces a person, which
  // halves the time of a page.
  return [
    `{"gender":"${female ? "female" : "male"}","name":{"title":"${random.pick(gender.titles)}"`,
    `,"first":"${first.json}","last":"${stem.json}${ending.json}"},"location":`,
    location(random, nation),
    `,"email":"${first.ascii}.${stem.ascii}${ending.ascii}@example.com","login":`,
    login(random, uuid),
    `,"dob":${dated(birth)},"registered":${dated(moment(random, REGISTRATIONS))}`,
    `,"phone":"${nation.format.phone(random)}","cell":"${nation.format.cell(random)}","id":`,
    alternativeId(random, nation, female, birth),
    `,"picture":{"large":"${PORTRAITS}${portrait}.jpg","medium":"${PORTRAITS}med/${portrait}.jpg"`,
    `,"thumbnail":"${PORTRAITS}thumb/${portrait}.jpg"},"nat":"${nation.nat}"}`,
  ].join("");
}

/** A nationality that {@link prepare} made ready to write. */
export type { Nation };
