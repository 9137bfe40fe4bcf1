// Settings that a session may change. None gives access to files or to more resources.
import type { Engine } from "./engine.ts";
import type { Statement } from "./lexer.ts";
import { ONLY_READS, refusal } from "./refusal.ts";

/** Setting names of DuckDB. */
export const SETTINGS = [
  "threads",
  "worker_threads",
  "memory_limit",
  "max_memory",
  "default_order",
  "default_null_order",
  "null_order",
] as const;

const UNITS = "kmgt";

/** Parses a size such as `2GB` or `1.5 GiB` into bytes. */
function bytesOf(size: string): number {
  const [, count, prefix = "", binary] = /^([\d.]+)\s*([kmgt]?)(i?)b?$/i.exec(size.trim()) ?? [];
  const base = binary ? 1024 : 1000;
  return Number(count) * base ** (UNITS.indexOf(prefix.toLowerCase() || " ") + 1);
}

async function checkMemory(value: string, engine: Engine): Promise<void> {
  const { rows: [[now] = []] } = await engine.list("select current_setting('memory_limit')");
  if (bytesOf(value) <= bytesOf(now ?? "")) return;
  throw refusal("SET memory_limit", `it is ${now}, and a session may only lower it`, "Give less");
}

function checkThreads(value: string): void {
  const most = navigator.hardwareConcurrency;
  if (Number(value) <= most) return;
  throw refusal("SET threads", `this machine has ${most} cores, found ${value}`, "Give fewer");
}

/** Throws if SET or RESET names anything but a variable or a harmless setting. */
export function checkSetting({ sql, tokens }: Statement) {
  const verb = tokens[0]!.text;
  const scoped = /^(?:session|local|global)$/.test(tokens[1]?.text ?? "");
  const name = tokens[scoped ? 2 : 1];
  if (name?.kind === "name" && name.text === "variable") return { native: true };
  const value = sql.slice(tokens[scoped ? 4 : 3]?.start ?? sql.length).replace(/^'(.*)'$/s, "$1");
  // The locked configuration refuses a seed but allows the function that sets it.
  if (name?.text === "seed" && /^[\d.]+$/.test(value)) return { sql: `select setseed(${value})` };
  const setting = SETTINGS.find((setting) => setting === name?.text);
  if (setting === undefined) {
    const names = "threads, memory_limit, default_order, default_null_order, seed";
    throw refusal(
      [verb.toUpperCase(), name?.text].filter(Boolean).join(" "),
      ONLY_READS,
      `Settings that can be changed: ${names}; variables too: set variable x = 1`,
    );
  }
  if (verb === "reset") return { native: true };
  if (/threads/.test(setting)) checkThreads(value);
  const isMemory = setting === "memory_limit" || setting === "max_memory";
  return {
    native: true,
    ...(isMemory && { check: (engine: Engine) => checkMemory(value, engine) }),
  };
}
