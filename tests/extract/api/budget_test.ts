import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import fc from "fast-check";
import { RateLimitError } from "../../../etl/common/errors.ts";
import { Budget, type Spending, WINDOW } from "../../../etl/extract/api/budget.ts";
import { fakeClock } from "../../clock.ts";
import { nextOf } from "../../next.ts";

const NEVER = { deadline: Infinity };

Deno.test("a request above the limit waits until earlier people leave the window", async () => {
  const clock = fakeClock(0);
  const budget = new Budget(20_000, clock);
  for (let page = 1; page <= 4; page++) await budget.take(5000, NEVER);
  assertEquals(clock.sleeps, []);
  const waits: number[] = [];
  await budget.take(5000, { ...NEVER, onWait: (wait) => waits.push(wait) });
  assertEquals(waits, [WINDOW]);
  assertEquals(clock.now(), WINDOW);
});

Deno.test("the window of a request begins with its response", async () => {
  const clock = fakeClock(0);
  const budget = new Budget(10, clock);
  const taken = await budget.take(10, NEVER);
  await clock.sleep(3000);
  taken.answered();
  await budget.take(10, NEVER);
  assertEquals(clock.now(), WINDOW + 3000);
});

Deno.test("a request that did not count returns its people to the budget", async () => {
  const clock = fakeClock(0);
  const budget = new Budget(10, clock);
  const spendings: Spending[] = [];
  budget.onSpend = (spending) => Promise.resolve(void spendings.push(spending));
  await (await budget.take(10, NEVER)).giveBack();
  await budget.take(10, NEVER);
  assertEquals(clock.sleeps, []);
  assertEquals(spendings.map(({ people }) => people), [10, -10, 10]);
});

Deno.test("people that an earlier process requested count too", async () => {
  const clock = fakeClock(1000);
  const budget = new Budget(10, clock);
  budget.restore([{ at: 400, people: 8 }]);
  await budget.take(2, NEVER);
  assertEquals(clock.sleeps, []);
  await budget.take(8, NEVER);
  assertEquals(clock.now(), 400 + WINDOW);
});

Deno.test("a wait beyond the deadline fails immediately with an error that names the wait", async () => {
  const clock = fakeClock(0);
  const budget = new Budget(10, clock);
  await budget.take(10, NEVER);
  const error = await assertRejects(() => budget.take(1, { deadline: WINDOW }), RateLimitError);
  assertEquals(clock.sleeps, []);
  assertMatch(error.message, /more than 10 people in 5 min 0 s before the timeout/);
  assertMatch(nextOf(error), /again in 5 min 0 s/);
  // A failed request does not delay the next ones.
  await budget.take(1, NEVER);
});

Deno.test("without a limit there is no wait", async () => {
  const clock = fakeClock(0);
  const budget = new Budget(0, clock);
  for (let page = 0; page < 100; page++) await budget.take(5000, NEVER);
  assertEquals(clock.sleeps, []);
});

Deno.test("concurrent requests start in order, and no window exceeds the limit", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(sizes, async (pages) => {
      const clock = fakeClock(0);
      const budget = new Budget(100, clock);
      const sent: { at: number; people: number; page: number }[] = [];
      await Promise.all(pages.map(async (people, page) => {
        await budget.take(people, NEVER);
        sent.push({ at: clock.now(), people, page });
      }));
      assertEquals(sent.map(({ page }) => page), pages.map((_, page) => page));
      for (const { at: start } of sent) {
        const inside = sent.filter(({ at }) => at >= start && at < start + WINDOW);
        assert(inside.reduce((sum, { people }) => sum + people, 0) <= 100);
      }
    }),
    { numRuns: 100 },
  );
});
