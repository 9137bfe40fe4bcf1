import type { Catalog, CatalogColumn, CatalogTable } from "../catalog/catalog.ts";
import type { Flavour } from "../ddl/builder.ts";
import { mysqlValue } from "./mysql.ts";
import { postgresValue } from "./postgres.ts";
import type { DriverValue } from "./value.ts";

export const DRIVERS: Readonly<Record<Flavour, string>> = {
  postgres: "pg",
  mysql: "mysql2",
  mariadb: "mysql2",
};

function valueOf({ type, collation }: CatalogColumn, { flavour, types }: Catalog): DriverValue {
  return flavour === "postgres" ? postgresValue(type, types) : mysqlValue(type, collation);
}

/** Finds the column that a check declares as JSON in MariaDB: the driver parses its text. */
function jsonColumn(check: string, { flavour }: Catalog): string | undefined {
  return flavour === "mariadb" ? /^json_valid\(`(\w+)`\)$/.exec(check)?.[1] : undefined;
}

/** Returns the driver's default value for each column, and checks that restrict it further. */
export function driverValues(table: CatalogTable, catalog: Catalog): {
  readonly values: ReadonlyMap<string, DriverValue>;
  readonly checks: readonly string[];
} {
  const checks = table.checks.filter(({ special }) => special === "").map(({ text }) => text);
  const json = new Set(checks.map((check) => jsonColumn(check, catalog)));
  const values = table.columns.map((column): [string, DriverValue] => [
    column.name,
    json.has(column.name) ? { is: "json" } : valueOf(column, catalog),
  ]);
  return {
    values: new Map(values),
    checks: checks.filter((check) => jsonColumn(check, catalog) === undefined),
  };
}
