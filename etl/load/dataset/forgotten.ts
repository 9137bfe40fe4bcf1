// An id is a hash of all values of a person, so it identifies nobody without these values.
import { peopleCount } from "../../common/counts.ts";
import { DestinationError } from "../../common/errors.ts";
import { unless } from "../../common/missing.ts";
import { sha256 } from "../../common/sha256.ts";
import { uuidAt } from "../../transform/normalise/mod.ts";
import { readIfThere, replaceDurable } from "./files.ts";
import { decodeIds, encodeIds, joinIds, parseId, sortIds } from "./ids.ts";
import type { Manifest } from "./manifest.ts";
import { layout, LEGACY_FORGOTTEN } from "./paths.ts";

/** Ids of 16 bytes, ascending and unique. */
export type ForgottenIds = Uint8Array;

const HEAD = "# user_ids of people who must not come back, kept by debr\n# sha256 ";

export function sealOf(ids: ForgottenIds): Manifest["forgotten"] {
  return ids.length === 0 ? undefined : { rows: ids.length / 16, sha256: sha256(encodeIds(ids)) };
}

function damaged(path: string, what: string): DestinationError {
  return new DestinationError(`Cannot use ${path}: ${what}, forgotten people would return`, {
    step: "open",
    next: { code: "forgotten_lost" },
  });
}

function listText(ids: ForgottenIds): string {
  const text = Array.from({ length: ids.length / 16 }, (_, row) => `${uuidAt(ids, row)}\n`).join(
    "",
  );
  return `${HEAD}${sha256(text)}\n${text}`;
}

export async function readList(root: string): Promise<ForgottenIds> {
  const path = layout(root).forgotten;
  const bytes = await readIfThere(path);
  return bytes === undefined ? new Uint8Array() : parseList(new TextDecoder().decode(bytes), path);
}

export function parseList(text: string, path: string): ForgottenIds {
  const ids = text.slice(HEAD.length + 65).split("\n").slice(0, -1)
    .flatMap((line) => parseId(line) ?? []);
  const joined = joinIds(...ids);
  if (listText(joined) !== text) throw damaged(path, "it is damaged");
  return joined;
}

/** Reads the list that versions before 0.2.0 stored in the tables. */
async function readLegacy(tables: string): Promise<ForgottenIds> {
  const path = `${tables}/${LEGACY_FORGOTTEN}`;
  const bytes = await readIfThere(path);
  if (bytes === undefined) return new Uint8Array();
  const ids = decodeIds(bytes);
  if (ids.length % 16 > 0 || sha256(encodeIds(sortIds(ids))) !== sha256(bytes)) {
    throw damaged(path, "it is damaged");
  }
  return ids;
}

/** Reads the list of the parent folder, which also applies. */
async function readAbove(root: string): Promise<ForgottenIds> {
  const [, above] = /^(.*[^/])\/[^/]+$/.exec(root) ?? [];
  if (above === undefined) return new Uint8Array();
  // A task may have permission to read only the dataset.
  const isRefused = (error: unknown) => error instanceof Deno.errors.NotCapable;
  return await unless(isRefused, readList(above)) ?? new Uint8Array();
}

/** Throws a `DestinationError` if a list is damaged or shorter than the manifest says. */
export async function readForgotten(
  root: string,
  dataset: { readonly tables: string; readonly manifest: Manifest | undefined } | undefined,
): Promise<ForgottenIds> {
  const ids = joinIds(
    await readList(root),
    dataset === undefined ? new Uint8Array() : await readLegacy(dataset.tables),
    await readAbove(root),
  );
  const listed = dataset?.manifest?.forgotten;
  if (listed === undefined) return ids;
  const rows = ids.length / 16;
  const lost = rows < listed.rows || rows === listed.rows && sealOf(ids)?.sha256 !== listed.sha256;
  if (!lost) return ids;
  const found = rows === 0 ? "it is missing" : `it lists ${peopleCount(rows)}`;
  throw damaged(layout(root).forgotten, `${found}, the manifest says ${listed.rows}`);
}

/** Writes the list; `ids` must include all earlier ids. */
export async function writeForgotten(root: string, ids: ForgottenIds): Promise<void> {
  const path = layout(root).forgotten;
  const text = listText(ids);
  const before = await readIfThere(path);
  if (ids.length === 0 || before && new TextDecoder().decode(before) === text) return;
  await replaceDurable(path, new TextEncoder().encode(text));
}
