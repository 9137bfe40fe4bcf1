import { assertEquals, assertRejects } from "@std/assert";
import { committedTables, layout, MANIFEST } from "../../../etl/load/dataset/paths.ts";
import { lockDataset } from "../../../etl/load/dataset/lock.ts";
import { recover, swap } from "../../../etl/load/dataset/swap.ts";
import { DestinationError } from "../../../etl/common/errors.ts";
import { filesUnder } from "../../project.ts";
import { temporary } from "../../temporary.ts";

/** Folders of a dataset by what they hold; `half` has no manifest. */
type State = { readonly [F in "tables" | "next" | "previous"]?: "old" | "new" | "half" };

async function make(root: string, state: State): Promise<void> {
  const folders = layout(root);
  for (const [folder, holds] of Object.entries(state)) {
    const path = folders[folder as keyof State];
    await Deno.mkdir(path, { recursive: true });
    await Deno.writeTextFile(`${path}/${holds === "half" ? "part" : MANIFEST}`, holds);
  }
}

async function read(root: string): Promise<Record<string, string>> {
  const files = await filesUnder(root);
  return Object.fromEntries(
    [...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  );
}

interface Interrupted {
  readonly when: string;
  readonly state: State;
  /** What is committed, read before anything is repaired. */
  readonly committed: "old" | "new" | undefined;
}

const INTERRUPTED: readonly Interrupted[] = [
  { when: "nothing was ever written", state: {}, committed: undefined },
  { when: "the first tables were being built", state: { next: "half" }, committed: undefined },
  { when: "new tables were being built", state: { tables: "old", next: "half" }, committed: "old" },
  { when: "new tables were complete", state: { tables: "old", next: "new" }, committed: "old" },
  {
    when: "only the first of two renames was done",
    state: { previous: "old", next: "new" },
    committed: "new",
  },
  {
    when: "the old tables were not yet removed",
    state: { tables: "new", previous: "old" },
    committed: "new",
  },
];

for (const { when, state, committed } of INTERRUPTED) {
  Deno.test(`interrupted when ${when}: ${committed ?? "no"} tables, also after recovery`, async () => {
    await using folder = await temporary();
    const root = folder.path;
    await make(root, state);
    const path = await committedTables(root);
    const holds = path && await Deno.readTextFile(`${path}/${MANIFEST}`);
    assertEquals(holds, committed);
    await recover(root);
    assertEquals(await read(root), committed ? { [`tables/${MANIFEST}`]: committed } : {});
    assertEquals(await committedTables(root), committed && layout(root).tables);
  });
}

Deno.test("a swap replaces the tables whole, and makes the first ones", async () => {
  for (const state of [{ next: "new" }, { next: "new", tables: "old" }] as const) {
    await using folder = await temporary();
    await make(folder.path, state);
    await swap(folder.path);
    assertEquals(await read(folder.path), { [`tables/${MANIFEST}`]: "new" });
  }
});

Deno.test("the old tables are moved away, not removed, before the new ones are there", async () => {
  await using folder = await temporary();
  await make(folder.path, { tables: "old" });
  await assertRejects(() => swap(folder.path), DestinationError, "Cannot write");
  await recover(folder.path);
  assertEquals(await read(folder.path), { [`tables/${MANIFEST}`]: "old" });
});

Deno.test("a dataset has one writer at a time, and is free when that one is done", async () => {
  await using folder = await temporary();
  const root = `${folder.path}/deep/data`;
  {
    using _lock = await lockDataset(root);
    await assertRejects(() => lockDataset(root), DestinationError, "another run is writing it");
  }
  using _again = await lockDataset(root);
});
