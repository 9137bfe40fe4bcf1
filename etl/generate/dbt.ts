// Writes the tables as dbt sources and models, with tests.
import {
  type AnyTable,
  type Column,
  columnsOf,
  type ColumnType,
  DECIMAL,
  type NamedColumn,
  rulesOf,
  tablePrivacy,
} from "../../schema/mod.ts";
import { stringifyYaml } from "./yaml.ts";

type Test = string | Readonly<Record<string, unknown>>;

/** Returns the reference to another table in a test. */
type Refer = (table: string) => string;

function columnTests(
  table: AnyTable,
  { name, refer }: { name: string; refer: Refer },
): readonly Test[] {
  const { primaryKey, foreignKeys } = table;
  const { oneOf } = rulesOf(table.columns[name] as Column);
  const foreign = foreignKeys.find(({ column }) => column === name);
  return [
    "not_null",
    ...(primaryKey.length === 1 && primaryKey[0] === name ? ["unique"] : []),
    ...(oneOf ? [{ accepted_values: { arguments: { values: oneOf } } }] : []),
    ...(foreign
      ? [{ relationships: { arguments: { to: refer(foreign.references), field: name } } }]
      : []),
  ];
}

/** Tests keys of several columns with dbt's own expression test, so no package is needed. */
function tableTests(
  { name, primaryKey }: AnyTable,
  { prefix, text }: { prefix: string; text: string },
): readonly Test[] {
  if (primaryKey.length === 1) return [];
  const parts = primaryKey.map((column) => `cast(${column} as ${text})`);
  const column_name = `(${parts.join(" || ' ' || ")})`;
  return [{ unique: { name: `${prefix}_unique_debr_${name}_key`, column_name } }];
}

function source(table: AnyTable) {
  const tests = tableTests(table, { prefix: "source", text: "varchar(1000)" });
  const refer: Refer = (table) => `source('debr', '${table}')`;
  return {
    name: table.name,
    description: table.description,
    config: { meta: { privacy: tablePrivacy(table) } },
    ...(tests.length > 0 && { data_tests: tests }),
    columns: columnsOf(table).map((column) => ({
      name: column.name,
      description: column.description,
      config: { meta: { privacy: column.privacy, ...(column.unit && { unit: column.unit }) } },
      data_tests: columnTests(table, { name: column.name, refer }),
    })),
  };
}

/** Types in DuckDB, and in Spark if they differ. */
const TYPES: Readonly<Record<ColumnType, readonly [duckdb: string, spark: string]>> = {
  text: ["varchar", "string"],
  uuid: ["uuid", "string"],
  integer: ["integer", "int"],
  decimal: [
    `decimal(${DECIMAL.precision},${DECIMAL.scale})`,
    `decimal(${DECIMAL.precision},${DECIMAL.scale})`,
  ],
  timestamp: ["timestamp", "timestamp_ntz"],
};

function dataType({ type }: NamedColumn): string {
  const [duckdb, spark] = TYPES[type];
  if (duckdb === spark) return duckdb;
  return `{{ '${duckdb}' if target.type == 'duckdb' else '${spark}' }}`;
}

function model(table: AnyTable) {
  const tests = tableTests(table, { prefix: "model", text: "string" });
  const refer: Refer = (table) => `ref('${table}')`;
  return {
    name: table.name,
    description: table.description,
    config: { contract: { enforced: true }, meta: { privacy: tablePrivacy(table) } },
    ...(tests.length > 0 && { data_tests: tests }),
    columns: columnsOf(table).map((column) => ({
      name: column.name,
      data_type: dataType(column),
      description: column.description,
      config: { meta: { privacy: column.privacy, ...(column.unit && { unit: column.unit }) } },
      data_tests: columnTests(table, { name: column.name, refer }),
    })),
  };
}

const GENERATED = "# Generated from schema/ by: deno task docs\n";

export function dbtModels(tables: readonly AnyTable[]): string {
  return GENERATED + stringifyYaml({ version: 2, models: tables.map(model) });
}

/** Builds the sources: Parquet files on DuckDB, elsewhere tables of the schema `debr`. */
export function dbtSources(tables: readonly AnyTable[]): string {
  const location = "{{ env_var('DEBR_DATA', 'data') }}/tables/{name}/*.parquet";
  const content = {
    version: 2,
    sources: [{
      name: "debr",
      description: "People of the randomuser.me API, as debr keeps them.",
      config: { meta: { external_location: location } },
      tables: tables.map(source),
    }],
  };
  return GENERATED + stringifyYaml(content);
}
