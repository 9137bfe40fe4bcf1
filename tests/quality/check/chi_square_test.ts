import { assert, assertEquals } from "@std/assert";
import { chiSquare, type Distribution } from "../../../etl/quality/check/chi_square.ts";

/** Makes a distribution of these counts. */
function counts(...values: readonly number[]): Distribution {
  return Object.fromEntries(values.map((value, at) => [`c${at}`, value]));
}

function assertNear(actual: number, expected: number): void {
  assert(Math.abs(actual - expected) <= 1e-9 * Math.max(1, expected), `${actual}, ${expected}`);
}

// The expected figures come from scipy.stats.chi2_contingency without correction.
Deno.test("the statistic and its p-value equal those of scipy", () => {
  const three = chiSquare(counts(100, 200, 300), counts(120, 190, 290));
  assertNear(three.statistic, 2.244083600015803);
  assertNear(three.p, 0.3256142761947753);
  assertEquals(three.degreesOfFreedom, 2);
  const two = chiSquare(counts(500, 500), counts(600, 400));
  assertNear(two.statistic, 20.2020202020202);
  assertNear(two.p, 6.96793107284983e-6);
});

Deno.test("equal distributions of different sizes do not differ", () => {
  const { statistic, p } = chiSquare(counts(10, 20, 30), counts(1000, 2000, 3000));
  assertNear(statistic, 0);
  assertNear(p, 1);
});

Deno.test("a new or missing category is a difference", () => {
  assert(chiSquare({ a: 500, b: 500 }, { a: 500, b: 250, c: 250 }).p < 1e-9);
  assert(chiSquare({ a: 500, b: 500 }, { a: 500 }).p < 1e-9);
});

Deno.test("rare categories are merged", () => {
  const rare = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`r${at}`, 1]));
  assertEquals(chiSquare({ a: 500, ...rare }, { a: 500, ...rare }).degreesOfFreedom, 1);
});

Deno.test("no people, or only one category, is no difference", () => {
  const nothing = { statistic: 0, degreesOfFreedom: 0, p: 1 };
  assertEquals(chiSquare({}, {}), nothing);
  assertEquals(chiSquare({}, { a: 5 }), nothing);
  assertEquals(chiSquare({ a: 100 }, { a: 5 }), nothing);
});

Deno.test("a p-value too small for a double is 0", () => {
  assertEquals(chiSquare(counts(1e6, 0), counts(0, 1e6)).p, 0);
});
