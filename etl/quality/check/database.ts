import { DebrError } from "../../common/errors.ts";
import {
  beginReading,
  type Database,
  DatabaseError,
  DIALECTS,
  PRODUCTS,
  readViews,
} from "../../load/database/mod.ts";
import type { Asked } from "./ask.ts";

/** Omits messages about rows, because a database may quote values. */
function reasonOf(error: unknown): string {
  if (!(error instanceof DatabaseError)) {
    return error instanceof DebrError ? error.message : "unknown error";
  }
  if (error.about !== "row") return error.message.replace(/^Cannot use \S+: /, "");
  return `error ${error.code} on a row of the data`;
}

/** Begins a read-only transaction. Throws a `DestinationError` if a table is missing. */
export async function askDatabase(database: Database): Promise<Asked> {
  const { flavour } = database;
  const views = await readViews(database);
  const ask = await beginReading(database);
  const dialect = DIALECTS[flavour];
  const found = new Map([...views.types()].map(([table, types]) => [table, { dialect, types }]));
  return {
    dialect,
    ask: (sql) => ask(views.whole(sql)),
    find: () => Promise.resolve(found),
    reasonOf,
    foreign: (error) =>
      error instanceof DatabaseError && error.about === "foreign SQL"
        ? `not run: its SQL is not ${PRODUCTS[flavour]}'s (${reasonOf(error)})`
        : undefined,
    knowsWritten: false,
    whole: (sql) => views.whole(sql),
  };
}
