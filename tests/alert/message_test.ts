import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { escaped, failureMessage, resolvedMessage } from "../../etl/alert/message.ts";
import { alertFor } from "../../etl/cli/runbook.ts";
import { assertMessage } from "./block_kit.ts";

const RUN = {
  pipeline: "nightly",
  step: "check tables",
  run: "scheduled__2026-01-02",
  link: "https://airflow.example/dags?a=1&b=2|3",
};
const INCIDENT = { since: "2026-01-01T00:00:00.000Z", alert: "source", title: "broken" };

Deno.test("the alert of a gate names the failures, counts, meaning and next command", () => {
  const facts = {
    reason: "2 of 150 <expectations> failed",
    next: "Look first",
    counts: [["counts failed", 2], ["rows users", 1_000_000]] as const,
    failed: ["users.email.matches"],
  };
  const message = failureMessage(alertFor(5, "check tables"), facts, RUN);
  assertMessage(message);
  assertEquals(message.text.startsWith("nightly: the tables failed a check. "), true);
  const text = JSON.stringify(message);
  for (
    const part of [
      "⛔ nightly: the tables failed a check",
      "2 of 150 &lt;expectations&gt; failed",
      "• users.email.matches",
      "*rows users*\\n1,000,000",
      "Look first",
      "```deno task check```",
      "<https://airflow.example/dags?a=1&amp;b=2%7C3|Open the run>",
      "scheduled__2026-01-02",
      "docs/operations.md, section gate-tables",
    ]
  ) assertStringIncludes(text, part);
});

Deno.test("a resolved message looks different from a failure and names the duration", () => {
  const facts = { counts: [], failed: [] };
  const failed = failureMessage(alertFor(3, "land"), facts, { pipeline: "nightly" });
  assertStringIncludes(JSON.stringify(failed), "🔴");
  const now = Date.parse(INCIDENT.since) + 7_500_000;
  const message = resolvedMessage(INCIDENT, facts, { pipeline: "nightly", now });
  assertMessage(message);
  assertEquals(
    message.text,
    "nightly: resolved. It works again after 2 h 5 min. The problem was: broken.",
  );
  assertStringIncludes(JSON.stringify(message), "✅");
});

Deno.test("the next command names the folder and the API of the run", () => {
  const facts = { counts: [], failed: [] };
  const run = { pipeline: "nightly", run: "scheduled__2026-01-02T02:00:00+00:00", api: "--api x" };
  for (
    const [status, step, of, command] of [
      [5, "check pages", run, "--source data/raw/scheduled_2026-01-02T02_00_00_00_00"],
      [5, "check pages", { pipeline: "nightly" }, "--source data/raw/RUN"],
      [3, "land", run, "deno task extract --results 10 --dry-run --api x"],
      [3, "land", { pipeline: "nightly" }, "deno task extract --results 10 --dry-run"],
      [7, "load", run, "deno task drift"],
    ] as const
  ) {
    const text = JSON.stringify(failureMessage(alertFor(status, step), facts, of));
    assertStringIncludes(text, `${command}\`\`\``);
  }
});

Deno.test("a truncated text keeps complete characters and escapes", () => {
  assertEquals(escaped("a<b", 10), "a&lt;b");
  assertEquals(escaped("a<bc", 6), "a&lt;…");
  assertEquals(escaped("a<bc", 5), "a…");
  assertEquals(escaped("🔴🔴🔴", 5), "🔴🔴…");
  assertEquals(escaped("🔴🔴", 4), "🔴🔴");
});

Deno.test("Slack accepts a message with any content", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 50 }),
    fc.constantFrom("&<>|`*_~", "```", "<!channel>", "🔴", "a\u0000b")
      .chain((text) => fc.integer({ min: 1, max: 2000 }).map((times) => text.repeat(times))),
  );
  const facts = fc.record({
    reason: text,
    next: text,
    counts: fc.array(fc.tuple(text, fc.integer()), { maxLength: 10 }),
    failed: fc.array(text, { maxLength: 200 }),
  });
  const run = fc.record({
    pipeline: fc.stringMatching(/^[a-z]{1,200}$/),
    step: text.filter((text) => text !== ""),
    run: text.filter((text) => text !== ""),
    link: fc.webUrl({ withQueryParameters: true, withFragments: true }),
  });
  fc.assert(fc.property(facts, run, fc.integer({ min: 1, max: 255 }), (facts, run, status) => {
    const failure = failureMessage(alertFor(status, run.step), facts, run);
    assertMessage(failure);
    assertMessage(resolvedMessage(INCIDENT, facts, { ...run, now: Date.now() }));
    assert(!JSON.stringify(failure).includes("<!channel>"));
  }));
});
