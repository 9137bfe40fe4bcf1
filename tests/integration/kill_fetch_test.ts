/**
 * Kills a run of 40 pages repeatedly while it fetches, builds and commits, and resumes it. Only pages in
 * flight may be fetched twice, and the tables must equal those of an undisturbed run.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { assert, assertEquals } from "@std/assert";
import { REAL } from "../../etl/common/effects.ts";
import { CONNECTIONS } from "../../etl/run/stage.ts";
import { type RequestEntry, startMockApi } from "../../etl/mock_api/server.ts";
import { temporary } from "../temporary.ts";
import { killIfRunning } from "../kill.ts";

const KILLS = 100;
const PAGES = 40;
const PAGE_SIZE = 20;

/** Milliseconds after the first request in which most kills happen: about one run. */
const SPAN = 500;

const MAIN = pathOfUrl(new URL("../../main.ts", import.meta.url));

function start(api: string, out: string): Deno.ChildProcess {
  const results = String(PAGES * PAGE_SIZE);
  const requested = ["--results", results, "--page-size", String(PAGE_SIZE), "--seed", "kill"];
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--allow-read", `--allow-write=${out}`, "--allow-net=127.0.0.1", MAIN],
      ...["extract", "--api", api, "--out", out, ...requested],
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

/** Waits for a run to end by itself or by a kill after some milliseconds. */
async function end(child: Deno.ChildProcess, killAfter?: number): Promise<"killed" | "done"> {
  const timer = killAfter === undefined
    ? undefined
    : setTimeout(() => killIfRunning(child), killAfter);
  const { signal, code, stderr } = await child.output();
  clearTimeout(timer);
  if (signal === "SIGKILL") return "killed";
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return "done";
}

/** Whether a run was killed after its work: its staging folder is already renamed. */
async function isOver(out: string): Promise<boolean> {
  const staging = await Array.fromAsync(Deno.readDir(`${out}/.staging`)).catch(() => []);
  const under = staging.some(({ name }) => /^[0-9a-f]{16}$/.test(name));
  const tables = await Deno.stat(`${out}/tables`).catch(() => undefined);
  return tables !== undefined && !under;
}

async function filesOf(folder: string, prefix = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) Object.assign(files, await filesOf(path, `${prefix}${name}/`));
    else {
      const bytes = await Deno.readFile(path);
      const digest = await crypto.subtle.digest("SHA-256", bytes);
      files[prefix + name] = new Uint8Array(digest).toHex();
    }
  }
  return files;
}

/** Asserts that a kill repeats only pages in flight, given the pages that each process requested. */
function assertFewTwice(processes: readonly (readonly number[])[]): void {
  const requested = new Set<number>();
  for (const pages of processes) {
    assertEquals(new Set(pages).size, pages.length);
    const again = pages.filter((page) => requested.has(page));
    assert(again.length <= CONNECTIONS, `${again} fetched again: ${JSON.stringify(processes)}`);
    for (const page of pages) requested.add(page);
  }
}

Deno.test(`${KILLS} kills -9 do not change a byte of the tables`, async () => {
  await using folder = await temporary();
  const requests: RequestEntry[] = [];
  let begun = 0;
  await using api = await startMockApi({
    limit: 0,
    onRequest: (entry) => void requests.push(entry),
    // The server reads the clock once at the start of each request.
    effects: { now: () => (begun++, Date.now()), sleep: REAL.sleep },
  });
  /** Forgets the requests of earlier processes. */
  const forgetRequests = () => void (requests.length = begun = 0);
  /** Waits until the server has read and ended all requests of a process that has ended. */
  const settled = async () => {
    // The server accepts this later connection after those of the process.
    await (await fetch(`${api.url}/none`)).body?.cancel();
    while (requests.length < begun) await REAL.sleep(1);
  };
  // The first run may download packages and compile the code.
  assertEquals(await end(start(api.url, `${folder.path}/first`)), "done");
  await settled();
  forgetRequests();
  const began = Date.now();
  assertEquals(await end(start(api.url, `${folder.path}/undisturbed`)), "done");
  const startup = (requests[0]?.at ?? began) - began;
  const undisturbed = await filesOf(`${folder.path}/undisturbed/tables`);
  const out = `${folder.path}/killed`;
  let kills = 0;
  for (let run = 0; kills < KILLS; run++) {
    const processes: number[][] = [];
    let ended: "killed" | "done";
    do {
      forgetRequests();
      const early = Math.random() < 0.1;
      const after = early ? Math.random() * startup : startup + SPAN * Math.random() ** 2;
      ended = await end(start(api.url, out), kills < KILLS ? after : undefined);
      if (ended === "killed") kills++;
      if (await isOver(out)) ended = "done";
      await settled();
      processes.push(requests.flatMap(({ page }) => page ?? []));
    } while (ended === "killed");
    assertFewTwice(processes);
    assertEquals(await filesOf(`${out}/tables`), undisturbed, `run ${run}`);
    await Deno.remove(out, { recursive: true });
  }
});
