/**
 * Saved pages of the real API; skipped unless a folder of them is next to the project.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { layout } from "../../etl/load/dataset/paths.ts";
import { DebrError, EXIT } from "../../etl/common/errors.ts";
import { extracted } from "../extracted.ts";
import { flatten, rejoin } from "../flatten.ts";
import type { Loose } from "../people.ts";
import { readTables } from "../read_back.ts";
import { temporary } from "../temporary.ts";

const REAL = pathOfUrl(new URL("../../../shared/real", import.meta.url));

function exists(): boolean {
  try {
    return Deno.statSync(REAL).isDirectory;
  } catch {
    return false;
  }
}

const ifSaved = { ignore: !exists() };

interface Expected {
  readonly spec: string;
  readonly files: readonly string[];
  readonly users: number;
}

/** Extracts pages, asserts that no field is lost or changed, and returns the tables. */
async function keepsAll({ spec, files, users }: Expected) {
  await using folder = await temporary();
  const { manifest } = await extracted({ source: `${REAL}/${spec}` }, {
    root: folder.path,
    maxRejects: { people: 0 },
  });
  const people: Loose[] = [];
  for (const file of files) {
    const { results } = JSON.parse(await Deno.readTextFile(`${REAL}/${file}`));
    for (const person of results) people.push(person);
  }
  const tables = await readTables(layout(folder.path).tables);
  assertEquals(manifest.people, { received: users, rejected: 0, repeated: 0, forgotten: 0 });
  assertEquals<unknown>(rejoin(tables), people.map(flatten));
  assertEquals([tables.users.length, tables.logins.length], [users, users]);
  assertEquals(tables.altids.length, people.filter(({ id }) => id.value !== null).length);
  assertEquals(new Set(tables.users.map(({ user_id }) => user_id)).size, users);
  return tables;
}

Deno.test(
  "real pages of version 1.4 from a glob keep all people, countries and time zones",
  ifSaved,
  async () => {
    const files = ["v1.4-page1.json", "v1.4-page2.json"];
    const tables = await keepsAll({ spec: "v1.4-page[12].json", files, users: 4000 });
    assertEquals([tables.countries.length, tables.timezones.length], [21, 30]);
    assert(tables.media.length <= 197);
  },
);

Deno.test(
  "real pages of version 1.3, pages without info and short pages keep all people",
  ifSaved,
  async () => {
    const pages = {
      "v1.3-page1.json": 200,
      "v1.4-noinfo.json": 20,
      "v1.4-page10001-answers-page1.json": 5,
      "v1.4-results0-answers-one.json": 1,
      "v1.4-results5001-answers-one.json": 1,
    };
    for (const [spec, users] of Object.entries(pages)) {
      await keepsAll({ spec, files: [spec], users });
    }
  },
);

Deno.test("real Americans and Germans with the same uuids are 100 people", ifSaved, async () => {
  const files = ["v1.4-nat-de.json", "v1.4-nat-us.json"];
  const tables = await keepsAll({ spec: "v1.4-nat-{us,de}.json", files, users: 100 });
  assertEquals(new Set(tables.logins.map((login) => login.login_external_uuid)).size, 50);
});

Deno.test("overlapping real pages give each person once", ifSaved, async () => {
  await using folder = await temporary();
  const source = `${REAL}/v1.4-{page1,page10001-answers-page1,noinfo,results0-answers-one}.json`;
  const { manifest } = await extracted({ source }, { root: folder.path });
  assertEquals(manifest.people, { received: 2026, rejected: 0, repeated: 26, forgotten: 0 });
});

const REFUSED = {
  "v1.0-page1.json": "rule version",
  "v1.1-page1.json": "rule version",
  "v1.2-page1.json": "rule version",
  "outage-200-empty.json": "rule empty",
  "error-429.json": "rule error",
  "error-outage.json": "rule error",
  "v1.4-lego.json": "none of the 20 people is valid",
  "v1.4-exc-login.json": "none of the 20 people is valid",
} as const;

for (const [file, says] of Object.entries(REFUSED)) {
  Deno.test(`real ${file} is refused: ${says}`, ifSaved, async () => {
    await using folder = await temporary();
    const run = () => extracted({ source: `${REAL}/${file}` }, { root: folder.path });
    const { status } = await assertRejects(run, DebrError, says);
    assertEquals<number>(status, says.startsWith("rule") ? EXIT.source : EXIT.data);
  });
}
