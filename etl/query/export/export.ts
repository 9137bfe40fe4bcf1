// Exports one database file for programs that cannot open Parquet: DuckDB's UI, DBeaver, Metabase.
import { TABLE_NAMES } from "../../../schema/mod.ts";
import { UsageError } from "../../common/errors.ts";
import { exists, makeFolder, onDisk, PRIVATE, removeAll } from "../../load/dataset/mod.ts";
import { VIEWS } from "../questions.ts";
import type { Exporting, ExportRequest } from "./exporting.ts";

type Write = (exporting: Exporting) => Promise<void>;

const KINDS: Readonly<Record<string, () => Promise<Write>>> = {
  ".duckdb": async () => (await import("./duckdb.ts")).writeDuckdb,
  ".sqlite": async () => (await import("./sqlite.ts")).writeSqlite,
};

const OWN = new Set<string>([...TABLE_NAMES, ...VIEWS.map(({ name }) => name)]);

function refuse(path: string, why: string): never {
  throw new UsageError(`Cannot replace ${path}: ${why}`, {
    step: "export",
    next: "Use another name, or move this file",
  });
}

function requireOwn(path: string) {
  return (names: readonly string[] | undefined) => {
    if (names === undefined) refuse(path, `it is not a ${path.replace(/^.*\./, "")} file`);
    const other = names.find((name) => !OWN.has(name));
    if (other !== undefined) refuse(path, `it holds ${other}, which debr did not write`);
  };
}

export async function exportTables(
  path: string,
  request: ExportRequest,
): Promise<{ readonly bytes: number }> {
  const [, folder = "", name = "", ending = ""] = /^(.*\/)?(.*[^/](\.[^./]+))$/.exec(path) ?? [];
  const kind = KINDS[ending];
  if (kind === undefined) {
    throw new UsageError(`Cannot export to ${path}: unknown file name extension`, {
      step: "export",
      next: `Use a name that ends in ${Object.keys(KINDS).join(" or ")}`,
    });
  }
  await makeFolder(folder || ".");
  if (await exists(`${path}.wal`)) refuse(path, "another program has it open");
  const scratch = `${folder}.${name}.partial`;
  await removeAll(scratch);
  await makeFolder(scratch);
  try {
    const file = `${scratch}/${name}`;
    const replaces = await exists(path) ? requireOwn(path) : undefined;
    await (await kind())({ ...request, path, file, requireOwn: replaces });
    if (Deno.build.os !== "windows") await onDisk(file, () => Deno.chmod(file, PRIVATE));
    const { size } = await Deno.stat(file);
    await onDisk(path, () => Deno.rename(file, path));
    return { bytes: size };
  } finally {
    await removeAll(scratch);
  }
}
