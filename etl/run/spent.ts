// The used part of the API limit, stored in the dataset so that other processes respect it.
import { onDisk, PRIVATE, sealJson, writeTextDurable } from "../load/dataset/mod.ts";
import type { RandomUser } from "../random_user.ts";
import { type Spending, WINDOW } from "../extract/api/budget.ts";
import { readLines } from "./sealed_lines.ts";

/** Most milliseconds until the API counts a request of an earlier process. */
const UNDER_WAY = 5000;

/** Reads the spending within the window, without requests that did not count. */
async function stillSpent(path: string, since: number): Promise<Spending[]> {
  const people = new Map<number, number>();
  for await (const spending of readLines<Spending>(path)) {
    people.set(spending.at, (people.get(spending.at) ?? 0) + spending.people);
  }
  return [...people].map(([at, people]) => ({ at, people }))
    .filter(({ at, people }) => at > since && people > 0);
}

/** Restores the spending of earlier processes and saves the spending of this one. */
export async function rememberSpending(
  { budget, request }: RandomUser,
  { root, now }: { root: string; now: number },
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
