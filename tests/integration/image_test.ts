/**
 * The content of the image, and that it works with write access only to its volume.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { temporary } from "../temporary.ts";
import { Image, imagesAvailable } from "./image.ts";
import { run } from "./servers.ts";

const ignore = !await imagesAvailable();

/** Megabytes that the image may add to its base. */
const LIMIT = 250;

/** Lists the names in a folder, sorted. */
async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

function assertDescribed({ config: image, added }: Image): void {
  assert(added < LIMIT, `${added} MB`);
  assertEquals(image.User, "65532:65532");
  assertEquals(image.StopSignal, "SIGTERM");
  assertEquals(image.Labels["org.opencontainers.image.version"], config.version);
  assertEquals(image.Labels["org.opencontainers.image.licenses"], config.license);
  assertEquals(image.Labels["org.opencontainers.image.revision"], "tested");
  assert(!image.Entrypoint.includes("-c"), "a shell would take the signals");
}

async function assertContainsOnlyProgram({ root }: Image): Promise<void> {
  assertEquals(await namesIn(`${root}/app`), [
    ...["data", "deno.json", "deno.lock", "etl", "main.ts", "schema", "std"],
    "tasks.json",
  ]);
  assertEquals(await namesIn(`${root}/app/data`), ["sample"]);
}

async function assertExtractsAndQueries(image: Image, volume: string): Promise<void> {
  const extracted = await image.run(volume, ["extract", "--source", "sample", "--json"]);
  assertEquals(extracted.status, 0, extracted.err);
  assertEquals(JSON.parse(extracted.out).tables.users.rows, 1000);
  for (const engine of ["wasm", "native"]) {
    const sql = "select count(*)::int as people from users join logins using (user_id)";
    const queried = await image.run(volume, ["query", "--format", "csv", "--engine", engine, sql]);
    assertEquals(queried.status, 0, queried.err);
    assertEquals(queried.out, "people\n1000\n");
  }
  const { uid } = await Deno.stat(`${volume}/tables/manifest.json`);
  assertEquals(uid, 65532);
  const checked = await image.run(volume, ["check"]);
  assertEquals(checked.status, 0, checked.err);
}

/** Asserts that the cloud clients are installed: requests fail only because there is no network. */
async function assertHasCloudClients(image: Image, volume: string): Promise<void> {
  for (const place of ["s3://bucket/people", "gs://bucket/people"]) {
    const listed = await image.run(volume, ["backup", "--list", "--to", place]);
    assertEquals(listed.status, 7, listed.err);
    assert(!/npm/.test(listed.err), listed.err);
  }
}

/** Asserts that Deno's permissions and the system's rights are minimal. */
async function assertHasNoOtherRights(image: Image, volume: string): Promise<void> {
  const outside = await image.run(volume, ["extract", "--source", "sample", "--out", "/tmp/x"]);
  assertEquals(outside.status, 2);
  assertStringIncludes(outside.err, "the task has no write permission");
  const code = `
    const failed = (action) => { try { action(); return "done"; } catch (e) { return e.message; } };
    console.log(JSON.stringify({
      process: Deno.pid,
      user: Deno.uid(),
      write: ["/app/x", "/tmp/x", "/deno-dir/x"].map((to) => failed(() => Deno.mkdirSync(to))),
      shell: failed(() => new Deno.Command("/bin/sh").outputSync()),
      connect: await Deno.connect({ hostname: "1.1.1.1", port: 443 }).catch((e) => e.message),
      capabilities: Deno.readTextFileSync("/proc/1/status").match(/CapEff:\\s*(\\w+)/)[1],
    }));`;
  const { out, err } = await image.run(volume, ["eval", code], ["/usr/local/bin/deno"]);
  assert(out !== "", err);
  const { process, user, write, shell, connect, capabilities } = JSON.parse(out);
  assertEquals({ process, user, capabilities }, {
    process: 1,
    user: 65532,
    capabilities: "0000000000000000",
  });
  for (const error of write) assertStringIncludes(error, "Read-only file system");
  assertMatch(shell, /No such file|entity not found/i);
  assertMatch(connect, /unreachable/);
}

/** Asserts that SIGTERM to process 1, as engines send it, stops a run. */
async function assertStops(image: Image, volume: string): Promise<void> {
  const args = ["extract", "--source", "synthetic", "--results", "1000000", "--out", "data/big"];
  const child = image.start(volume, args);
  const staging = `${volume}/big/.staging`;
  while (!await Deno.stat(staging).then(() => true, () => false)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // Deno may read this file only with all permissions.
  const children = `/proc/${child.pid}/task/${child.pid}/children`;
  const first = Number((await run("cat", [children])).trim());
  const began = performance.now();
  Deno.kill(first, "SIGTERM");
  const { code, stderr } = await child.output();
  assertEquals(code, 130);
  assertStringIncludes(new TextDecoder().decode(stderr), "Run the same command again to continue");
  assert(performance.now() - began < 10_000, "Docker would have killed it");
  assertEquals(await namesIn(`${volume}/big/tables`).catch(() => []), []);
}

Deno.test({
  name: "the image works as an unprivileged user on a read-only root without a shell",
  ignore,
  fn: async (t) => {
    await using image = await Image.build();
    await using here = await temporary();
    const volume = await image.volume(`${here.path}/volume`);
    await t.step("it is small and has labels", () => assertDescribed(image));
    await t.step("it contains only the program", () => assertContainsOnlyProgram(image));
    await t.step("it extracts, queries and checks", () => assertExtractsAndQueries(image, volume));
    await t.step("it has the clients of clouds", () => assertHasCloudClients(image, volume));
    await t.step("it has no other rights", () => assertHasNoOtherRights(image, volume));
    await t.step("it stops on SIGTERM", () => assertStops(image, volume));
  },
});
