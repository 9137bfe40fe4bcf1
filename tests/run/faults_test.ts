/**
 * Runs debr against every fault of the mock API and checks the exit code, the reasons of retries
 * and the tables: either the new ones, or the old ones unchanged.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { readManifest } from "../../etl/load/dataset/manifest.ts";
import { FAULTS } from "../../etl/mock_api/faults.ts";
import { startMockApi } from "../../etl/mock_api/server.ts";
import { fakeClock } from "../clock.ts";
import { runCommandLine } from "../command_line.ts";
import { temporary } from "../temporary.ts";

/** A fault on page 2 of 3 and the expected behaviour of debr. */
interface Expected {
  readonly fault: string;
  readonly status: number;
  /** The reasons of failed requests that were retried, each once. */
  readonly retried?: readonly string[];
  /** Whether the HTTP client may handle the fault itself. */
  readonly hidden?: boolean;
  /** Part of the message of a failed run. */
  readonly says?: string;
}

const TIMED_OUT = "the timeout leaves no time";

/** A fault that occurs once is retried; a permanent fault ends the run. */
const EXPECTED: readonly Expected[] = [
  { fault: "429:times=1", status: 0, retried: ["status-429"] },
  { fault: "429:after=0,times=1", status: 0, retried: ["status-429"] },
  { fault: "429:after=7,times=1", status: 0, retried: ["status-429"] },
  { fault: "429:date=30,times=1", status: 0, retried: ["status-429"] },
  { fault: "429", status: 4, retried: ["status-429"], says: TIMED_OUT },
  { fault: "429:after=0", status: 4, retried: ["status-429"], says: TIMED_OUT },
  { fault: "429:after=3600", status: 4, says: TIMED_OUT },
  { fault: "503:times=1", status: 0, retried: ["status-503"] },
  { fault: "503:after=9,times=1", status: 0, retried: ["status-503"] },
  { fault: "503:date=30,times=1", status: 0, retried: ["status-503"] },
  { fault: "503", status: 3, retried: ["status-503"], says: TIMED_OUT },
  { fault: "502:times=1", status: 0, retried: ["status-502"] },
  { fault: "502", status: 3, retried: ["status-502"], says: "an HTML page, as from a proxy" },
  { fault: "error:times=1", status: 0, retried: ["rule-error"] },
  { fault: "error", status: 3, retried: ["rule-error"], says: "(rule error)" },
  { fault: "empty:times=1", status: 0, retried: ["rule-empty"] },
  { fault: "empty", status: 3, retried: ["rule-empty"], says: "(rule empty)" },
  { fault: "text:times=1", status: 0, retried: ["rule-json"] },
  { fault: "text", status: 3, retried: ["rule-json"], says: "(rule json)" },
  { fault: "count:times=1", status: 0, retried: ["rule-count"] },
  { fault: "count", status: 3, retried: ["rule-count"], says: "(rule count)" },
  { fault: "page:times=1", status: 0, retried: ["rule-page"] },
  { fault: "page", status: 3, retried: ["rule-page"], says: "(rule page)" },
  { fault: "seed:times=1", status: 0, retried: ["rule-seed"] },
  { fault: "seed", status: 3, retried: ["rule-seed"], says: "(rule seed)" },
  { fault: "version", status: 3, says: "(rule version)" },
  { fault: "nat:times=1", status: 0, retried: ["rule-nationality"] },
  { fault: "nat", status: 3, retried: ["rule-nationality"], says: "(rule nationality)" },
  { fault: "repeat", status: 3, says: "page 2 has the people of page 1" },
  { fault: "renamed", status: 5, says: "more than the limit of" },
  { fault: "retyped", status: 5, says: "more than the limit of" },
  { fault: "slow:ms=50,times=1", status: 0 },
  { fault: "slow:ms=60000,times=1", status: 0, retried: ["timeout"] },
  { fault: "stall:ms=50,times=1", status: 0 },
  { fault: "stall:ms=60000,times=1", status: 0, retried: ["timeout"] },
  { fault: "cut:times=1", status: 0, retried: ["cut"] },
  { fault: "cut:bytes=0,times=1", status: 0, retried: ["cut"] },
  { fault: "cut", status: 3, retried: ["cut"], says: TIMED_OUT },
  // The HTTP client itself reopens a reused connection that is reset before an answer.
  { fault: "reset:times=1", status: 0, retried: ["unreachable"], hidden: true },
  { fault: "reset", status: 3, retried: ["unreachable"], says: TIMED_OUT },
];

/** Milliseconds without a byte after which an endless delay times out; other faults are quick. */
const IDLE = 400;

async function tablesOf(root: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (
    const { file, sha256 } of Object.values((await readManifest(`${root}/tables`)).tables)
      .flatMap(({ parts }) => parts)
  ) {
    const bytes = await Deno.readFile(`${root}/tables/${file}`);
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    assertEquals(found, sha256, `${file} has the hash of the manifest`);
    files[file] = found;
  }
  return files;
}

function request(api: string, out: string): string[] {
  const options = ["--results", "25", "--page-size", "10", "--seed", "faults", "--nat", "us,de"];
  return ["--api", api, "--out", out, "--log", "json", ...options];
}

Deno.test("every fault ends with the expected status and complete tables", async () => {
  await using folder = await temporary();
  const clock = fakeClock();
  await using api = await startMockApi({ limit: 0, effects: { now: clock.now, sleep } });
  const faultless = `${folder.path}/faultless`;
  assertEquals((await runCommandLine(request(api.url, faultless))).status, 0);
  const expected = await tablesOf(faultless);
  for (const { fault, status, retried = [], hidden, says } of EXPECTED) {
    const root = `${folder.path}/${fault.replace(/\W/g, "-")}`;
    const before = ["--source", "synthetic", "--results", "7", "--out", root];
    assertEquals((await runCommandLine(before)).status, 0);
    const old = await tablesOf(root);
    const address = api.faulty(fault.includes(":") ? `${fault},pages=2` : `${fault}:pages=2`);
    const effects = { ...clock, ...(fault.includes("ms=60000") && { idle: IDLE }) };
    const ran = await runCommandLine(request(address, root), { effects });
    assertEquals(ran.status, status, `${fault}: ${ran.err}`);
    const reasons = ran.events.filter(({ event }) => event === "page.failed")
      .map(({ reason }) => String(reason));
    if (!hidden || reasons.length > 0) {
      assertEquals([...new Set(reasons)], retried, `${fault}: ${ran.err}`);
    }
    assertEquals(await tablesOf(root), status === 0 ? expected : old, fault);
    const last = ran.events.at(-1);
    assertEquals(last?.event, status === 0 ? "run.committed" : "run.failed", fault);
    if (says !== undefined) {
      assert(String(last?.["message"]).includes(says), `${fault}: ${ran.err}`);
    }
  }
});

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

Deno.test("every kind of fault has a case", () => {
  const tested = new Set(EXPECTED.map(({ fault }) => fault.split(":")[0]));
  assertEquals([...tested].sort(), Object.keys(FAULTS).sort());
});
