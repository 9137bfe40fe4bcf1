// Makes a view of each file that the user names.
import { UsageError } from "../common/errors.ts";
import { isSystemFault, systemReason } from "../common/system_fault.ts";
import type { Parts } from "./engine.ts";
import type { EngineName, OwnFile } from "./options.ts";

/** Readers by file extension. */
const READERS: readonly (readonly [RegExp, NonNullable<Parts["reader"]>])[] = [
  [/\.parquet$/i, "read_parquet"],
  [/\.(?:csv|tsv)(?:\.gz)?$/i, "read_csv_auto"],
  [/\.(?:json|jsonl|ndjson)(?:\.gz)?$/i, "read_json_auto"],
];

const details = { step: "query" };

/** Checks Deno's permission, because the native engine does not ask for it. */
function checkReadable(path: string): void {
  try {
    Deno.openSync(path).close();
    if (Deno.statSync(path).isFile) return;
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    throw new UsageError(`Cannot read ${path}: ${systemReason(cause)}`, { ...details, cause });
  }
  throw new UsageError(`Cannot read ${path}: it is no file`, details);
}

/** Throws a {@link UsageError} if a view cannot be made. */
export function partsOfFiles(
  files: readonly OwnFile[],
  { tables, engine }: { readonly tables: readonly string[]; readonly engine: EngineName },
): Parts[] {
  const taken = new Set(tables.map((table) => table.toLowerCase()));
  return files.map(({ path, name }) => {
    const found = READERS.find(([ending]) => ending.test(path));
    if (found === undefined) {
      throw new UsageError(
        `Cannot read ${path}: expected .csv, .tsv, .json, .ndjson or .parquet at its end`,
        details,
      );
    }
    const [ending, reader] = found;
    const table = name ?? path.replace(/^.*[/\\]/, "").replace(ending, "");
    if (taken.has(table.toLowerCase())) {
      throw new UsageError(`Cannot read ${path} as ${table}: there is a table of this name`, {
        ...details,
        next: { code: "own_file_renamed", path },
      });
    }
    taken.add(table.toLowerCase());
    checkReadable(path);
    if (reader === "read_json_auto" && engine === "wasm") {
      throw new UsageError(`Cannot read ${path}: the WebAssembly engine reads no JSON`, {
        ...details,
        next: { code: "native_runs_it" },
      });
    }
    return { table, paths: [path], foreign: true, reader };
  });
}
