// What was spent of the API's limit, kept in the dataset so that the next process knows it: a run
// that goes on after a kill, or another one, does not run into the limit.
import { onDisk, PRIVATE, sealJson, writeTextDurable } from "../load/dataset/mod.ts";
import type { RandomUser } from "../random_user.ts";
import { type Spending, WINDOW } from "../extract/api/budget.ts";
import { readLines } from "./lines.ts";

/** Milliseconds that a request of an earlier process may have taken to be counted by the API. */
const UNDER_WAY = 5000;

/** What is still in the window, requests that did not count taken out. */
async function stillSpent(path: string, since: number): Promise<Spending[]> {
  const people = new Map<number, number>();
  for await (const spending of readLines<Spending>(path)) {
    people.set(spending.at, (people.get(spending.at) ?? 0) + spending.people);
  }
  return [...people].map(([at, people]) => ({ at, people }))
    .filter(({ at, people }) => at > since && people > 0);
}

/**
 * Takes up what earlier processes have spent, and notes what this one spends, in a folder that exists.
 */
export async function rememberSpending(
  { budget, request }: RandomUser,
  { root, now }: { readonly root: string; readonly now: number },
): Promise<void> {
  if (budget.limit === 0) return;
  const path = `${root}/.spent-${encodeURIComponent(new URL(request.api).host)}.ndjson`;
  const spent = await stillSpent(path, now - WINDOW);
  budget.restore(spent.map(({ at, people }) => ({ at: at + UNDER_WAY, people })));
  await writeTextDurable(path, spent.map((one) => sealJson(one) + "\n").join(""));
  budget.onSpend = (spending) =>
    onDisk(
      path,
      () => Deno.writeTextFile(path, sealJson(spending) + "\n", { append: true, mode: PRIVATE }),
    );
}
