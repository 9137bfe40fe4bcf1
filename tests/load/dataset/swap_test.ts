import { assert, assertEquals, assertRejects } from "@std/assert";
import { committedTables, layout, MANIFEST } from "../../../etl/load/dataset/paths.ts";
import { lockDataset } from "../../../etl/load/dataset/open.ts";
import { recover, swap } from "../../../etl/load/dataset/swap.ts";
import { DestinationError } from "../../../etl/common/errors.ts";
import { extract } from "../../../etl/run/run.ts";
import { verify } from "../../../etl/load/dataset/verify.ts";
import { bytesOf, folder, people, run, source, userIds } from "./support.ts";
import { filesUnder } from "../../project.ts";
import { temporary } from "../../temporary.ts";
import { windowsLacks } from "../../windows.ts";

/** The folders of a dataset and what they hold; `half` has no manifest. */
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
  /** The committed tables, before and after recovery. */
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
  Deno.test(`an interruption when ${when} leaves ${committed ?? "no"} tables`, async () => {
    await using dir = await temporary();
    const root = dir.path;
    await make(root, state);
    const path = await committedTables(root);
    const holds = path && await Deno.readTextFile(`${path}/${MANIFEST}`);
    assertEquals(holds, committed);
    await recover(root);
    assertEquals(await read(root), committed ? { [`tables/${MANIFEST}`]: committed } : {});
    assertEquals(await committedTables(root), committed && layout(root).tables);
  });
}

Deno.test("a swap replaces all tables, and creates the first ones", async () => {
  for (const state of [{ next: "new" }, { next: "new", tables: "old" }] as const) {
    await using dir = await temporary();
    await make(dir.path, state);
    await swap(dir.path);
    assertEquals(await read(dir.path), { [`tables/${MANIFEST}`]: "new" });
  }
});

Deno.test("recovery restores the old tables after a failed swap", async () => {
  await using dir = await temporary();
  await make(dir.path, { tables: "old" });
  await assertRejects(() => swap(dir.path), DestinationError, "Cannot write");
  await recover(dir.path);
  assertEquals(await read(dir.path), { [`tables/${MANIFEST}`]: "old" });
});

Deno.test("a dataset has one writer at a time, which releases the lock at its end", async () => {
  await using dir = await temporary();
  const root = `${dir.path}/deep/data`;
  {
    using _lock = await lockDataset(root);
    await assertRejects(() => lockDataset(root), DestinationError, "another run is writing it");
  }
  using _again = await lockDataset(root);
});

Deno.test({
  name: "a symbolic link at tables becomes a folder, and its target does not change",
  ignore: windowsLacks("symbolic links"),
  fn: async () => {
    await using dir = await folder();
    const root = `${dir.path}/data`;
    await run(dir.path, [[people(5)]]);
    await Deno.rename(`${root}/tables`, `${dir.path}/elsewhere`);
    const before = await bytesOf(`${dir.path}/elsewhere`);
    for (const [mode, rows] of [["append", 9], ["replace", 7]] as const) {
      await Deno.remove(`${root}/tables`, { recursive: true }).catch(() => {});
      await Deno.symlink(`${dir.path}/elsewhere`, `${root}/tables`);
      await run(dir.path, [[people(rows)]], { mode });
      assert(!(await Deno.lstat(`${root}/tables`)).isSymlink);
      assertEquals((await userIds(root)).length, rows);
      assertEquals((await verify(root)).faults, []);
      assertEquals(await bytesOf(`${dir.path}/elsewhere`), before);
    }
  },
});

Deno.test({
  name: "a path of nearly 4,000 characters works, and a longer one is refused",
  ignore: windowsLacks("long paths"),
  fn: async () => {
    await using dir = await folder();
    const deep = `${dir.path}/${`${"x".repeat(199)}/`.repeat(19)}`;
    const root = deep + "d".repeat(3960 - deep.length);
    await Deno.mkdir(root, { recursive: true });
    const pages = await source(dir.path, [[people(5)]]);
    for (const mode of ["replace", "append"] as const) {
      await extract(pages, { root, mode, maxRejects: { share: 0 } });
    }
    assertEquals((await userIds(root)).length, 5);
    assertEquals((await verify(root)).faults, []);
    const options = { root: `${root}${"d".repeat(200)}`, maxRejects: { share: 0 } };
    await assertRejects(() => extract(pages, options), DestinationError, "File name too long");
  },
});
