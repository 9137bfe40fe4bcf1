import { assertEquals } from "@std/assert";
import { factsOf, parseSummary, withoutValues } from "../../etl/alert/facts.ts";

Deno.test("a sentence keeps the event and drops every personal value", () => {
  const sentences = [
    ["12 of 1,000 people (1.2%) failed a rule", "12 of 1,000 people (1.2%) failed a rule"],
    ["Cannot fetch page 3: status 503", "Cannot fetch page 3: status 503"],
    ["debr's tables and ada's", "debr's tables and ada's"],
    ["Key (email)=(ada@example.com) is there", "Key (email)=(…) is there"],
    ["Duplicate entry 'Ada Lovelace' for key 'email'", "Duplicate entry … for key …"],
    ['invalid input: "1990-01-31"', "invalid input: …"],
    ["mail to luk'yan.kolos@example.com failed", "mail to … failed"],
    ["call 011-962-7516 or (489)-330-2385", "call … or …"],
    ["user 1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed is gone", "user … is gone"],
    ["Cannot reach postgres://u:pw@db:5432/people", "Cannot reach postgres://db:5432/people"],
  ] as const;
  for (const [sentence, expected] of sentences) assertEquals(withoutValues(sentence), expected);
});

Deno.test("the facts of a failed command are its status, sentence and next command", () => {
  const error = {
    ...{ status: 5, name: "DataError", step: "validate", transient: false },
    ...{
      message: 'Nothing committed: 9 people, "Ada"',
      next: "Read why: deno task rejects --failed",
    },
  };
  assertEquals(factsOf({ error }), {
    status: 5,
    reason: "Nothing committed: 9 people, …",
    next: "Read why: deno task rejects --failed",
    counts: [],
    failed: [],
  });
  const usage = { status: 2, message: 'Cannot use "x"', next: 'deno task query "select 1"' };
  assertEquals(factsOf({ error: usage }).reason, 'Cannot use "x"');
  assertEquals(factsOf({ error: usage }).next, 'deno task query "select 1"');
});

Deno.test("the facts of a check are its counts and the names of failed expectations, without rows", () => {
  const row = { name: "users.email.matches", verdict: "failed", severity: "error" };
  const summary = {
    ...{ stage: "tables", at: "2026-01-01T00:00:00.000Z", seconds: 1.5, status: 5 },
    ...{ rows: { users: 1000 }, counts: { passed: 150, warned: 1, failed: 2, broken: 0 } },
    expectations: [
      { ...row, failed: 5, sample: [{ email: "a…@…" }], observed: "planted", query: "planted" },
      { ...row, name: "mild", severity: "warn" },
      { ...row, name: "good", verdict: "passed" },
      { ...row, name: "mine", verdict: "broken", severity: "warn" },
      { ...row, name: "planted <b> value" },
      { ...row, name: 7 },
    ],
  };
  assertEquals(factsOf(summary), {
    status: 5,
    counts: [
      ["counts failed", 2],
      ["rows users", 1000],
      ["counts passed", 150],
      ["counts warned", 1],
      ["counts broken", 0],
    ],
    failed: ["users.email.matches", "mine"],
  });
});

Deno.test("the facts hold at most ten figures, without bytes, texts and invalid names", () => {
  const tables = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`t${at}`, { rows: at, bytes: 5, "a b": 1 }]),
  );
  const { counts } = factsOf({ seconds: 3, tables, people: { rejected: 2 }, deep: { text: "x" } });
  assertEquals(counts.length, 10);
  assertEquals(counts[0], ["people rejected", 2]);
  assertEquals(counts[1], ["tables t1 rows", 1]);
});

Deno.test("the summary is found in the output, or is undefined", () => {
  assertEquals(parseSummary('{"a": 1}\n'), { a: 1 });
  assertEquals(parseSummary('{\n  "a": 1\n}'), { a: 1 });
  assertEquals(parseSummary('fetching\n{"a": 1}\n{"a": 2}\nkilled {\n'), { a: 2 });
  for (const none of ["", "null", "[1]", "7", "{"]) assertEquals(parseSummary(none), undefined);
});
