import { assert, assertEquals, assertRejects } from "@std/assert";
import { lockDataset } from "../../../etl/load/dataset/open.ts";
import { DestinationError } from "../../../etl/common/errors.ts";
import { verify } from "../../../etl/load/dataset/verify.ts";
import { folder, people, run } from "./support.ts";

const LOCK = new URL("../../../etl/load/dataset/open.ts", import.meta.url);

/** Starts a process that holds the lock of a dataset until it is killed. */
async function holder(root: string): Promise<Deno.ChildProcess> {
  const script = `
    const { lockDataset } = await import(${JSON.stringify(LOCK.href)});
    const lock = await lockDataset(${JSON.stringify(root)});
    Deno.stdout.writeSync(new TextEncoder().encode("held"));
    await new Promise((done) => setTimeout(done, 60_000));
    lock[Symbol.dispose]();`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  assertEquals(new TextDecoder().decode(value), "held");
  await reader.cancel();
  return child;
}

Deno.test("a second writer is refused, a reader is not, and a killed writer leaves no lock", async () => {
  await using dir = await folder();
  const root = `${dir.path}/data`;
  await run(dir.path, [[people(3)]]);
  const child = await holder(root);
  try {
    const fault = await assertRejects(
      () => run(dir.path, [[people(4)]]),
      DestinationError,
      "another run is writing it",
    );
    assert(fault.transient);
    assertEquals((await verify(root)).people, 3);
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
  await run(dir.path, [[people(4)]]);
  assertEquals((await verify(root)).people, 4);
});

Deno.test("a released lock can be taken again in the same process", async () => {
  await using dir = await folder();
  for (let time = 0; time < 2; time++) {
    using _lock = await lockDataset(`${dir.path}/data`);
    await assertRejects(() => lockDataset(`${dir.path}/data`), DestinationError);
  }
});
