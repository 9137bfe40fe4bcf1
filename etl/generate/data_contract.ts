// Writes the tables as an Open Data Contract (ODCS v3), with expectations as rules in DuckDB's SQL.
import { generatedYaml } from "./yaml.ts";
import {
  type AnyTable,
  columnsOf,
  type ColumnType,
  DECIMAL,
  type NamedColumn,
  SCHEMA_VERSION,
} from "../../schema/mod.ts";
import {
  type Bounds,
  brokenRows,
  DUCKDB,
  type Expectation,
  type FigureRule,
  figureSql,
  type FoundTables,
  type RowRule,
  suiteOf,
  totalSql,
} from "../quality/check/mod.ts";

/** Logical and physical types. Contract testing tools do not know UUID, so UUIDs are text. */
const TYPES: Readonly<Record<ColumnType, readonly [logical: string, physical: string]>> = {
  text: ["string", "VARCHAR"],
  uuid: ["string", "VARCHAR"],
  integer: ["integer", "INTEGER"],
  decimal: ["number", `DECIMAL(${DECIMAL.precision},${DECIMAL.scale})`],
  timestamp: ["timestamp", "TIMESTAMP_NTZ"],
};

interface Measure {
  readonly query: string;
  readonly mustBe?: number;
  readonly mustBeLessOrEqualTo?: number;
  readonly mustBeGreaterOrEqualTo?: number;
  readonly mustBeBetween?: readonly [number, number];
}

function foundTables(tables: readonly AnyTable[]): FoundTables {
  return new Map(tables.map((table) => [table.name, {
    dialect: DUCKDB,
    types: new Map(columnsOf(table).map(({ name, type }) => [name, TYPES[type][1]])),
  }]));
}

/** Converts moments to seconds since 1970, because thresholds of a contract are numbers. */
function must(bounds: Bounds<number | string>): Omit<Measure, "query"> {
  const [min, max] = [bounds.min, bounds.max].map((limit) =>
    typeof limit === "string" ? Date.parse(limit) / 1000 : limit
  );
  if (min !== undefined && max !== undefined) return { mustBeBetween: [min, max] };
  if (min !== undefined) return { mustBeGreaterOrEqualTo: min };
  return { mustBeLessOrEqualTo: max ?? 0 };
}

function figure(expectation: Expectation<FigureRule>, found: FoundTables): Measure {
  const { table, rule } = expectation;
  const value = figureSql(expectation, found.get(table)!);
  const isMoment = typeof (rule.min ?? rule.max) === "string";
  return { query: `select ${isMoment ? `epoch(${value})` : value} from ${table}`, ...must(rule) };
}

function rows(expectation: Expectation<RowRule>, found: FoundTables): Measure {
  const here = found.get(expectation.table)!;
  const broken = `select count(*) from (${brokenRows(expectation, here)}) as broken`;
  if (expectation.mostly === 1) return { query: broken, mustBe: 0 };
  const share = `(${broken}) * 1e0 / nullif(${totalSql(expectation, here)}, 0)`;
  return {
    query: `select coalesce(${share}, 0) from ${expectation.table}`,
    mustBeLessOrEqualTo: Number((1 - expectation.mostly).toFixed(6)),
  };
}

/** Returns `undefined` if the contract states the rule elsewhere or cannot state it. */
function measure(expectation: Expectation, found: FoundTables): Measure | undefined {
  const { table, rule } = expectation;
  switch (rule.kind) {
    case "in_set":
    case "matches":
    case "between":
    case "length":
      return rows(expectation as Expectation<RowRule>, found);
    case "mean_between":
    case "quantile_between":
    case "proportion_unique_between":
      return figure(expectation as Expectation<FigureRule>, found);
    case "row_count_between":
      return { query: `select count(*) from ${table}`, ...must(rule) };
    case "row_count_compared": {
      const query = `select (select count(*) from ${table}) - (select count(*) from ${rule.other})`;
      return { query, ...(rule.is === "equal to" ? { mustBe: 0 } : { mustBeLessOrEqualTo: 0 }) };
    }
    case "violations":
      return { query: `select count(*) from (${rule.sql}) as broken`, mustBe: 0 };
    default:
      return undefined;
  }
}

/** Makes an expectation pass if it does not apply to tables with this number of rows. */
function ofEnough({ table, rows }: Expectation, { query, ...must }: Measure): Measure {
  if (rows === undefined) return { query, ...must };
  const met = must.mustBe ?? must.mustBeBetween?.[0] ?? must.mustBeLessOrEqualTo ??
    must.mustBeGreaterOrEqualTo;
  const enough = [
    ...(rows.min === undefined ? [] : [`count(*) >= ${rows.min}`]),
    ...(rows.max === undefined ? [] : [`count(*) <= ${rows.max}`]),
  ].join(" and ");
  return {
    query: `select case when ${enough} then (${query}) else ${met} end from ${table}`,
    ...must,
  };
}

function qualityOf(table: AnyTable, found: FoundTables): object[] {
  return suiteOf("tables").filter((one) => one.table === table.name).flatMap((expectation) => {
    const one = measure(expectation, found);
    if (one === undefined) return [];
    const { name, description, severity } = expectation;
    return [{
      name,
      type: "sql",
      description,
      severity: severity === "error" ? "error" : "warning",
      ...ofEnough(expectation, one),
    }];
  });
}

function property(table: AnyTable, column: NamedColumn) {
  const { primaryKey, foreignKeys } = table;
  const key = primaryKey.indexOf(column.name);
  const foreign = foreignKeys.find((one) => one.column === column.name);
  const [logicalType, physicalType] = TYPES[column.type];
  return {
    name: column.name,
    logicalType,
    physicalType,
    ...(column.type === "uuid" && { logicalTypeOptions: { format: "uuid" } }),
    description: column.description,
    required: true,
    ...(key !== -1 && { primaryKey: true, primaryKeyPosition: key + 1 }),
    ...(foreign && {
      relationships: [{ type: "foreignKey", to: `${foreign.references}.${column.name}` }],
    }),
    classification: column.privacy,
    examples: [column.type === "integer" ? Number(column.example) : column.example],
  };
}

export function dataContract(tables: readonly AnyTable[]): string {
  const found = foundTables(tables);
  const fresh = suiteOf("tables").flatMap(({ table, rule, description }) =>
    rule.kind === "fresh"
      ? [{ property: "frequency", value: rule.days, unit: "d", element: table, description }]
      : []
  );
  return generatedYaml({
    apiVersion: "v3.1.0",
    kind: "DataContract",
    id: "debr-people",
    name: "People of the randomuser.me API",
    version: `${SCHEMA_VERSION}.0.0`,
    status: "active",
    description: {
      purpose: "Six normalised tables of validated people, for analysis and tests.",
      usage: "Read tables/<table>/*.parquet with any Parquet reader, or query them with DuckDB.",
      limitations:
        "Classification is the privacy class of a column: public, personal or sensitive.",
    },
    servers: [{
      server: "local",
      type: "local",
      path: "data/tables/{model}/*.parquet",
      format: "parquet",
    }],
    schema: tables.map((table) => ({
      name: table.name,
      physicalType: "table",
      logicalType: "object",
      description: table.description,
      properties: columnsOf(table).map((column) => property(table, column)),
      quality: qualityOf(table, found),
    })),
    slaProperties: fresh,
  });
}
