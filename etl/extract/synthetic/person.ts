// Writes one synthetic person as the API writes one.
import { COUNTRIES } from "../../../schema/mod.ts";
import { ADJECTIVES, ANIMALS, QUOTED, WORDS } from "./lists/logins.ts";
import { birth, dated, registration } from "./moments.ts";
import { escaped, type Nation } from "./nation.ts";
import { fourPlaces, hex, oneOf } from "./pattern.ts";
import type { Random } from "./random.ts";
import { TIMEZONES } from "./timezones.ts";

const PORTRAITS = "https://randomuser.me/api/portraits/";
const SALT = oneOf("[abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789]".repeat(8));
const DIGITS = oneOf("####", "####", "######", "########");
const NUMBER = oneOf("#", "#", "##", "###", "####");
const PASSWORD_WORDS = escaped(WORDS);
const PASSWORDS_QUOTED = escaped(QUOTED);

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

function alternativeId(random: Random, nation: Nation, female: boolean, born: string): string {
  return nation.format.id(random, {
    female,
    year: Number(born.slice(0, 4)),
    month: Number(born.slice(5, 7)),
    day: Number(born.slice(8, 10)),
  });
}

/** Writes one person as JSON: a function of the state of `random`, the nationality and the uuid. */
export function writePerson(
  random: Random,
  nation: Nation,
  { uuid, female }: { uuid: string; female: boolean },
): string {
  const gender = female ? nation.female : nation.male;
  const [first, stem, ending] = [
    random.pick(gender.first),
    random.pick(nation.stems),
    random.pick(nation.endings),
  ];
  const born = birth(random);
  const portrait = female ? `women/${random.below(97)}` : `men/${random.below(100)}`;
  // `join` makes a flat string, not a tree of 150 pieces per person, and halves the time of a page.
  return [
    `{"gender":"${female ? "female" : "male"}","name":{"title":"${random.pick(gender.titles)}"`,
    `,"first":"${first.json}","last":"${stem.json}${ending.json}"},"location":`,
    location(random, nation),
    `,"email":"${first.ascii}.${stem.ascii}${ending.ascii}@example.com","login":`,
    login(random, uuid),
    `,"dob":${dated(born)},"registered":${dated(registration(random))}`,
    `,"phone":"${nation.format.phone(random)}","cell":"${nation.format.cell(random)}","id":`,
    alternativeId(random, nation, female, born),
    `,"picture":{"large":"${PORTRAITS}${portrait}.jpg","medium":"${PORTRAITS}med/${portrait}.jpg"`,
    `,"thumbnail":"${PORTRAITS}thumb/${portrait}.jpg"},"nat":"${nation.nat}"}`,
  ].join("");
}
