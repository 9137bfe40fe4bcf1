/**
 * A dataset with planted values in every column that a report could show.
 *
 * @module
 */
import { extracted, savePages } from "../extracted.ts";
import { ada, type Loose, pageOf } from "../people.ts";

/** Personal, sensitive and secret values that no report may contain. */
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

/** Texts that reveal a planted value: the value itself, or the date or time of a timestamp. */
export const TRACES: readonly string[] = Object.values(PLANTED).flatMap((value) =>
  /^\d{4}-\d\d-\d\dT/.test(value) ? [value.slice(0, 10), value.slice(11, 23)] : [value]
).concat("471114", "<script", "zqpictures", "zqhost", "Zqstreet");

/** The number of people on the page who differ only in house number and first name. */
export const VALID = 8;

/** Makes people who look the same in a report. */
function people(): Loose[] {
  return Array.from({ length: VALID }, (_, at) => {
    const person = ada({ ...PLANTED, "location.street.number": 471_114 - at * 1000 });
    if (at > 0) person.name.first += "abcdefgh"[at];
    return person;
  });
}

/** Makes a person with a unique age and year, so that a bar of a plot would reveal them. */
function rare(): Loose {
  return ada({
    ...PLANTED,
    "dob.date": "1931-01-02T03:04:05.006Z",
    "registered.date": "1999-02-03T04:05:06.007Z",
    "location.postcode": "77777777",
  });
}

/** Makes people with an invalid value that must not be shown. */
function wrong(): Loose[] {
  return [
    ada({ ...PLANTED, "login.sha256": "zqpassword" }),
    ada({ ...PLANTED, "location.postcode": "Zqcity\u0000" }),
    ada({ ...PLANTED, "id.value": { Zqfirst: "zqidvalue" } }),
  ];
}

/** Writes the dataset below a folder and returns its path. */
export async function plantedDataset(folder: string): Promise<string> {
  const pages = await savePages(folder, [pageOf([...people(), rare(), ...wrong()])]);
  const root = `${folder}/data`;
  await extracted({ source: pages }, { root });
  return root;
}
