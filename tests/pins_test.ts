import { assert, assertEquals } from "@std/assert";
import { ROOT } from "./layers.ts";
import { filesUnder } from "./project.ts";

/** The files that name the version of Deno. */
const FILES = [
  ".ci/run",
  ".github/workflows/kubernetes.yml",
  ".github/workflows/ok.yml",
  "README.md",
  "deploy/docker/Dockerfile",
];

Deno.test("all files name the same version of Deno", async () => {
  const versions = await Promise.all(FILES.map(async (path) => {
    const text = await Deno.readTextFile(ROOT + path);
    const found = [...text.matchAll(/(?:deno@|linux-\w+-glibc-)(\d[\d.]*\d)/g)];
    assert(found.length > 0, path);
    return found.map(([, version]) => version);
  }));
  assertEquals(new Set(versions.flat()).size, 1, JSON.stringify(versions));
});

Deno.test("every import of a package has the version in deno.lock", async () => {
  const { specifiers } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.lock`));
  const files = [...await filesUnder(`${ROOT}etl`), ...await filesUnder(`${ROOT}tests`)];
  const imported = files.filter(([path]) => /\.[jt]s$/.test(path)).flatMap((
    [, bytes],
  ) => [...new TextDecoder().decode(bytes).matchAll(/^.*from "(npm:(?:@[^/"]+\/)?[^/"]+)/gm)]).map((
    [, specifier],
  ) => specifier!);
  assert(imported.length > 10, `${imported.length}`);
  assertEquals(imported.filter((specifier) => !(specifier in specifiers)), []);
});
