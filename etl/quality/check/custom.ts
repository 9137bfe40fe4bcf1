// Loads custom expectations: `.sql` files whose rows are violations, or default exports of `.ts`.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { UsageError } from "../../common/errors.ts";
import { isSystemFault, readNamed, systemReason } from "../../common/system_fault.ts";
import { malformed } from "./custom_schema.ts";
import { type Expectation, expectation, type Severity } from "./expectation.ts";

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
    ...{ name, table, description, severity: severity as Severity, mostly: Number(mostly) },
    kind: "violations",
    sql: text,
  });
}

function isExpectation(value: unknown): value is Expectation {
  return typeof value === "object" && value !== null &&
    ["name", "table", "description", "severity", "mostly", "rule"].every((key) => key in value);
}

async function moduleExpectation(path: string): Promise<Expectation> {
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    throw unusable(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (!isExpectation(module.default)) {
    throw unusable(path, "its default export should be what expectation() returns");
  }
  const wrong = malformed(module.default);
  if (wrong !== undefined) throw unusable(path, wrong);
  return module.default;
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
