// Scans each table once for all expectations that are a figure of its rows.
import { type Answer, type Asked, askOne } from "./ask.ts";
import type { Expectation, FigureRule, RowRule } from "./expectation.ts";
import * as sql from "./sql.ts";

export interface Figures {
  /** Returns the figure of an expression; throws the error of the scan. */
  readonly of: (expectation: Expectation) => (expression: string) => string | null;
}

/** Lists the expressions of an expectation; none if it needs no scan. */
function expressions(expectation: Expectation, found: sql.FoundColumns): readonly string[] {
  const { rule } = expectation;
  switch (rule.kind) {
    case "not_null":
    case "in_set":
    case "matches":
    case "between":
    case "length":
      return [
        sql.totalSql(expectation as Expectation<RowRule>, found),
        sql.failedSql(expectation as Expectation<RowRule>, found),
      ];
    case "mean_between":
    case "quantile_between":
    case "proportion_unique_between":
      return [sql.figureSql(expectation as Expectation<FigureRule>, found)];
    case "fresh":
      return rule.column === undefined ? [] : [sql.latestSql(rule.column, found)];
    default:
      return [];
  }
}

export async function scan(
  expectations: readonly Expectation[],
  { asked, found }: { asked: Asked; found: sql.FoundTables },
): Promise<Figures> {
  const answers = new Map<string, Answer | Error>();
  const byTable = Map.groupBy(expectations, ({ table }) => table);
  const wanted = new Map<string, readonly string[]>();
  for (const [table, some] of byTable) {
    const columns = found.get(table);
    const list = columns === undefined
      ? []
      : [...new Set(some.flatMap((expectation) => expressions(expectation, columns)))];
    wanted.set(table, list);
    if (list.length === 0) continue;
    const named = list.map((expression, at) => `${expression} as f${at}`);
    try {
      answers.set(table, await askOne(asked, `select ${named.join(",\n")}\nfrom ${table}`));
    } catch (error) {
      answers.set(table, error as Error);
    }
  }
  return {
    of: ({ table }) => (expression) => {
      const answer = answers.get(table) ?? {};
      if (answer instanceof Error) throw answer;
      return answer[`f${wanted.get(table)?.indexOf(expression)}`] ?? null;
    },
  };
}
