// Loads custom expectations: `.sql` files whose rows are violations, or default exports of `.ts`.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as v from "valibot";
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { UsageError } from "../../common/errors.ts";
import { isSystemFault, readNamed, systemReason } from "../../common/system_fault.ts";
import { type Expectation, expectation, type Kind, type RuleOf } from "./expectation.ts";

const KEYS = ["name", "table", "stage", "severity", "mostly", "description"] as const;

const HEADER = /^--\s*([a-z]+):\s*(.*?)\s*$/;

function unusable(path: string, reason: string, cause?: unknown): UsageError {
  return new UsageError(`Cannot use ${path}: ${reason}`, {
    step: "expectations",
    next: "See the examples in data/sample/expectations",
    cause,
  });
}

/** Reads `-- key: value` lines before the statement. */
function header(path: string, text: string): Partial<Record<typeof KEYS[number], string>> {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("--"));
  const pairs = lines.slice(0, end === -1 ? lines.length : end)
    .flatMap((line) => {
      const [, key, value] = HEADER.exec(line) ?? [];
      return key === undefined ? [] : [[key, value ?? ""] as const];
    });
  const unknown = pairs.find(([key]) => !(KEYS as readonly string[]).includes(key));
  if (unknown) {
    throw unusable(path, `"${unknown[0]}" is not a key of the header, only ${KEYS.join(", ")}`);
  }
  return Object.fromEntries(pairs);
}

/** Builds an expectation. Throws a {@link UsageError} that says what the header lacks. */
export function sqlExpectation(path: string, text: string): Expectation {
  const head = header(path, text);
  const { name, description, stage = "tables", severity = "error", mostly = "1" } = head;
  const table = TABLE_NAMES.find((name) => name === head.table);
  const refuse = (key: string, expected: string, found?: string) =>
    unusable(
      path,
      found ? `${key} should be ${expected}, not ${found}` : `${key} is missing: add ${expected}`,
    );
  if (!name) throw refuse("-- name:", "a name such as users.my_rule");
  if (!description) throw refuse("-- description:", "a sentence");
  if (stage !== "tables") {
    throw refuse("-- stage:", "tables (only TypeScript can check pages)", stage);
  }
  if (severity !== "error" && severity !== "warn") {
    throw refuse("-- severity:", "error or warn", severity);
  }
  if (table === undefined) {
    throw refuse("-- table:", `one of ${TABLE_NAMES.join(", ")}`, head.table);
  }
  return expectation({
    ...{ name, table, description, severity, mostly: Number(mostly) },
    kind: "violations",
    sql: text,
  });
}

// Modules are not type-checked when they are imported.
const [TEXT, NUMBER] = [v.string(), v.number()];
const TEXTS = v.array(TEXT);
const LIMIT = v.union([NUMBER, TEXT]);
const column = TEXT;

function bounds(limit: v.GenericSchema) {
  return { min: v.optional(limit), max: v.optional(limit) };
}

/** The parts of each kind of rule, which the types of the rules name. */
const RULES: {
  readonly [K in Kind]: {
    readonly [P in Exclude<keyof RuleOf<K>, "kind">]-?: v.GenericSchema<unknown>;
  };
} = {
  not_null: { column },
  in_set: { column, values: TEXTS },
  matches: { column, pattern: v.instance(RegExp) },
  between: { column, ...bounds(LIMIT) },
  length: { column, ...bounds(NUMBER) },
  unique: { column },
  compound_unique: { columns: TEXTS },
  foreign_key: { column, references: v.picklist(TABLE_NAMES) },
  mean_between: { column, ...bounds(NUMBER) },
  quantile_between: { column, quantile: NUMBER, ...bounds(LIMIT) },
  proportion_unique_between: { column, ...bounds(NUMBER) },
  type: { column, type: v.picklist(["text", "uuid", "integer", "decimal", "timestamp"]) },
  row_count_between: bounds(NUMBER),
  row_count_compared: { other: v.picklist(TABLE_NAMES), is: v.picklist(["equal to", "at most"]) },
  fresh: { days: NUMBER, column: v.optional(column) },
  no_drift: { column, significance: NUMBER },
  violations: { sql: TEXT },
  intact: {},
  valid: {},
  holds: { holds: v.function() },
};

const EXPECTATION = v.object({
  name: TEXT,
  table: v.picklist([...TABLE_NAMES, "people", "pages"]),
  description: TEXT,
  severity: v.picklist(["error", "warn"]),
  mostly: NUMBER,
  where: v.optional(v.strictObject({ column, in: TEXTS })),
  rows: v.optional(v.strictObject(bounds(NUMBER))),
  // A kind that does not exist gets a verdict, beside those of the other expectations.
  rule: v.lazy((rule) => {
    const kind = (rule as { readonly kind?: unknown } | null)?.kind;
    return typeof kind === "string" && Object.hasOwn(RULES, kind)
      ? v.strictObject({ kind: TEXT, ...RULES[kind as Kind] })
      : v.looseObject({ kind: TEXT });
  }),
});

/** Returns what is wrong with an expectation, for example `values is missing`. */
function malformed(value: unknown): string | undefined {
  const isMade = typeof value === "object" && value !== null &&
    ["name", "table", "description", "severity", "mostly", "rule"].every((key) => key in value);
  if (!isMade) return "its default export should be what expectation() returns";
  const { success, issues } = v.safeParse(EXPECTATION, value, { abortEarly: true });
  if (success) return undefined;
  const [issue] = issues;
  const path = v.getDotPath(issue)?.replace(/^rule\./, "") ?? "it";
  if (issue.expected === "never") return `there is no ${path} in an expectation of this kind`;
  return issue.received === "undefined"
    ? `${path} is missing`
    : `${path} should be ${issue.expected}, not ${issue.received}`;
}

async function moduleExpectation(path: string): Promise<Expectation> {
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    throw unusable(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const wrong = malformed(module.default);
  if (wrong !== undefined) throw unusable(path, wrong);
  return module.default as Expectation;
}

async function filesAt(path: string): Promise<string[]> {
  try {
    if (!(await Deno.stat(path)).isDirectory) return [path];
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    const reason = cause instanceof Deno.errors.NotFound ? "" : `: ${systemReason(cause)}`;
    const details = { step: "expectations", cause };
    throw new UsageError(`Cannot find expectations at ${path}${reason}`, details);
  }
  const entries = await Array.fromAsync(Deno.readDir(path));
  return entries.filter(({ name, isDirectory }) => !isDirectory && /\.(sql|ts)$/.test(name))
    .map(({ name }) => `${path}/${name}`).sort();
}

/** Loads a `.sql` or `.ts` file, or a folder of them. Rejects with a {@link UsageError}. */
export async function loadCustom(path: string): Promise<Expectation[]> {
  return await Array.fromAsync(await filesAt(path), async (file) => {
    if (!file.endsWith(".sql")) return await moduleExpectation(file);
    const text = await readNamed(file, { what: "an expectation", step: "expectations" });
    return sqlExpectation(file, text);
  });
}
