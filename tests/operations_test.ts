import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { COMMANDS } from "../etl/cli/mod.ts";
import { asksForHelp, parseCommand } from "../etl/cli/parse.ts";
import { ALERTS, FAULT } from "../etl/cli/runbook.ts";
import { ROOT } from "./layers.ts";
import { commandLines, RUNBOOK, section } from "./operations.ts";

const ALL = [...ALERTS, FAULT];

Deno.test("the runbook has a section for each alert with its title, meaning and next command", () => {
  for (const { id, title, meaning, next, retried, statuses } of ALL) {
    const text = section(id);
    assert(text !== undefined, `no section ${id}`);
    assertStringIncludes(text, `**${title}** (status `);
    assertStringIncludes(text, meaning);
    assertStringIncludes(text, `${next} `, id);
    const [, status = ""] = /\(status ([^)]*)\)/.exec(text) ?? [];
    assertEquals(status.match(/\d+/g)?.map(Number), [...statuses], id);
    assertEquals(status.includes("tried again"), retried, id);
  }
  const [, alerts = ""] = RUNBOOK.split("\n## Alerts\n");
  const headings = [...alerts.matchAll(/^### (.*)$/gm)].map(([, name]) => name);
  assertEquals(headings, ALL.map(({ id }) => id));
});

Deno.test("each debr command in the runbook is valid", async () => {
  const lines = commandLines("deno");
  assert(lines.length > 30);
  for (const line of lines) {
    const [deno, task, name = "", ...args] = line.split(" ");
    assertEquals([deno, task], ["deno", "task"], line);
    if (name === "") continue;
    assert(name in config.tasks, line);
    const load = COMMANDS[name];
    assert(load !== undefined, line);
    if (!asksForHelp(args)) await parseCommand(await load(), args);
  }
});

Deno.test("the runbook calls only programs whose commands are tested", () => {
  const blocks = [...RUNBOOK.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    block!.trim().split("\n")
  );
  const programs = new Set(blocks.map((line) => line.split(" ", 1)[0]));
  assertEquals([...programs].toSorted(), ["airflow", "deno", "kubectl"]);
});

Deno.test("the runbook names files and sections that exist", async () => {
  for (const [, path] of RUNBOOK.matchAll(/`(deploy\/[^`]+)`/g)) await Deno.stat(ROOT + path);
  const anchors = [...RUNBOOK.matchAll(/^##+ (.*)$/gm)].map(([, name]) =>
    name!.toLowerCase().replaceAll(" ", "-")
  );
  for (const [, path, anchor] of RUNBOOK.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)) {
    if (path) await Deno.stat(`${ROOT}docs/${path}`);
    if (anchor) assert(anchors.includes(anchor), anchor);
  }
});
