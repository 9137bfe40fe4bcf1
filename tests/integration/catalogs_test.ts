/**
 * Compares the recorded catalogs with real servers; `-- --update` records them again.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { compareDatabase } from "../../etl/quality/drift/database.ts";
import { type Answer, type Database, readCatalog } from "../../etl/load/database/mod.ts";
import { ROOT } from "../layers.ts";
import {
  queryKey,
  type RecordedName,
  type Recording,
  recordingFile,
} from "../load/database/catalogs.ts";
import {
  type Kind,
  KINDS,
  newDatabase,
  runLoad,
  session,
  startServers,
  stopServers,
} from "./load_support.ts";
import { SHOP } from "./shop.ts";

Deno.test.beforeAll(startServers);
Deno.test.afterAll(stopServers);

/** Records the answers of a database, without its name. */
async function record(
  url: string,
  { name, work }: {
    readonly name: string;
    readonly work: (database: Database) => Promise<unknown>;
  },
): Promise<Recording> {
  await using database = await session(url);
  const answers: Record<string, Answer[]> = {};
  const ask = async (sql: string) => answers[queryKey(sql)] = await database.ask(sql);
  const rows = async (sql: string) => (await ask(sql)).map((row) => Object.values(row));
  await work({ ...database, ask, rows });
  const { flavour, schema } = database;
  const text = JSON.stringify({ flavour, schema, answers }).replaceAll(name, "recorded")
    .replace(/ IDENTIFIED BY PASSWORD '[^']*'/g, "");
  return JSON.parse(text);
}

const WORK: Readonly<Record<"people" | "shop", (kind: Kind, url: string) => Promise<unknown>>> = {
  people: async (_, url) =>
    assertEquals((await runLoad(url, ["--data", `${ROOT}data/sample`])).status, 0),
  shop: async (kind, url) => {
    await using database = await session(url);
    for (const statement of SHOP[kind]) await database.run(statement);
  },
};

for (const kind of KINDS) {
  for (const what of ["people", "shop"] as const) {
    Deno.test(`${kind}: the recorded catalog of ${what} matches the server`, async () => {
      const { name, url } = await newDatabase(kind);
      await WORK[what](kind, url);
      const compare = async (database: Database) =>
        assertEquals(await compareDatabase(database), { differences: [], notes: [] });
      const work = what === "people" ? compare : readCatalog;
      const recorded = await record(url, { name, work });
      const server = kind === "mysql" ? "mariadb" : kind;
      const file = recordingFile(`${server}-${what}` satisfies RecordedName);
      if (Deno.args.includes("--update")) {
        await Deno.writeTextFile(file, JSON.stringify(recorded, null, 1) + "\n");
      }
      assertEquals(recorded, JSON.parse(await Deno.readTextFile(file)));
    });
  }
}
