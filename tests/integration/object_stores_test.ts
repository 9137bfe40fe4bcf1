import { assertEquals } from "@std/assert";
import { startGcs, startS3, storesAvailable } from "./object_stores.ts";

const ignore = !await storesAvailable();

Deno.test({
  name: "the S3 server refuses an unsigned request",
  ignore,
  fn: async () => {
    await using store = await startS3();
    const response = await fetch(`http://127.0.0.1:${store.port}/backups`);
    await response.body?.cancel();
    assertEquals(response.status, 403);
  },
});

Deno.test({
  name: "the GCS server has the bucket",
  ignore,
  fn: async () => {
    await using store = await startGcs();
    const response = await fetch(`http://127.0.0.1:${store.port}/storage/v1/b/backups`);
    assertEquals((await response.json()).name, "backups");
  },
});
