// The tables and sections that the benchmarks write.
import { assertEquals, assertThrows } from "@std/assert";
import { withSection } from "./bench/section.ts";
import { excess, nightTable, type Row } from "./bench/night/table.ts";

function row(step: string, [debr, yardstick]: readonly [number, number]): Row {
  return {
    step,
    debr: { seconds: debr, megabytes: 100.4 },
    yardstick: { name: "`a | b`", seconds: yardstick, megabytes: 20 },
    why: `${step} is like that.`,
  };
}

Deno.test("each step is a row with its share of the night and its ratio, and bars are escaped", () => {
  const table = nightTable([row("load", [3, 2]), row("check", [1, 4])]).split("\n");
  assertEquals(table.slice(2, 5), [
    "| load | 3.0 | 100 | 75% | `a \\| b` | 2.0 | 20 | 1.50 |",
    "| check | 1.0 | 100 | 25% | `a \\| b` | 4.0 | 20 | 0.25 |",
    "| all | 4.0 | | 100% | | | | |",
  ]);
});

Deno.test("a step over a limit is listed with its explanation or as not explained", () => {
  for (
    const [seconds, yardstick, expected] of [
      [10, 5, undefined],
      [10, 4, "2.5 times its yardstick"],
      [11, 11, "11% of the night"],
      [30, 10, "3.0 times its yardstick and 30% of the night"],
    ] as const
  ) {
    assertEquals(excess(row("load", [seconds, yardstick]), 100), expected);
  }
  const { why: _, ...unexplained } = row("backup", [1, 1]);
  const notes = nightTable([row("load", [9, 9]), unexplained, row("extract", [0.1, 1])]).split(
    "\n",
  );
  assertEquals(notes.filter((line) => line.startsWith("- ")), [
    "- load: 89% of the night. load is like that.",
  ]);
  assertEquals(
    nightTable([unexplained]).split("\n").at(-1),
    "- backup: 100% of the night. Not explained.",
  );
});

Deno.test("a section is replaced, and the rest of the document does not change", () => {
  const document = "# A\n\n<!-- night -->\n\nold\n\n<!-- /night -->\n\n## B\n";
  const written = "# A\n\n<!-- night -->\n\nnew\n\n<!-- /night -->\n\n## B\n";
  assertEquals(withSection(document, { name: "night", text: "new\n" }), written);
  assertThrows(() => withSection(document, { name: "day", text: "" }), Error, "<!-- day -->");
});
