/**
 * A dataset with values planted wherever a report could show them.
 *
 * @module
 */
import { extracted, savePages } from "../extracted.ts";
import { ada, type Loose, pageOf } from "../people.ts";

/** Personal, sensitive and secret values: no report may hold any of them. */
export const PLANTED: Readonly<Record<string, string>> = {
  "name.title": "Zqtitle",
  "name.first": "Zqfirst",
  "name.last": "Zqlast",
  "location.street.name": "Zqstreet <script>alert(1)</script>",
  "location.city": "Zqcity",
  "location.state": "Zqstate",
  "location.postcode": "ZQ4711X",
  "location.coordinates.latitude": "-47.1147",
  "location.coordinates.longitude": "147.1147",
  "email": "zqmail@zqhost.example",
  "login.uuid": "5ca1ab1e-4711-4711-8711-00000c0ffee0",
  "login.username": "zqusername",
  "login.password": "zqpassword",
  "login.salt": "zqsalt",
  "login.md5": "4711aaaa4711aaaa4711aaaa4711aaaa",
  "login.sha1": "4711bbbb4711bbbb4711bbbb4711bbbb4711bbbb",
  "login.sha256": "4711cccc4711cccc4711cccc4711cccc4711cccc4711cccc4711cccc4711cccc",
  "dob.date": "1947-11-13T14:17:11.471Z",
  "registered.date": "2011-11-14T17:11:47.114Z",
  "phone": "4711-zq-1",
  "cell": "4711-zq-2",
  "id.value": "zqidvalue",
  "picture.large": "https://zqpictures.example/large.jpg",
  "picture.medium": "https://zqpictures.example/medium.jpg",
  "picture.thumbnail": "https://zqpictures.example/thumbnail.jpg",
};

/** What betrays a planted value: itself, and the parts of moments. */
export const TRACES: readonly string[] = Object.values(PLANTED).flatMap((value) =>
  /^\d{4}-\d\d-\d\dT/.test(value) ? [value.slice(0, 10), value.slice(11, 23)] : [value]
).concat("471114", "<script", "zqpictures", "zqhost", "Zqstreet");

/** How many people of the page pass all rules. */
export const VALID = 8;

/** People who differ in nothing that is shown. */
function people(): Loose[] {
  return Array.from({ length: VALID }, (_, at) => {
    const person = ada({ ...PLANTED, "location.street.number": 471_114 - at * 1000 });
    if (at > 0) person.name.first += "abcdefgh"[at];
    return person;
  });
}

/** One who is alone in an age and a year, so that a bar would be about that person. */
function alone(): Loose {
  return ada({
    ...PLANTED,
    "dob.date": "1931-01-02T03:04:05.006Z",
    "registered.date": "1999-02-03T04:05:06.007Z",
    "location.postcode": "77777777",
  });
}

/** People who fail a rule by a value that must not be shown. */
function wrong(): Loose[] {
  return [
    ada({ ...PLANTED, "login.sha256": "zqpassword" }),
    ada({ ...PLANTED, "location.postcode": "Zqcity\u0000" }),
    ada({ ...PLANTED, "id.value": { Zqfirst: "zqidvalue" } }),
  ];
}

/** Writes the dataset below a folder. */
export async function plantedDataset(folder: string): Promise<string> {
  const pages = await savePages(folder, [pageOf([...people(), alone(), ...wrong()])]);
  const root = `${folder}/data`;
  await extracted({ source: pages }, { root });
  return root;
}
