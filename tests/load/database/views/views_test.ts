import { assert, assertEquals, assertRejects } from "@std/assert";
import { columnsOf, TABLE_NAMES, TABLES } from "../../../../schema/mod.ts";
import { DestinationError } from "../../../../etl/common/errors.ts";
import { expectedTables } from "../../../../etl/load/database/catalog/expected.ts";
import { DIALECTS } from "../../../../etl/load/database/views/dialect.ts";
import { readViews } from "../../../../etl/load/database/views/views.ts";
import type { Answer } from "../../../../etl/load/database/mod.ts";
import { fakeDatabase } from "../fake.ts";

const FLAVOURS = ["postgres", "mysql", "mariadb"] as const;

/** The columns as the catalog lists them after debr has created the tables. */
function catalogOf(flavour: typeof FLAVOURS[number]): Answer[] {
  return expectedTables(flavour).flatMap(({ name: table, columns }) =>
    columns.map(({ name, type, collation = null }) => ({ table, name, type, collation }))
  );
}

const viewsOf = (flavour: typeof FLAVOURS[number], catalog: Answer[]) =>
  readViews({ ...fakeDatabase(flavour), ask: () => Promise.resolve(catalog) });

for (const flavour of FLAVOURS) {
  Deno.test(`${flavour}: views of loaded tables have the columns of the Parquet tables`, async () => {
    const types = (await viewsOf(flavour, catalogOf(flavour))).types();
    for (const table of TABLE_NAMES) {
      const columns = columnsOf(TABLES[table]);
      const found = types.get(table)!;
      assertEquals([...found.keys()], columns.map(({ name }) => name));
      for (const { name, type } of columns) {
        assert(DIALECTS[flavour].accepts(type, found.get(name)!), `${name} ${found.get(name)}`);
        assert(!DIALECTS[flavour].accepts(type, "bytea"), name);
      }
    }
  });

  Deno.test(`${flavour}: a statement gets the views of the tables that it names`, async () => {
    const catalog = catalogOf(flavour).filter(({ name }) => name !== "country_key");
    const note = { table: "logins", name: "note", type: "text", collation: null };
    const views = await viewsOf(flavour, [...catalog, note]);
    assertEquals(views.whole("select 1"), "select 1");
    const sql = "select count(*) from Users join logins using (user_id)";
    const whole = views.whole(sql);
    const named = [...whole.matchAll(/^(?:with )?(\w+) as /gm)].map(([, table]) => table);
    assertEquals(named, ["users", "logins"]);
    assert(whole.endsWith(`\n${sql}`));
    const quote = flavour === "postgres" ? '"' : "`";
    assert(whole.includes(` as ${quote}note${quote}`));
    assert(!whole.includes("country_code"));
    assertEquals(views.types().get("users")!.has("country_code"), false);
  });
}

Deno.test("views of a database without debr's tables name the missing ones", async () => {
  const catalog = catalogOf("postgres").filter(({ table }) => table !== "media");
  const { message, next } = await assertRejects(
    () => viewsOf("postgres", catalog),
    DestinationError,
  );
  assertEquals(message, "Cannot check public: there is no table media");
  assertEquals(next, { code: "tables_not_loaded" });
});
