// Writes the tables in Markdown: the data dictionary, and the diagram that the README shows.
import { type AnyTable, columnsOf, PRIVACY, tablePrivacy } from "../../schema/mod.ts";
import { END, keyOf, relationsOf, TYPE_NAME } from "../report/diagram/erd.ts";
import { code, fenced, markdownTable } from "./markdown.ts";

const HEAD = ["Column", "Type", "Unit", "Key", "Privacy", "Description", "Source", "Example"];

function section(table: AnyTable): string {
  const rows = columnsOf(table).map(
    ({ name, type, unit = "", privacy, description, source, example }) => {
      const foreign = table.foreignKeys.find(({ column }) => column === name);
      const key = keyOf(table, name) + (foreign ? ` to ${code(foreign.references)}` : "");
      const from = source.includes(" ") ? source : code(source);
      return [code(name), TYPE_NAME[type], unit, key, privacy, description, from, code(example)];
    },
  );
  return [
    `## ${table.name}`,
    `${table.description} Privacy class: ${tablePrivacy(table)}.`,
    markdownTable(HEAD, rows),
  ].join("\n\n");
}

export function dictionary(tables: readonly AnyTable[]): string {
  return [
    "# Data dictionary",
    "Generated from `schema/` by `deno task docs`.",
    "![The tables and their keys](erd.svg)",
    "No column is ever null. Examples are made up. Source is the path in the API's person. PK: primary\n" +
    "key; FK: foreign key to the column of the same name.",
    "A value of the class",
    Object.entries(PRIVACY).map(([name, meaning]) => `- **${name}** ${meaning}.`).join("\n"),
    ...tables.map(section),
  ].join("\n\n") + "\n";
}

export function mermaid(tables: readonly AnyTable[]): string {
  const entities = tables.flatMap((table) => [
    `  ${table.name}["${table.name} (${tablePrivacy(table)})"] {`,
    ...columnsOf(table).map(({ name, type, privacy }) => {
      const key = keyOf(table, name).replace(" ", ", ");
      return `    ${type} ${name}${key === "" ? "" : ` ${key}`} "${privacy}"`;
    }),
    "  }",
  ]);
  const relations = relationsOf(tables).map(({ from, to, column, cardinality }) =>
    `  ${to} ||--${END[cardinality].mermaid} ${from} : ${column}`
  );
  return fenced("mermaid", ["erDiagram", ...entities, ...relations].join("\n")).trimEnd();
}
