// Writes the tables as dbt sources and models with tests, and macros about a person.
import {
  type AnyTable,
  type Column,
  columnsOf,
  type ColumnType,
  DECIMAL,
  type NamedColumn,
  PERSON,
  rulesOf,
  TABLE_NAMES,
  tablePrivacy,
  TABLES,
} from "../../schema/mod.ts";
import type { Parts } from "../../schema/valibot/parts.ts";
import { IDENTITY_FIELDS } from "../transform/normalise/mod.ts";
import { FIELDS } from "../transform/validate/fields.ts";
import { RULES_VERSION } from "../transform/validate/rules_version.ts";
import { generatedYaml } from "./yaml.ts";

type Test = string | Readonly<Record<string, unknown>>;

interface Kind {
  readonly name: "source" | "model";
  /** The type of text in the test of a key of several columns. */
  readonly text: string;
  readonly refer: (table: string) => string;
}

function columnTests(table: AnyTable, name: string, { refer }: Kind): readonly Test[] {
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
function tableTests({ name, primaryKey }: AnyTable, kind: Kind): { data_tests?: readonly Test[] } {
  if (primaryKey.length === 1) return {};
  const parts = primaryKey.map((column) => `cast(${column} as ${kind.text})`);
  const column_name = `(${parts.join(" || ' ' || ")})`;
  return {
    data_tests: [{ unique: { name: `${kind.name}_unique_debr_${name}_key`, column_name } }],
  };
}

const DECIMALS = `decimal(${DECIMAL.precision},${DECIMAL.scale})`;

const TYPES: Readonly<Record<ColumnType, readonly [duckdb: string, spark: string]>> = {
  text: ["varchar", "string"],
  uuid: ["uuid", "string"],
  integer: ["integer", "int"],
  decimal: [DECIMALS, DECIMALS],
  timestamp: ["timestamp", "timestamp_ntz"],
};

function dataType({ type }: NamedColumn): string {
  const [duckdb, spark] = TYPES[type];
  if (duckdb === spark) return duckdb;
  return `{{ '${duckdb}' if target.type == 'duckdb' else '${spark}' }}`;
}

function described(table: AnyTable, kind: Kind) {
  const isModel = kind.name === "model";
  return {
    name: table.name,
    description: table.description,
    config: {
      ...(isModel && { contract: { enforced: true } }),
      meta: { privacy: tablePrivacy(table) },
    },
    ...tableTests(table, kind),
    columns: columnsOf(table).map((column) => ({
      name: column.name,
      ...(isModel && { data_type: dataType(column) }),
      description: column.description,
      config: { meta: { privacy: column.privacy, ...(column.unit && { unit: column.unit }) } },
      data_tests: columnTests(table, column.name, kind),
    })),
  };
}

export function dbtModels(tables: readonly AnyTable[]): string {
  const kind: Kind = { name: "model", text: "string", refer: (table) => `ref('${table}')` };
  const models = tables.map((table) => described(table, kind));
  return generatedYaml({ version: 2, models });
}

/** Builds the sources: Parquet files on DuckDB, elsewhere tables of the schema `debr`. */
export function dbtSources(tables: readonly AnyTable[]): string {
  const location = "{{ env_var('DEBR_DATA', 'data') }}/tables/{name}/*.parquet";
  const kind: Kind = {
    name: "source",
    text: "varchar(1000)",
    refer: (table) => `source('debr', '${table}')`,
  };
  return generatedYaml({
    version: 2,
    sources: [{
      name: "debr",
      description: "People of the randomuser.me API, as debr keeps them.",
      config: { meta: { external_location: location } },
      tables: tables.map((table) => described(table, kind)),
    }],
  });
}

/** Returns the Spark type of a person; all values are text. */
function sparkStruct(item: Parts, separator: string): string {
  if (item.entries === undefined) return "string";
  const inner = Object.entries(item.entries).map(([name, entry]) =>
    `${name}${separator}${sparkStruct(entry, ": ")}`
  );
  return separator === " " ? inner.join(", ") : `struct<${inner.join(", ")}>`;
}

function macro(name: string, body: string): string {
  return `{% macro ${name} %}${body}{% endmacro %}`;
}

const list = (items: readonly string[]) =>
  `{{ return([\n${items.map((item) => `  ${item},\n`).join("")}]) }}`;

/** Writes macros: the fields of a person, and the version of the rules that verdicts must have. */
export function dbtPersonMacros(): string {
  const columns = TABLE_NAMES.flatMap((name) => columnsOf(TABLES[name]))
    .filter(({ source }) => FIELDS.includes(source));
  const nameOf = (path: string) => `'${columns.find(({ source }) => source === path)?.name}'`;
  const decimals = columns.filter(({ type }) => type === "decimal");
  return [
    "{# Generated from schema/ by: deno task docs #}",
    "",
    "{# The version of the rules that each verdict must have. #}",
    macro("schema_version()", `{{ return('${RULES_VERSION}') }}`),
    "",
    "{# The fields of a person. #}",
    macro("person_fields()", list(FIELDS.map((path) => `'${path}'`))),
    "",
    "{# The column of each field. #}",
    macro(
      "columns_of_fields()",
      `{{ return({\n${FIELDS.map((path) => `  '${path}': ${nameOf(path)},\n`).join("")}}) }}`,
    ),
    "",
    "{# The columns that may not hold a negative zero. #}",
    macro("decimal_columns()", list(decimals.map(({ source }) => nameOf(source)))),
    "",
    "{# The columns that user_id hashes, in this order. #}",
    macro("identity_columns()", list(IDENTITY_FIELDS.map(nameOf))),
    "",
    "{# The type of a person in Spark. #}",
    macro("person_struct()", `{{ return('${sparkStruct(PERSON["1.4"], " ")}') }}`),
    "",
  ].join("\n");
}
