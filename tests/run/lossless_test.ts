import { assert, assertEquals } from "@std/assert";
import { layout } from "../../etl/load/dataset/paths.ts";
import { syntheticPage } from "../../etl/extract/synthetic/mod.ts";
import { extracted, savePages } from "../extracted.ts";
import { flatten, rejoin } from "../flatten.ts";
import { ada, type Loose, pageOf } from "../people.ts";
import { readTables } from "../read_back.ts";
import { readWithDuckdb } from "../read_duckdb.ts";
import { temporary } from "../temporary.ts";

/** Extracts pages and asserts that the tables hold every value of every person, in order. */
async function assertLossless(pages: readonly Loose[]): Promise<void> {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const source = await savePages(folder.path, pages);
  const { manifest } = await extracted({ source }, { root });
  const people = pages.flatMap(({ results }) => results);
  const tables = await readTables(layout(root).tables);
  assertEquals<unknown>(await readWithDuckdb(root), tables);
  assertEquals(manifest.people, {
    received: people.length,
    rejected: 0,
    repeated: 0,
    forgotten: 0,
  });
  assertEquals(tables.logins.length, people.length);
  assertEquals(tables.altids.length, people.filter(({ id }) => id.value !== null).length);
  assertEquals<unknown>(rejoin(tables), people.map(flatten));
}

/** Values that a simple pipeline would change, by path. */
const HARD: Readonly<Record<string, readonly unknown[]>> = {
  "name.title": ["", "Mademoiselle"],
  "name.first": ["Mina ", " Mina", "می\u200cنا", "Лук'ян", "\u2060mark", "😀", "é", "e\u0301"],
  "name.last": ["Van  Example", "O'Example", '"Example"', "NULL", "null", "\\N", "Ex,ample", "ﬁ"],
  "location.street.number": [0, -1, 2147483647, -2147483648],
  "location.street.name": ["", " ", "Example Street ", "\u00a0"],
  "location.city": ['La ""d"""', "Example  City"],
  "location.state": ["", "-"],
  "location.postcode": ["0422", "0000", " 422", "1e3", 0, 9007199254740991, "K1A 0B1", 200],
  "location.coordinates.latitude": ["-0.0001", "0.0000", "-90.0000", "90.0000", "10.1000"],
  "location.coordinates.longitude": ["-180.0000", "180.0000", "1.0050", "-0.0100", "8.2050"],
  "location.timezone.offset": ["0:00", "+0:00", "-3:30", "+14:00"],
  "location.timezone.description": ["", 'Kabul, Kandahar & "co"'],
  "email": ["luk'yan.kolos@example.com", "'a..b@example.com", "ı@example.com"],
  "login.username": ["", "0001", "a b "],
  "dob.date": [
    "1969-12-31T23:59:59.999Z",
    "1970-01-01T00:00:00.000Z",
    "1944-02-29T00:00:00.001Z",
    "1900-01-01T00:00:00.000Z",
    "0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
  ],
  "registered.date": ["1969-07-20T20:17:40.010Z", "2038-01-19T03:14:08.100Z"],
  "phone": ["00012345", "A12 B34-0000", "", "+1 (555) 0100 "],
  "cell": ["0", "(055)-000-0100"],
  "id.value": ["", "000", "NaNNA123undefined", " 1 ", "0x10"],
  "id.name": ["SSN", "Ñ"],
  "picture.large": ["http://127.0.0.1:80/%20.jpg?a=b#c"],
};

/** Texts that some readers or writers trim, unescape, normalise or convert. */
const HARD_TEXTS: readonly string[] = [
  "",
  " x",
  "x ",
  "x  y",
  "007",
  "1e3",
  "null",
  "\\N",
  "'",
  '"x","y"',
  "\u200c",
  "\u00a0",
  "e\u0301",
  "😀",
  "x".repeat(70_000),
];

/** Paths of fields that accept these texts. */
const TEXTS = [
  "name.title",
  "name.first",
  "name.last",
  "location.street.name",
  "location.city",
  "location.state",
  "location.postcode",
  "location.timezone.description",
  "login.username",
  "phone",
  "cell",
  "id.value",
];

Deno.test("hard values are read back unchanged", async () => {
  const texts = TEXTS.map((path): [string, readonly unknown[]] => [path, HARD_TEXTS]);
  const people = [...Object.entries(HARD), ...texts].flatMap(([path, values]) =>
    values.map((value, row) => ada({ email: `${path}@${row}.${values.length}`, [path]: value }))
  );
  assert(people.length > 250);
  await assertLossless([pageOf(people)]);
});

Deno.test("only -0.0000 is changed: it becomes 0.0000", async () => {
  const coordinates = { latitude: "-0.0000", longitude: "-0.0000" };
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const source = await savePages(folder.path, [[ada({ "location.coordinates": coordinates })]]);
  await extracted({ source }, { root });
  const [user] = (await readTables(layout(root).tables)).users;
  assertEquals([user?.latitude, user?.longitude], ["0.0000", "0.0000"]);
});

for (const version of ["1.3", "1.4"] as const) {
  Deno.test(`every field of 2,000 synthetic people of version ${version} is read back unchanged`, async () => {
    const page = syntheticPage({ seed: "rare11-", page: 1, results: 2000, version });
    await assertLossless([JSON.parse(page)]);
  });
}
