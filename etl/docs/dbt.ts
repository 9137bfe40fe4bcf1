/**
 * The tables as sources of dbt, with tests: the door to YAML.
 *
 * @module
 */
import { stringify } from "yaml";
import {
  type AnyTable,
  type Column,
  columnsOf,
  type NamedColumn,
  rulesOf,
  tablePrivacy,
} from "../../schema/mod.ts";

type Test = string | Readonly<Record<string, unknown>>;

function columnTests(table: AnyTable, { name }: NamedColumn): readonly Test[] {
  const { primaryKey, foreignKeys } = table;
  const { oneOf } = rulesOf(table.columns[name] as Column);
  const foreign = foreignKeys.find(({ column }) => column === name);
  return [
    "not_null",
    ...(primaryKey.length === 1 && primaryKey[0] === name ? ["unique"] : []),
    ...(oneOf ? [{ accepted_values: { arguments: { values: oneOf } } }] : []),
    ...(foreign
      ? [{
        relationships: {
          arguments: { to: `source('debr', '${foreign.references}')`, field: name },
        },
      }]
      : []),
  ];
}

/** dbt's own test takes an expression, so that keys of several columns need no package. */
function tableTests({ name, primaryKey }: AnyTable): readonly Test[] {
  if (primaryKey.length === 1) return [];
  const parts = primaryKey.map((column) => `cast(${column} as varchar(1000))`);
  const column_name = `(${parts.join(" || ' ' || ")})`;
  return [{ unique: { name: `source_unique_debr_${name}_key`, column_name } }];
}

function source(table: AnyTable) {
  const tests = tableTests(table);
  return {
    name: table.name,
    description: table.description,
    config: { meta: { privacy: tablePrivacy(table) } },
    ...(tests.length > 0 && { data_tests: tests }),
    columns: columnsOf(table).map((column) => ({
      name: column.name,
      description: column.description,
      config: { meta: { privacy: column.privacy, ...(column.unit && { unit: column.unit }) } },
      data_tests: columnTests(table, column),
    })),
  };
}

/** The sources file. On DuckDB they are the Parquet files, elsewhere tables of the schema `debr`. */
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
  return "# Generated from schema/ by: deno task docs\n" + stringify(content, { lineWidth: 0 });
}
