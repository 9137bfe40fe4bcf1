import { assert, assertEquals, assertRejects } from "@std/assert";
import { DestinationError, SourceError } from "../../etl/common/errors.ts";
import { packFault, unpackFault } from "../../etl/common/fault.ts";
import type { PagePeople } from "../../etl/run/batch.ts";
import { WorkPool } from "../../etl/run/pool.ts";
import type { LocalPage } from "../../etl/extract/pages/pages.ts";

function synthetic(page: number, results = 40): LocalPage {
  const request = { seed: "pool", page, results, version: "1.4" as const };
  return { kind: "synthetic", label: `page ${page}`, request };
}

/** Runs a test with a temporary folder. */
function withFolder(test: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
}

/** Reads every file below a folder, by relative path. */
async function files(folder: string): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {};
  for await (const { name, isFile } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isFile) found[name] = await Deno.readFile(path);
    else {for (const [inner, bytes] of Object.entries(await files(path))) {
        found[`${name}/${inner}`] = bytes;
      }}
  }
  return found;
}

Deno.test(
  "any number of workers builds the same bytes and reports every page",
  withFolder(async (root) => {
    const built = [];
    for (const workers of [1, 2, 3]) {
      const reported: PagePeople[] = [];
      let batches = 0;
      await using pool = new WorkPool({ workers, onPage: (page) => reported.push(page) });
      for (let batch = 0; batch < 4; batch++) {
        const pages = [synthetic(batch * 2), synthetic(batch * 2 + 1)];
        await pool.add({ folder: `${root}/${workers}/${batch}`, pages }, (people) => {
          assertEquals(people, { received: 80, rejected: 0, repeated: 0 });
          batches++;
        });
      }
      await pool.finish();
      assertEquals(batches, 4);
      assertEquals(reported, Array(8).fill({ received: 40, rejected: 0 }));
      built.push(await files(`${root}/${workers}`));
    }
    assertEquals(Object.keys(built[0]!).length, 4 * 7);
    assertEquals(built[1], built[0]);
    assertEquals(built[2], built[0]);
  }),
);

for (const workers of [1, 2]) {
  Deno.test(
    `an error in one batch stops all batches (workers: ${workers})`,
    withFolder(async (root) => {
      await using pool = new WorkPool({ workers });
      const path = `${root}/page.json`;
      await Deno.writeTextFile(path, "<html>");
      const error = await assertRejects(async () => {
        const page: LocalPage = { kind: "file", label: "page.json", path };
        await pool.add({ folder: `${root}/bad`, pages: [page] });
        for (let batch = 0; batch < 50; batch++) {
          await pool.add({ folder: `${root}/${batch}`, pages: [synthetic(batch, 500)] });
        }
        await pool.finish();
      }, SourceError);
      assertEquals(
        error.message,
        "Cannot use page.json: not JSON: an HTML page, at line 1, column 1 (rule json)",
      );
      assertEquals([error.status, error.step, error.transient], [3, "page", true]);
      assertEquals(
        error.next,
        "A proxy, a login or an outage answered in place of the API: save the API's answer again",
      );
      assertEquals(pool.signal.reason, error);
      const before = Object.keys(await files(root)).length;
      assert(before < 20 * 7, "later batches were built");
    }),
  );

  Deno.test(
    `an abort stops a batch within a second (workers: ${workers})`,
    withFolder(async (root) => {
      const stop = new AbortController();
      const started = Promise.withResolvers<void>();
      await using pool = new WorkPool({
        workers,
        signal: stop.signal,
        onPage: () => started.resolve(),
      });
      const pages = Array.from({ length: 1000 }, (_, page) => synthetic(page, 200));
      await pool.add({ folder: `${root}/long`, pages });
      await started.promise;
      stop.abort();
      const start = Date.now();
      await assertRejects(() => pool.finish(), DOMException, "aborted");
      assert(Date.now() - start < 1000);
      await assertRejects(() => pool.add({ folder: `${root}/next`, pages }), DOMException);
    }),
  );
}

Deno.test("a pool with an aborted signal accepts no batch", async () => {
  await using pool = new WorkPool({ workers: 2, signal: AbortSignal.abort() });
  await assertRejects(() => pool.add({ folder: "never", pages: [] }), DOMException);
});

Deno.test("an error of debr keeps its class and all its fields", () => {
  const cause = new Deno.errors.NotFound("no such file (os error 2)");
  const error = new DestinationError("Cannot write x", { step: "write", next: "Make room", cause });
  const back = unpackFault(structuredClone(packFault(error)));
  assert(back instanceof DestinationError);
  assertEquals([back.message, back.status, back.step, back.next, back.transient], [
    "Cannot write x",
    7,
    "write",
    "Make room",
    false,
  ]);
  assert(back.cause instanceof Deno.errors.NotFound);
  assertEquals((back.cause as Error).message, "no such file (os error 2)");
});

Deno.test("other errors keep name, message and stack", () => {
  const error = new RangeError("too far");
  const back = unpackFault(structuredClone(packFault(error)));
  assertEquals([back.name, back.message, back.stack], ["RangeError", "too far", error.stack]);
  assertEquals(unpackFault(packFault("text")).message, "text");
  const denied = new Deno.errors.NotCapable("Requires write access");
  assert(unpackFault(structuredClone(packFault(denied))) instanceof Deno.errors.NotCapable);
});
