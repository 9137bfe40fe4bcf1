export { hashKey } from "./random.ts";
import { type ApiVersion, NATIONALITIES, type Nationality } from "../../../schema/mod.ts";
import { type Nation, nation } from "./nation.ts";
import { writePerson } from "./person.ts";
import { hashKey, Random, uuid } from "./random.ts";

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
