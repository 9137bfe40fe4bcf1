// Draws the entity-relationship diagram in Mermaid, which viewers of the README render.
import { type AnyTable, columnsOf, tablePrivacy } from "../../schema/mod.ts";
import { keyOf } from "../report/diagram/naming.ts";
import { type Cardinality, type Relation, relationsOf } from "../report/diagram/relations.ts";

/** The referencing end of a line, at its right. */
const END: Readonly<Record<Cardinality, string>> = {
  "exactly one": "||",
  "zero or one": "o|",
  "one or more": "|{",
  "zero or more": "o{",
};

function entity(table: AnyTable): string {
  const columns = columnsOf(table).map(({ name, type, privacy }) => {
    const key = keyOf(table, name).replace(" ", ", ");
    return `    ${type} ${name}${key === "" ? "" : ` ${key}`} "${privacy}"`;
  });
  return [`  ${table.name}["${table.name} (${tablePrivacy(table)})"] {`, ...columns, "  }"].join(
    "\n",
  );
}

function relation({ from, to, column, cardinality }: Relation): string {
  return `  ${to} ||--${END[cardinality]} ${from} : ${column}`;
}

export function mermaid(tables: readonly AnyTable[]): string {
  return [
    "```mermaid",
    "erDiagram",
    ...tables.map(entity),
    ...relationsOf(tables).map(relation),
    "```",
  ].join("\n");
}
