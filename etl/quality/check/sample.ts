// Returns a few of the failed rows, masked by privacy class.
import { type TableName, TABLES } from "../../../schema/mod.ts";
import { mask } from "../../transform/validate/mask.ts";
import type { Asked } from "./ask.ts";
import { columnsOfRule, type Expectation } from "./expectation.ts";
import { privacyOf } from "./privacy.ts";
import { columnSql, type FoundTables } from "./sql.ts";

const ROWS = 3;

/** Lists the key and checked columns that exist; none for a custom SELECT. */
function shown({ table, rule, where }: Expectation, found: FoundTables): readonly string[] {
  if (rule.kind === "violations") return [];
  const key = TABLES[table as TableName].primaryKey;
  const names = new Set([...key, ...columnsOfRule(rule), ...(where ? [where.column] : [])]);
  return [...names].filter((name) => found.get(table)?.types.has(name));
}

/**
 * Reads failed rows. All columns of a custom SELECT are masked as sensitive, because `select email
 * as gender` would pass for a public column.
 */
export async function sampleOf(
  query: string,
  { expectation, asked, found }: { expectation: Expectation; asked: Asked; found: FoundTables },
): Promise<Record<string, string>[]> {
  const columns = shown(expectation, found);
  const list = columns.length === 0
    ? "*"
    : columns.map((name) => columnSql(name, asked)).join(", ");
  const rows = await asked.ask(`select ${list} from (\n${query}\n) as broken limit ${ROWS}`);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => {
        const privacy = columns.length === 0 ? "sensitive" : privacyOf(expectation.table, name);
        return [name, mask(value, privacy)];
      }),
    )
  );
}
