import { DestinationError } from "../../../common/errors.ts";
import type { Database } from "../connection/session.ts";
import type { Catalog } from "./catalog.ts";
import { readMysql } from "./mysql.ts";
import { readPostgres } from "./postgres.ts";

export async function readCatalog(database: Database): Promise<Catalog> {
  const { flavour, schema } = database;
  const read = flavour === "postgres" ? readPostgres : readMysql;
  const catalog = { flavour, schema, ...await read(database) };
  if (catalog.tables.size > 0) return catalog;
  const reason = "no tables, or none that this role can see";
  throw new DestinationError(`Cannot compare ${schema}: ${reason}`, {
    step: "drift",
    next: { code: "no_tables_seen" },
  });
}
