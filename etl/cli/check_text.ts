import {
  type CheckResult,
  columnsOfRule,
  isFailure,
  type Outcome,
  statusOf,
  tally,
} from "../quality/check/mod.ts";
import { number, plural } from "../common/counts.ts";
import { jsonLine } from "./command.ts";
import { commandLine } from "./shell.ts";

const SAID = { passed: "passed", failed: "warning", skipped: "skipped", broken: "COULD NOT RUN" };

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

function finding({ expectation, verdict, total, failed, observed, reason }: Outcome): string {
  if (reason !== undefined) return reason;
  if (observed !== undefined) return `found ${observed}`;
  if (total === undefined || failed === undefined) return verdict;
  const allowed = expectation.mostly < 1 ? `, ${percent(1 - expectation.mostly)} may` : "";
  const share = total > 0 ? ` (${percent(failed / total)}${allowed})` : "";
  return `${number(failed)} of ${number(total)} fail${share}`;
}

function outcomeText(outcome: Outcome, { data, database }: CheckResult): string[] {
  const { expectation: { name, description }, verdict, query, sample = [] } = outcome;
  const said = isFailure(outcome) ? "FAILED" : SAID[verdict];
  const rows = sample.map((row) =>
    "    " + Object.entries(row).map(([column, value]) => `${column}: ${value}`).join(" · ")
  );
  return [
    `${said}  ${name}`,
    `  ${description}: ${finding(outcome)}`,
    ...rows,
    ...(query === undefined
      ? []
      : [`  all of them: ${database ? query : commandLine("query", { data }, [query])}`]),
  ];
}

export function needsLook({ verdict }: Outcome): boolean {
  return verdict === "failed" || verdict === "broken";
}

function verdictText(result: CheckResult): string {
  const { passed, warned, failed, skipped, broken } = tally(result);
  const others = Object.entries({ warned, failed, skipped, "could not run": broken });
  return [["passed", passed] as const, ...others.filter(([, count]) => count > 0)]
    .map(([what, count]) => `${number(count)} ${what}`).join(", ");
}

/** Names of tables and counts that are not a noun with an `s`. */
const SINGULAR: Record<string, string> = { countries: "country", media: "media", people: "person" };

export function checkText(result: CheckResult): string {
  const { outcomes, rows, stage, engine, database, seconds } = result;
  const sizes = Object.entries(rows)
    .map(([name, count]) => plural(count, SINGULAR[name] ?? name.slice(0, -1), name)).join(", ");
  const by = database ? ` of ${database}` : engine ? ` on DuckDB (${engine})` : "";
  const shown = outcomes.filter(needsLook);
  const skipped = outcomes.filter(({ verdict }) => verdict === "skipped");
  const lines = [
    `Checked ${stage}: ${sizes}${by}, in ${seconds.toFixed(1)} s`,
    "",
    ...shown.flatMap((outcome) => [...outcomeText(outcome, result), ""]),
    ...skipped.map(({ expectation, reason }) => `skipped  ${expectation.name}: ${reason}`),
    ...(skipped.length > 0 ? [""] : []),
    verdictText(result),
  ];
  return lines.join("\n") + "\n";
}

export function checkJson(result: CheckResult): string {
  const { stage, at, data, engine, database, seconds, rows, outcomes } = result;
  const expectations = outcomes.map((outcome) => {
    const { expectation, verdict, total, failed, observed, reason, query, sample } = outcome;
    const { name, table, description, severity, mostly, rule } = expectation;
    const found = { verdict, total, failed, observed, reason, query, sample };
    const columns = columnsOfRule(rule);
    return { name, table, columns, kind: rule.kind, description, severity, mostly, ...found };
  });
  const subject = { stage, at, data, engine, database, seconds: Number(seconds.toFixed(3)) };
  const found = { status: statusOf(result), rows, counts: tally(result), expectations };
  return jsonLine({ ...subject, ...found });
}
