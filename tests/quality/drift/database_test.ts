import { assert, assertEquals } from "@std/assert";
import { readCatalog } from "../../../etl/load/database/mod.ts";
import type { CatalogTable, Database } from "../../../etl/load/database/mod.ts";
import { compareCatalog } from "../../../etl/quality/drift/compare.ts";
import { compareDatabase } from "../../../etl/quality/drift/database.ts";
import type { Difference } from "../../../etl/quality/drift/difference.ts";
import { modulesOf } from "../../../etl/quality/drift/valibot/module.ts";
import { RECORDED, recording, replay } from "../../load/database/catalogs.ts";

/** A table that tests may change. */
type Loose = { -readonly [K in keyof CatalogTable]: CatalogTable[K] };

/** Changes of one table, and the differences that they cause. */
const CHANGES: Readonly<
  Record<string, {
    readonly table: string;
    readonly only?: typeof RECORDED[number];
    readonly change: (table: Loose) => void;
    readonly differs: readonly (readonly [kind: Difference["kind"], place: string])[];
  }>
> = {
  "a column is missing": {
    table: "users",
    change: (table) => table.columns = table.columns.filter(({ name }) => name !== "city"),
    differs: [["missing_column", "users.city"]],
  },
  "a column is added": {
    table: "users",
    change: (table) =>
      table.columns = [...table.columns, {
        name: "x y",
        type: "integer",
        nullable: true,
        comment: "",
      }],
    differs: [["added_column", "users.x y"]],
  },
  "a column has another name": {
    table: "timezones",
    change: (table) =>
      table.columns = table.columns.map((one) =>
        one.name === "description" ? { ...one, name: "says" } : one
      ),
    differs: [["renamed_column", "timezones.description"]],
  },
  "a column has another type, a default, no comment and may be null": {
    table: "users",
    change: (table) =>
      table.columns = table.columns.map((one) =>
        one.name === "street_number"
          ? { ...one, type: "bigint", nullable: true, default: "0", comment: "" }
          : one
      ),
    differs: [
      ["retyped_column", "users.street_number"],
      ["nullability", "users.street_number"],
      ["default", "users.street_number"],
      ["comment", "users.street_number"],
    ],
  },
  "the database does not generate the key": {
    table: "media",
    change: (table) => table.columns = table.columns.map(({ made: _, ...one }) => one),
    differs: [["identity", "media.media_key"]],
  },
  "keys are missing": {
    table: "users",
    change: (table) => {
      table.primaryKey = [];
      table.unique = [];
      table.foreignKeys = table.foreignKeys.slice(1);
      table.indexes = table.indexes.slice(1);
    },
    differs: [
      ["missing_primary_key", "users: primary key"],
      ["missing_unique_key", "users: users_unique"],
      ["missing_foreign_key", "users: users_country_key_fkey"],
      ["missing_index", "users: users_country_key_index"],
    ],
  },
  "one check is changed, one is missing, one is added": {
    table: "users",
    change: (table) => {
      const [first, , ...others] = table.checks;
      const odd = { name: "odd", text: "city <> 'x'", special: "" };
      table.checks = [{ ...first!, text: "true" }, ...others, odd];
    },
    differs: [],
  },
  "a disabled trigger is added": {
    table: "users",
    change: (table) => table.triggers = [{ name: "meddle", special: "disabled" }],
    differs: [["trigger", "users: meddle"]],
  },
  "a table is a view": {
    table: "media",
    change: (table) => table.kind = "view",
    differs: [["changed_table", "media"]],
  },
  "a table has another engine": {
    table: "users",
    only: "mariadb",
    change: (table) => table.special = "engine MyISAM",
    differs: [["changed_table", "users"]],
  },
  "rows are hidden": {
    table: "users",
    only: "postgres",
    change: (table) => table.special = "row level security",
    differs: [["changed_table", "users"]],
  },
  "a table has another comment": {
    table: "users",
    change: (table) => table.comment = "it's",
    differs: [["comment", "users"]],
  },
};

async function people(server: typeof RECORDED[number]): Promise<Database> {
  return replay(await recording(`${server}-people`));
}

function named(differences: readonly Difference[]) {
  return differences.map(({ kind, place }) => [kind, place]);
}

for (const server of RECORDED) {
  Deno.test(`${server}: the recorded tables have no drift`, async () => {
    assertEquals(await compareDatabase(await people(server)), { differences: [], notes: [] });
  });

  for (const [title, { table, only = server, change, differs }] of Object.entries(CHANGES)) {
    if (only !== server) continue;
    Deno.test(`${server}: ${title}`, async (t) => {
      const catalog = await readCatalog(await people(server));
      const changed = { ...catalog.tables.get(table)! };
      change(changed);
      const tables = new Map([...catalog.tables, [table, changed]]);
      const differences = compareCatalog({ ...catalog, tables });
      if (differs.length > 0) assertEquals(named(differences), differs.map((one) => [...one]));
      assert(differences.every(({ sql, next }) => sql !== undefined || next !== undefined));
      await t.assertSnapshot(differences);
    });
  }

  Deno.test(`${server}: missing and added tables are found, and one column is singular`, async (t) => {
    const catalog = await readCatalog(await people(server));
    const one = { ...catalog.tables.get("media")!, name: "notes" };
    const note = { ...one, columns: one.columns.slice(0, 1) };
    const tables = new Map([...catalog.tables, ["notes", note]]);
    tables.delete("altids");
    const differences = compareCatalog({ ...catalog, tables });
    assertEquals(named(differences), [["missing_table", "altids"], ["added_table", "notes"]]);
    assertEquals(differences[1]?.found, "a table of 1 column");
    await t.assertSnapshot(differences);
  });

  Deno.test(`${server}: roles and the version are compared`, async () => {
    const recorded = await recording(`${server}-people`);
    const answers = Object.fromEntries(
      Object.entries(recorded.answers).map(([query, rows]) => [
        query,
        query.startsWith("select schema_version")
          ? [{ schema_version: "99" }]
          : rows.filter((row) => row["role"] === undefined || row["table"] !== "users"),
      ]),
    );
    const { differences } = await compareDatabase(replay({ ...recorded, answers }));
    assertEquals(named(differences), [
      ["version", "debr_meta"],
      ["missing_grant", "debr_reader on users"],
      ["missing_grant", "debr_sensitive_reader on users"],
    ]);
  });

  Deno.test(`${server}: modules for a database of another application equal the snapshot`, async (t) => {
    const catalog = await readCatalog(replay(await recording(`${server}-shop`)));
    const modules = [...modulesOf(catalog)].map(([file, { text }]) => `== ${file}\n${text}`);
    assert(modules.length > 1);
    await t.assertSnapshot(modules.join("\n"));
  });
}
