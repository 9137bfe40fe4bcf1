// Prints the SQL of a load into an empty database for people.
import { TABLE_NAMES } from "../../../schema/mod.ts";
import type { Flavour } from "./ddl/builder.ts";
import { script } from "./ddl/builder.ts";
import { createRole, grantsTo, ROLE_NAMES } from "./roles.ts";
import * as merge from "./merge.ts";
import { finishing, HISTORY, preparing } from "./state.ts";

function section(title: string, statements: readonly string[]): string {
  return `-- ${title}\n${script(statements)}\n`;
}

export function planText(flavour: Flavour, schema: string): string {
  const empty = { version: undefined };
  const bulk = flavour === "postgres" ? "COPY" : "LOAD DATA LOCAL";
  return [
    section(
      `Staging tables, filled by ${bulk}; they go when the session ends`,
      TABLE_NAMES.map((table) => merge.createStage(table, flavour)),
    ),
    section(
      "Tables, unless they are there" +
        (flavour === "postgres" ? "; in one transaction with all that follows" : ""),
      preparing(empty, { flavour, history: HISTORY }),
    ),
    ...TABLE_NAMES.map((table) =>
      section(`Rows of ${table}: change what differs, add what is missing`, [
        merge.updateChanged(table, flavour),
        merge.insertNew(table, { flavour, empty: false }),
      ])
    ),
    ...(flavour === "postgres"
      ? [section("Indexes and foreign keys of new tables", finishing(empty, flavour))]
      : []),
    section(
      "Roles, where the user may make them",
      ROLE_NAMES.flatMap((
        role,
      ) => [createRole(role, flavour), ...grantsTo(role, { flavour, schema })]),
    ),
  ].join("");
}
