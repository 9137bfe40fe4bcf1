import {
  columnMeta,
  type Columns,
  type Privacy,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import { pathPrivacy } from "../../transform/validate/mask.ts";
import type { Subject } from "./expectation.ts";

/** Columns of facts about pages, which say nothing about a person. */
const PAGE_COLUMNS = ["page", "version", "people"];

/** Returns the privacy class of a column or path; undeclared ones are secret. */
export function privacyOf(table: Subject, column: string): Privacy {
  if (table === "people") return pathPrivacy(column);
  if (table === "pages") return PAGE_COLUMNS.includes(column) ? "public" : "secret";
  const columns: Columns = TABLES[table as TableName].columns;
  const found = Object.hasOwn(columns, column) ? columns[column] : undefined;
  return found === undefined ? "secret" : columnMeta(found).privacy;
}
