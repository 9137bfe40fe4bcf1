// Writes dbt macros from the schema of a person: its fields, and the version of the rules that
// verdicts must have. The models themselves are SQL that analysts own.
import { columnsOf, type NamedColumn, PERSON, TABLE_NAMES, TABLES } from "../../schema/mod.ts";
import { IDENTITY_FIELDS } from "../transform/normalise/mod.ts";
import { FIELDS } from "../transform/validate/fields.ts";
import { RULES_VERSION } from "../transform/validate/rules_version.ts";
import type { Parts } from "../../schema/valibot/parts.ts";

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

/** Maps the path of each field of a person to its column; skips other columns. */
function columnsByField(): ReadonlyMap<string, NamedColumn> {
  const columns = TABLE_NAMES.flatMap((name) => columnsOf(TABLES[name]));
  return new Map(
    columns.map((column) => [column.source, column] as const)
      .filter(([path]) => FIELDS.includes(path)),
  );
}

export function dbtPersonMacros(): string {
  const person = PERSON["1.4"];
  const columns = columnsByField();
  const nameOf = (path: string) => `'${columns.get(path)?.name}'`;
  const decimals = [...columns.values()].filter(({ type }) => type === "decimal");
  return [
    "{# Generated from schema/ by: deno task docs #}",
    "",
    "{# The rules of a person that verdicts must be by. #}",
    macro("schema_version()", `{{ return('${RULES_VERSION}') }}`),
    "",
    "{# The fields of a person. #}",
    macro("person_fields()", list(FIELDS.map((path) => `'${path}'`))),
    "",
    "{# The columns of the tables by the field that each holds. #}",
    macro(
      "columns_of_fields()",
      `{{ return({\n${FIELDS.map((path) => `  '${path}': ${nameOf(path)},\n`).join("")}}) }}`,
    ),
    "",
    "{# The columns that may not hold a negative zero. #}",
    macro("decimal_columns()", list(decimals.map(({ source }) => nameOf(source)))),
    "",
    "{# The columns that user_id is hashed over, in their order. #}",
    macro("identity_columns()", list(IDENTITY_FIELDS.map(nameOf))),
    "",
    "{# The type of a person in Spark. #}",
    macro("person_struct()", `{{ return('${sparkStruct(person, " ")}') }}`),
    "",
  ].join("\n");
}
