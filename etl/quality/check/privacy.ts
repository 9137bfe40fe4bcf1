import {
  columnMeta,
  type Columns,
  type Privacy,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import { pathPrivacy } from "../../transform/validate/mask.ts";
import type { Subject } from "./expectation.ts";

/** Facts about pages say nothing about a person. */
const PAGE_COLUMNS = ["page", "version", "people"];

/** Undeclared columns and paths are secret. */
export function privacyOf(table: Subject, column: string): Privacy {
  if (table === "people") return pathPrivacy(column);
  if (table === "pages") return PAGE_COLUMNS.includes(column) ? "public" : "secret";
  const columns: Columns = TABLES[table as TableName].columns;
  const found = Object.hasOwn(columns, column) ? columns[column] : undefined;
  return found === undefined ? "secret" : columnMeta(found).privacy;
}
