/**
 * The weekly check of the API and the files of a release.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { problemsOf } from "../../deploy/release/check.ts";
import { pathOfUrl } from "../../etl/common/path.ts";
import { startMockApi } from "../../etl/mock_api/server.ts";
import { temporary } from "../temporary.ts";
import { run } from "./servers.ts";

const ROOT = pathOfUrl(new URL("../../", import.meta.url));

async function watch(api: string) {
  const { code, stdout } = await new Deno.Command("deploy/live/watch.sh", {
    args: [api],
    cwd: ROOT,
    stderr: "inherit",
  }).output();
  return { code, report: new TextDecoder().decode(stdout) };
}

Deno.test("the weekly check distinguishes a change of the API from an outage", async () => {
  await using api = await startMockApi({ limit: 0 });
  const { code, report } = await watch(api.url);
  assertEquals([code, report.match(/: no difference$/gm)?.length], [0, 8], report);

  const renamed = await watch(api.faulty("renamed"));
  assertEquals(renamed.code, 1, renamed.report);
  for (const text of ["1.3 `drift`: status 6", "1.4 `extract`: status 5", "email"]) {
    assertStringIncludes(renamed.report, text);
  }
  const other = await watch(api.faulty("version"));
  assertEquals(other.code, 1, other.report);
  assertStringIncludes(other.report, "asked for version 1.3, got 1.4 (rule version)");

  const outage = await watch(api.faulty("error:times=1", "503"));
  assertEquals(outage.code, 75, outage.report);
});

Deno.test("a release has the source, an SBOM of all locked packages, and their checksums", async () => {
  await using folder = await temporary();
  await run("git", ["clone", "-q", ROOT, `${folder.path}/debr`]);
  const cwd = `${folder.path}/debr`;
  await run("git", ["tag", "v9.9.9"], { cwd });
  await run("deploy/release/build.sh", ["v9.9.9", "dist"], { cwd });
  await run("sha256sum", ["-c", "SHA256SUMS"], { cwd: `${cwd}/dist` });
  const sbom = JSON.parse(await Deno.readTextFile(`${cwd}/dist/debr-9.9.9.cdx.json`));
  const lock = JSON.parse(await Deno.readTextFile(`${ROOT}deno.lock`));
  assertEquals(sbom.bomFormat, "CycloneDX");
  const names = new Set(
    sbom.components.map(({ name, group }: { name: string; group?: string }) =>
      group ? `${group}/${name}` : name
    ),
  );
  const locked = Object.keys(lock.npm).map((one) => one.replace(/(?<=.)@.*$/, ""));
  assert(locked.length > 100);
  assertEquals(locked.filter((name) => !names.has(name)), []);
});

Deno.test("a release is refused if version, changelog and image disagree", () => {
  const changelog = "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-31\n\n- Works.\n";
  const right = { version: "1.2.3", changelog, dockerfile: "ARG VERSION=1.2.3\n" };
  assertEquals(problemsOf(right), []);
  assertEquals(problemsOf({ ...right, version: "1.3.0" }), [
    "CHANGELOG.md has 1.2.3, deno.json 1.3.0",
    "deploy/docker/Dockerfile has 1.2.3, deno.json 1.3.0",
  ]);
  const open = changelog.replace("[Unreleased]\n", "[Unreleased]\n\n- New.\n");
  assertEquals(problemsOf({ ...right, changelog: open }), [
    "CHANGELOG.md has entries under Unreleased",
  ]);
});

Deno.test("a release is refused if the lock file lacks a package of any file", async () => {
  await using folder = await temporary();
  await run("git", ["clone", "-q", ROOT, folder.path]);
  const file = `${folder.path}/deno.lock`;
  const text = await Deno.readTextFile(file);
  await Deno.writeTextFile(file, text.replace(/ *"npm:pg@.*\n/, ""));
  const { code, stderr } = await new Deno.Command("deno", {
    args: ["task", "-q", "release"],
    cwd: folder.path,
    env: { NO_COLOR: "1" },
  }).output();
  const said = new TextDecoder().decode(stderr);
  assertEquals([code, said.includes("The lock file is stale")], [1, true], said);
});
