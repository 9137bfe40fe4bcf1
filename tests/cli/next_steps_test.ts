import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { STEP_CODES, type Where } from "../../etl/cli/next_steps.ts";
import { ALERTS, FAULT } from "../../etl/cli/runbook.ts";
import type { NextStep } from "../../etl/common/next_step.ts";
import { nextOf } from "../next.ts";
import { AWKWARD, IN_SHELL, type Printed, printedIn } from "./printed.ts";

const REQUEST = {
  ...{ source: AWKWARD, api: `http://127.0.0.1/${AWKWARD}`, version: "1.4", seed: AWKWARD },
  ...{ nat: ["US", "GB"], gender: "male", results: 20, pageSize: 10 },
};

/** All facts that any step uses. */
const FACTS = {
  ...{ request: REQUEST, requests: [REQUEST, REQUEST], mode: "append", data: AWKWARD },
  ...{ seed: AWKWARD, folder: AWKWARD, path: AWKWARD, place: AWKWARD, pages: "1-10" },
  ...{ rate: 10, pageSize: 10, people: "50,000,000", wait: "5 min 0 s", formats: ["csv", "json"] },
  ...{ option: "pageSize", sql: "alter table users", version: "1.4", kind: "postgres" },
  ...{ example: "a folder", variable: "DEBR_BACKUP_URL" },
};

const WHERE: readonly Where[] = [{ terminal: true }, { terminal: false }];

/** The text of each step, with awkward facts and with those of the default dataset. */
const TEXTS = STEP_CODES.flatMap((code) =>
  WHERE.flatMap((where) =>
    [FACTS, { ...FACTS, data: "data" }].map((facts) => {
      const next = { ...facts, code } as unknown as NextStep;
      return { code, where, text: nextOf({ next }, where) };
    })
  )
);

/** Whether a folder is inside a dataset, so that its list of forgotten people applies. */
function isInDataset(out: unknown): boolean {
  const [, root] = /^(.*)\/\w+$/s.exec(`${out}`) ?? [];
  return root === "data" || root === AWKWARD;
}

/** Whether a command changes no existing data in any folder. */
function isHarmless({ task, values, positionals }: Printed): boolean {
  if (task === "extract") {
    return values["dryRun"] === true || values["mode"] === "append" ||
      isInDataset(values["out"]);
  }
  if (task === "restore") return values["verify"] === true || isInDataset(values["out"]);
  if (task === "rejects") return !positionals.includes("replay");
  if (task === "backup") return values["list"] === true;
  return ["", "query", "check", "verify", "drift", "notify", "lineage"].includes(task);
}

/** Steps whose command writes: it replaces no data, or it erases people as requested. */
const WRITES: Readonly<Record<string, string>> = {
  no_dataset: "extract",
  no_tables_seen: "load",
  tables_not_loaded: "load",
  table_gone: "load",
  table_changed: "load",
  schema_behind: "load",
  forgotten_returned: "forget",
};

Deno.test("every next step has a text with all facts and without a full stop", () => {
  assert(STEP_CODES.length > 50);
  for (const { code, where, text } of TEXTS) {
    if (code === "api_unreachable" && !where.terminal) continue;
    assert(text.length > 0, code);
    assert(!/undefined|\[object/.test(text), `${code}: ${text}`);
    assertMatch(text, /^([A-Z]|deno task )/, code);
    assert(!text.endsWith("."), code);
  }
});

Deno.test(
  "every command of a next step works when it is pasted and destroys no data",
  IN_SHELL,
  async () => {
    let commands = 0;
    for (const { code, text } of TEXTS) {
      for (const printed of await printedIn(text)) {
        commands++;
        const { task } = printed;
        assert(isHarmless(printed) || WRITES[code] === task, `${code} suggests: ${text}`);
      }
    }
    assert(commands > 50);
  },
);

Deno.test(
  "the request of a next step is parsed back unchanged from the printed command",
  IN_SHELL,
  async () => {
    const { text } = TEXTS.find(({ code }) => code === "run_unfinished")!;
    const [first] = await printedIn(text);
    const { values } = first!;
    assertEquals(values["source"], [AWKWARD]);
    assertEquals([values["seed"], values["api"]], [AWKWARD, REQUEST.api]);
    assertEquals([values["out"], values["mode"], values["dryRun"]], [AWKWARD, "append", true]);
    assertEquals([values["results"], values["nat"]], [20, ["US", "GB"]]);
  },
);

Deno.test("the sample is offered only on a terminal, and in a separate folder", () => {
  const offline = /deno task extract --source sample/;
  for (const { code, where, text } of TEXTS) {
    if (!offline.test(text)) continue;
    assert(where.terminal, `${code} in a log or an alert: ${text}`);
    assertStringIncludes(text, "--source sample --out data/try", code);
  }
  const codes = new Set(TEXTS.filter(({ text }) => offline.test(text)).map(({ code }) => code));
  assertEquals([...codes].toSorted(), ["api_failed", "api_unreachable", "not_the_api"]);
});

Deno.test("the native engine is not suggested to those who use it", () => {
  const advice = (...args: readonly string[]) =>
    nextOf({ next: { code: "query_too_large" } }, { terminal: true, args: ["query", ...args] });
  assertStringIncludes(advice("--engine=wasm"), "--engine native");
  for (const args of [["--engine", "native"], ["--engine=native"]]) {
    assertEquals(advice(...args), "Ask for fewer rows or columns");
  }
});

Deno.test("the command of an alert only reads", IN_SHELL, async () => {
  for (const { id, next } of [...ALERTS, FAULT]) {
    for (const printed of await printedIn(next)) {
      const { task } = printed;
      assert(isHarmless(printed) && task !== "restore", `${id} suggests: ${next}`);
    }
  }
});
