// Writes the data dictionary: every table and column in Markdown.
import { type AnyTable, columnsOf, PRIVACY, tablePrivacy } from "../../schema/mod.ts";
import { code, markdownTable } from "./markdown.ts";
import { keyOf, typeName } from "../report/diagram/naming.ts";

const HEAD = ["Column", "Type", "Unit", "Key", "Privacy", "Description", "Source", "Example"];

function section(table: AnyTable): string {
  const rows = columnsOf(table).map(
    ({ name, type, unit = "", privacy, description, source, example }) => {
      const foreign = table.foreignKeys.find(({ column }) => column === name);
      const key = keyOf(table, name) + (foreign ? ` to ${code(foreign.references)}` : "");
      const from = source.includes(" ") ? source : code(source);
      return [code(name), typeName(type), unit, key, privacy, description, from, code(example)];
    },
  );
  return [
    `## ${table.name}`,
    "",
    `${table.description} Privacy class: ${tablePrivacy(table)}.`,
    "",
    markdownTable(HEAD, rows),
  ].join("\n");
}

export function dictionary(tables: readonly AnyTable[]): string {
  const classes = Object.entries(PRIVACY).map(([name, meaning]) => `- **${name}** ${meaning}.`);
  return [
    "# Data dictionary",
    "",
    "Generated from `schema/` by `deno task docs`.",
    "",
    "![The tables and their keys](erd.svg)",
    "",
    "No column is ever null. Examples are made up. Source is the path in the API's person. PK: primary",
    "key; FK: foreign key to the column of the same name.",
    "",
    "A value of the class",
    "",
    ...classes,
    "",
    tables.map(section).join("\n\n"),
    "",
  ].join("\n");
}
