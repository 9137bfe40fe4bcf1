/**
 * The corpus: pages as files, each with the expected result.
 *
 * A case is a folder of three files: `case.json` describes the page and its request, `page.*` is the
 * page, `expected.json` is the result.
 *
 * @module
 */
import { keptPath, pathOfUrl } from "../etl/common/path.ts";
import { DebrError } from "../etl/common/errors.ts";
import type { Wanted } from "../etl/run/plan.ts";
import type { Manifest } from "../etl/load/dataset/manifest.ts";
import { committedTables, layout } from "../etl/load/dataset/paths.ts";
import type { Reject } from "../etl/transform/validate/person.ts";
import { extracted } from "./extracted.ts";
import { readTables } from "./read_back.ts";
import { nextOf } from "./next.ts";

/** Folder of the cases. */
export const CORPUS = pathOfUrl(new URL("./corpus/", import.meta.url));

/** The content of `case.json`. */
export interface CaseSpec {
  /** A short description of the page. */
  readonly about: string;
  /** The request, and the status and type of the response, if the page is from the API. */
  readonly api?: {
    readonly requested: Omit<Wanted, "source">;
    readonly status?: number;
    readonly type?: string;
  };
}

/** A case of the corpus. */
export interface Case extends CaseSpec {
  readonly name: string;
  /** Path of the page. */
  readonly page: string;
}

/** The result for a page: exit code with message, or the rows. */
export interface Outcome {
  readonly status: number;
  readonly message?: string;
  readonly next?: string;
  readonly people?: Manifest["people"];
  readonly rejects?: readonly Reject[];
  /** All rows, if no person is rejected. */
  readonly tables?: unknown;
}

/** Lists the cases in the order of their names. */
export async function listCases(): Promise<Case[]> {
  const cases: Case[] = [];
  for await (const { name, isDirectory } of Deno.readDir(CORPUS)) {
    if (!isDirectory) continue;
    const files = await Array.fromAsync(Deno.readDir(CORPUS + name));
    const page = files.find((file) => file.name.startsWith("page."))?.name;
    const spec: CaseSpec = JSON.parse(await Deno.readTextFile(`${CORPUS}${name}/case.json`));
    cases.push({ name, page: `${CORPUS}${name}/${page}`, ...spec });
  }
  return cases.sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Makes an API that answers every request with the page of the case. */
function fakeApi({ page, api }: Case): typeof fetch {
  return async () =>
    new Response(await Deno.readFile(page), {
      status: api?.status ?? 200,
      headers: { "content-type": api?.type ?? "application/json; charset=utf-8" },
    });
}

async function readRejects(root: string): Promise<Reject[]> {
  const { rejects } = layout(root);
  let lines = "";
  try {
    for await (const { name } of Deno.readDir(rejects)) {
      lines += await Deno.readTextFile(`${rejects}/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return lines.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

async function extractCase(one: Case, root: string): Promise<Outcome> {
  const wanted: Wanted = one.api ? { source: "api", ...one.api.requested } : { source: one.page };
  try {
    const { manifest } = await extracted(wanted, { root, fetch: fakeApi(one) });
    const rejects = await readRejects(root);
    const tables = await readTables(await committedTables(root) ?? "");
    return {
      status: 0,
      people: manifest.people,
      ...(rejects.length > 0 ? { rejects } : { tables }),
    };
  } catch (error) {
    if (!(error instanceof DebrError)) throw error;
    if (await committedTables(root)) throw new Error(`${one.name}: failed, but committed tables`);
    const { status, message, next } = error;
    const rejects = await readRejects(root);
    return {
      status,
      message,
      ...(next && { next: nextOf(error) }),
      ...(rejects.length > 0 && { rejects }),
    };
  }
}

/** Runs a case in a new dataset at `root`; the result contains no path of this machine. */
export async function outcome(one: Case, root: string): Promise<Outcome> {
  const text = JSON.stringify(await extractCase(one, root));
  const rejects = new RegExp(`${root}/rejects/[0-9a-f]{16}`, "g");
  // Waits are random, so the number of tries before the timeout is too.
  const tries = /tried \d+ times and the timeout/g;
  return JSON.parse(
    text.replaceAll(CORPUS, "").replaceAll(keptPath(CORPUS), "").replace(
      rejects,
      "data/rejects/<run>",
    ).replace(
      ` --data ${root}`,
      "",
    )
      .replace(tries, "tried some times and the timeout"),
  );
}

/** Describes a result in one line. */
export function inWords({ status, message, people, rejects = [] }: Outcome): string {
  if (message !== undefined && rejects.length === 0) return `status ${status}: ${message}`;
  const causes = new Set(rejects.map(({ path, expected }) => `\`${path}\` should be ${expected}`));
  const why = [...causes].join("; ");
  if (message !== undefined) return `status ${status}, rejects everybody: ${why}`;
  const { received = 0, rejected = 0, repeated = 0 } = people ?? {};
  const kept = `keeps ${received - rejected - repeated} of ${received}`;
  return rejects.length === 0 ? kept : `${kept}, rejects ${rejects.length}: ${why}`;
}
