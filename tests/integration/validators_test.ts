import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import mysql from "npm:mysql2@3.24.6/promise";
import pg from "npm:pg@8.23.1";
import * as v from "valibot";
import { ROOT } from "../layers.ts";
import {
  type Kind,
  KINDS,
  newDatabase,
  runDebr,
  session,
  startServers,
  stopServers,
} from "./load_support.ts";
import { CHANGED, REFUSED, SHOP } from "./shop.ts";

Deno.test.beforeAll(startServers);
Deno.test.afterAll(stopServers);

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Reads rows with the default settings of a database driver. */
async function read(kind: Kind, url: string, query: string): Promise<Rows> {
  if (kind === "mysql") {
    const connection = await mysql.createConnection(url);
    try {
      return (await connection.query(query))[0] as Rows;
    } finally {
      await connection.end();
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

async function deno(...args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: [...args] }).output();
  assert(success, new TextDecoder().decode(stderr));
}

/** Checks the format and types of the modules in a folder and returns their names. */
async function checkModules(folder: string): Promise<string[]> {
  const files = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  const paths = files.map((name) => `${folder}/${name}`);
  await deno("fmt", "--check", "--no-config", ...paths);
  await deno("check", "-q", ...paths);
  return files;
}

let loaded = 0;

/** Imports the current schema of a module. */
async function schemaOf(path: string, name: string): Promise<v.GenericSchema> {
  const module = await import(`file://${path}?${++loaded}`);
  return module[name];
}

const fits = (schema: v.GenericSchema, row: unknown) => {
  const { success, issues } = v.safeParse(schema, row);
  assert(success, JSON.stringify(issues?.map(({ message, path }) => [path?.[0]?.key, message])));
};

for (const kind of KINDS) {
  const quoted = (name: string) => kind === "postgres" ? `"${name}"` : `\`${name}\``;
  const items = `select * from ${quoted("order items")} order by id`;

  Deno.test(`${kind}: after an ALTER TABLE one command updates the validators`, async () => {
    const { name, url } = await newDatabase(kind);
    const out = `data/${name}-validators`;
    const folder = `${ROOT}${out}`;
    const drift = (...args: readonly string[]) =>
      runDebr("drift", { url, args: ["--out", out, ...args] });
    await using database = await session(url);
    for (const statement of SHOP[kind]) await database.run(statement);
    assertEquals((await drift()).status, 6);
    assertEquals((await drift("--update")).status, 0);
    const same = await drift();
    assertEquals(same.status, 0, same.out);
    const files = await checkModules(folder);
    assertEquals(
      files,
      kind === "postgres"
        ? ["Größe.ts", "größe_2.ts", "nothing.ts", "open_items.ts", "order_items.ts"]
        : ["Größe.ts", "open_items.ts", "order_items.ts"],
    );
    const path = `${folder}/order_items.ts`;
    const before = await schemaOf(path, "orderItemsRow");
    const [row, ...others] = await read(kind, url, items);
    for (const one of [row, ...others]) fits(before, one);
    for (const [column, value] of Object.entries(REFUSED[kind])) {
      assert(!v.is(before, { ...row, [column]: value }), `${column} should refuse ${value}`);
    }
    for (const one of await read(kind, url, "select * from open_items")) {
      fits(await schemaOf(`${folder}/open_items.ts`, "openItemsRow"), one);
    }
    for (const one of await read(kind, url, `select * from ${quoted("Größe")}`)) {
      fits(await schemaOf(`${folder}/Größe.ts`, "größeRow"), one);
    }

    for (const statement of CHANGED[kind]) await database.run(statement);
    const changed = await read(kind, url, items);
    for (const one of changed) assert(!v.is(before, one));
    const stale = await drift("--json");
    assertEquals(stale.status, 6);
    const { differences } = JSON.parse(stale.out);
    const named = differences.map(({ kind, place }: Record<string, string>) => `${kind} ${place}`);
    for (
      const expected of [
        "added_column order items.gift",
        "missing_column order items.small",
        "retyped_column order items.label",
        "retyped_column order items.state",
        "retyped_column order items.feeling",
        "added_table notes",
        `missing_table ${kind === "postgres" ? "größe_2" : "Größe"}`,
      ]
    ) assert(named.includes(expected), `${expected}: ${named}`);
    assertEquals((await drift("--update")).status, 0);
    assertEquals((await drift()).status, 0);
    const now = await checkModules(folder);
    assert(now.includes("notes.ts") && now.length === files.length);
    const after = await schemaOf(path, "orderItemsRow");
    assertEquals(changed.length, 3);
    for (const one of changed) fits(after, one);
    // The types change too: code for the new column compiles, code for a dropped column does not.
    const use = `${folder}/use.ts`;
    const code = 'import type { OrderItemsRow } from "./order_items.ts";\n' +
      "export const is = (row: OrderItemsRow): boolean | number => row.gift;\n";
    await Deno.writeTextFile(use, code);
    await deno("check", "-q", use);
    await Deno.writeTextFile(use, code.replace("row.gift", "row.small"));
    const { success } = await new Deno.Command(Deno.execPath(), { args: ["check", "-q", use] })
      .output();
    assert(!success);
    await Deno.remove(folder, { recursive: true });
  });

  Deno.test(`${kind}: modules of other authors are not replaced, and writing elsewhere needs a permission`, async () => {
    const { name, url } = await newDatabase(kind);
    await using database = await session(url);
    await database.run("create table notes (id integer primary key)");
    const out = `data/${name}-mine`;
    const update = (folder: string) =>
      runDebr("drift", { url, args: ["--update", "--out", folder] });
    await Deno.mkdir(`${ROOT}${out}`, { recursive: true });
    await Deno.writeTextFile(`${ROOT}${out}/notes.ts`, "export const mine = 1;\n");
    const mine = await update(out);
    assertEquals(mine.status, 2);
    assertStringIncludes(mine.err, "this command did not make it");
    assertStringIncludes(await Deno.readTextFile(`${ROOT}${out}/notes.ts`), "mine");
    await Deno.remove(`${ROOT}${out}`, { recursive: true });
    const elsewhere = await update("/tmp/debr-elsewhere");
    assertEquals(elsewhere.status, 2);
    assertStringIncludes(elsewhere.err, "-P=drift --allow-write=");
  });
}
