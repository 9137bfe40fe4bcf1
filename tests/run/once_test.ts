import { assertEquals } from "@std/assert";
import { layout } from "../../etl/load/dataset/paths.ts";
import { extract } from "../../etl/run/run.ts";
import type { LocalPage, Source } from "../../etl/extract/pages/pages.ts";
import { syntheticPage, type SyntheticRequest } from "../../etl/extract/synthetic/mod.ts";
import { extracted, savePages } from "../extracted.ts";
import { flatten, rejoin } from "../flatten.ts";
import { ada, type Loose, pageOf } from "../people.ts";
import { readTables } from "../read_back.ts";
import { temporary } from "../temporary.ts";

function page(request: Partial<SyntheticRequest>): Loose {
  return JSON.parse(
    syntheticPage({ seed: "once", page: 1, results: 50, version: "1.4", ...request }),
  );
}

/** Extracts pages, asserts the number of `repeated` people and returns the tables. */
async function tablesOf(pages: readonly Loose[], repeated: number) {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const source = await savePages(folder.path, pages);
  const { manifest } = await extracted({ source }, { root });
  assertEquals(manifest.people.repeated, repeated);
  return await readTables(layout(root).tables);
}

const idsOf = ({ users }: { users: { user_id: string }[] }) => users.map(({ user_id }) => user_id);

Deno.test("the same uuids with different nationalities are different people", async () => {
  const pages = [page({ nat: ["US"] }), page({ nat: ["DE"] })];
  const { users, logins } = await tablesOf(pages, 0);
  assertEquals(new Set(logins.map((login) => login.login_external_uuid)).size, 50);
  assertEquals(new Set(users.map((user) => user.user_id)).size, 100);
  assertEquals(logins.length, 100);
});

Deno.test("a page that is the start of another page adds no people", async () => {
  const { users } = await tablesOf([page({ results: 20 }), page({ results: 50 })], 20);
  assertEquals(users.length, 50);
});

Deno.test("a page with info, a list and single people give the same ids", async () => {
  const complete = page({ results: 3 });
  const expected = idsOf(await tablesOf([complete], 0));
  const [first, second, third] = complete.results;
  assertEquals(idsOf(await tablesOf([complete.results], 0)), expected);
  assertEquals(idsOf(await tablesOf([first, second, third], 0)), expected);
});

Deno.test("pages of an equivalent request add no people", async () => {
  const same = [page({ seed: "abc", page: 12 }), page({ seed: "abc1", page: 2 })];
  assertEquals((await tablesOf(same, 50)).users.length, 50);
});

Deno.test("a synthetic person has the same id as in a saved page", async () => {
  await using folder = await temporary();
  const request = { source: "synthetic", seed: "once", results: 50 };
  await extracted(request, { root: `${folder.path}/data` });
  const tables = await readTables(`${folder.path}/data/tables`);
  assertEquals(idsOf(tables), idsOf(await tablesOf([page({})], 0)));
});

/** Makes a source with one saved page per batch. */
async function batchPerPage(folder: string, pages: readonly Loose[]): Promise<Source> {
  const path = await savePages(folder, pages);
  const batches = pages.map((_, index) => {
    const file = `${path}/page-${index + 1}.json`;
    const page: LocalPage = { kind: "file", label: file, path: file };
    return { index, pages: [page] };
  });
  return { request: { source: "pages" }, fingerprint: "", batches };
}

Deno.test("a person in several batches is kept once, in the first batch", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const [one, two, three] = [page({ page: 1 }), page({ page: 2 }), page({ page: 3 })];
  const again = [...one.results.slice(10, 30), ...two.results.slice(0, 5)];
  const pages = [
    one,
    pageOf([...two.results, one.results[0]]),
    pageOf([...again, ...three.results]),
  ];
  const source = await batchPerPage(folder.path, pages);
  const { manifest } = await extract(source, { root, maxRejects: { people: 0 } });
  assertEquals(manifest.people, { received: 176, rejected: 0, repeated: 26, forgotten: 0 });
  assertEquals(manifest.tables.users.parts.map(({ rows }) => rows), [50, 50, 50]);
  const expected = [one, two, three].flatMap(({ results }) => results);
  const tables = await readTables(layout(root).tables);
  assertEquals(tables.logins.length, 150);
  assertEquals(tables.altids.length, expected.filter(({ id }) => id.value !== null).length);
  assertEquals<unknown>(rejoin(tables), expected.map(flatten));
});

Deno.test("a batch with only known people writes no part", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/data`;
  const source = await batchPerPage(folder.path, [[ada()], [ada({ "login.username": "other" })]]);
  const { manifest } = await extract(source, { root, maxRejects: { people: 0 } });
  assertEquals(manifest.tables.altids.parts.map(({ rows }) => rows), [1]);
  const { users, logins } = await readTables(layout(root).tables);
  assertEquals([users.length, logins.length], [1, 1]);
});
