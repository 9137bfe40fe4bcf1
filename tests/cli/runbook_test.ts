import { assert, assertEquals } from "@std/assert";
import { COMMANDS } from "../../etl/cli/mod.ts";
import { parseCommand } from "../../etl/cli/parse.ts";
import { EXIT } from "../../etl/common/errors.ts";
import { alertFor, ALERTS, FAULT } from "../../etl/cli/runbook.ts";

const ALL = [...ALERTS, FAULT];

Deno.test("each exit code of any command has an alert", () => {
  for (const status of Object.values(EXIT).filter((status) => status !== EXIT.done)) {
    const alert = alertFor(status, "something new");
    assert(alert.statuses.includes(status), `${status}`);
  }
  assertEquals(alertFor(99).id, "fault");
  assertEquals(alertFor(EXIT.data, "check tables").id, "gate-tables");
  assertEquals(alertFor(EXIT.destination, "backup").id, "backup");
  assertEquals(alertFor(137, "extract").id, "stopped");
});

Deno.test("each alert has an exit code that triggers it, and a unique name", () => {
  assertEquals(new Set(ALL.map(({ id }) => id)).size, ALL.length);
  for (const alert of ALL) {
    const found = alert.statuses.map((status) => alertFor(status, alert.steps?.[0]));
    assertEquals(found.map(({ id }) => id), alert.statuses.map(() => alert.id));
  }
});

Deno.test("debr accepts the next command of each alert", async () => {
  for (const { next } of ALL) {
    const [deno, task, name = "", ...args] = next.split(" ");
    assertEquals([deno, task], ["deno", "task"]);
    if (name === "") continue;
    const load = COMMANDS[name];
    assert(load !== undefined, next);
    await parseCommand(await load(), args);
  }
});
