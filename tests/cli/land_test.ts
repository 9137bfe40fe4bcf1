/**
 * `land` from the command line: its output, its files without secrets, and the commands that read these
 * files.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { gunzipSync } from "node:zlib";
import { ada, type Loose, pageOf } from "../people.ts";
import { rewrite } from "../run/land/landed.ts";
import { filesUnder, Project } from "../project.ts";

const SECRETS = ["PlantedPassword", "PlantedSalt", "PlantedMd5", "PlantedSha1"];
const [password, salt, md5, sha1] = SECRETS;
const SECRET = SECRETS.join(" ");

/** People with secrets in the API's fields and in unknown fields. */
const PEOPLE: readonly Loose[] = [
  ada({ login: { ...ada().login, password, salt, md5, sha1 } }),
  ada({ extra: SECRET, "name.password": password, "location.deep": { password: [password] } }),
  ada({ login: `someone:${SECRET}` }),
  ada({ "login.uuid": { password } }),
  ada({ nat: { nat: SECRET } }),
  ada({ "location.postcode": [SECRET] }),
  SECRET as Loose,
  [ada({ password })] as Loose,
];

/** Reads the text of every file under a folder; compressed files are decompressed. */
async function textsUnder(folder: string): Promise<string[]> {
  const files = await filesUnder(folder);
  return [...files].map(([path, bytes]) =>
    path.endsWith(".gz") ? gunzipSync(bytes).toString("utf8") : new TextDecoder().decode(bytes)
  );
}

Deno.test("land writes no secret to a file or a screen", async () => {
  await using project = await Project.copy();
  const page = { ...pageOf(PEOPLE), password: SECRET };
  await Deno.writeTextFile(project.path("page.json"), JSON.stringify(page));
  for (const log of [[], ["--log", "text"], ["--json"]]) {
    const out = `data/raw/${log.length}`;
    const ran = await project.run(["land", "--source", "page.json", "--out", out, ...log]);
    assertEquals(ran.status, 0, ran.err);
    const texts = [...await textsUnder(project.path(out)), ran.out, ran.err];
    assert(texts.some((text) => text.includes("happyexample123")), "nobody was landed");
    for (const secret of SECRETS) {
      assert(!texts.some((text) => text.includes(secret)), `${secret} is kept`);
    }
  }
});

Deno.test("land, check, extract and rejects replay work together and print the next command", async (t) => {
  await using project = await Project.copy();
  const run = async (args: string, status = 0) => {
    const ran = await project.run(args.split(" "));
    assertEquals(ran.status, status, ran.err + ran.out);
    return ran;
  };
  const land = "land --source synthetic --results 30 --page-size 10 --seed s --out data/raw/s/";

  await t.step("a machine lands its pages", async () => {
    const { out } = await run(`${land} --pages 1-2 --json`);
    const { files: [file], seconds, run: id, ...summary } = JSON.parse(out);
    assert(seconds >= 0);
    assertMatch(id, /^[0-9a-f]{16}$/);
    assertEquals(file.path, "data/raw/s/pages-000001-000002.ndjson.gz");
    assertEquals(summary, {
      out: "data/raw/s",
      request: {
        ...{ source: "synthetic", version: "1.4", seed: "s", results: 30, pageSize: 10 },
      },
      pages: { from: 1, to: 2, of: 3 },
      people: 20,
      bytes: file.bytes,
      kept: 0,
    });
  });

  await t.step("check and extract report missing pages", async () => {
    const { out } = await run("check --stage pages --source data/raw/s", 5);
    assertStringIncludes(out, "page: page 3 of 3 · rule: missing");
    const { err } = await run("extract --source data/raw/s", 3);
    assertStringIncludes(err, "Cannot use data/raw/s: it lacks page 3 of 3\n");
  });

  await t.step("another machine lands the rest", async () => {
    const { err } = await run(`${land} --pages 3`);
    assertMatch(err, /^10 people on page 3 of 3 in 1 file under data\/raw\/s, .* s\nLand the/);
    assertEquals((await run(`${land} --pages 3 --log json`)).err, "");
    await run("check --stage pages --source data/raw/s");
    const { err: extracted } = await run("extract --source data/raw/s");
    assertStringIncludes(extracted, "30 people in six tables");
  });

  await t.step("a reject is replayed from its page", async () => {
    const bad = pageOf([ada({ gender: "nobody" }), ada()]);
    await Deno.writeTextFile(project.path("bad.json"), JSON.stringify(bad));
    await run("land --source bad.json --out data/raw/bad");
    await run("extract --source data/raw/bad --out data/bad --max-rejects 1");
    const { out } = await run("rejects --data data/bad --json");
    assertStringIncludes(out, "data/raw/bad/pages-000001-000001.ndjson.gz#1");
    const replay = async () => (await run("rejects replay --data data/bad")).out;
    assertStringIncludes(await replay(), "Added 0 people\n1 reject left");
    const file = project.path("data/raw/bad/pages-000001-000001.ndjson.gz");
    await Deno.rename(file, `${file}.away`);
    assertStringIncludes(await replay(), "1 reject left\nCannot replay those of ");
    await Deno.rename(`${file}.away`, file);
    await rewrite(file, (text) => text.replace('"nobody"', '"male"'));
    assertStringIncludes(await replay(), "Added 1 person\n0 rejects left");
  });

  await t.step("invalid pages are refused", async () => {
    for (const pages of ["0", "2-", "x", "1-2-3"]) {
      const { err } = await run(`${land} --pages ${pages}`, 2);
      assertStringIncludes(err, "--pages");
    }
    const { err } = await run(`${land} --pages 3-4 --log json`, 2);
    const [last] = err.trim().split("\n").map((line) => JSON.parse(line)).slice(-1);
    assertEquals([last.event, last.status], ["run.failed", 2]);
  });
});
