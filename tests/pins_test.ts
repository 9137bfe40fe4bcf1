import { assert, assertEquals } from "@std/assert";
import { ROOT } from "./layers.ts";

/** The files that say which Deno debr runs on. */
const FILES = [
  ".ci/run",
  ".github/workflows/kubernetes.yml",
  ".github/workflows/ok.yml",
  "README.md",
  "deploy/docker/Dockerfile",
];

Deno.test("everything runs on the same Deno", async () => {
  const versions = await Promise.all(FILES.map(async (path) => {
    const text = await Deno.readTextFile(ROOT + path);
    const found = [...text.matchAll(/(?:deno@|linux-\w+-glibc-)(\d[\d.]*\d)/g)];
    assert(found.length > 0, path);
    return found.map(([, version]) => version);
  }));
  assertEquals(new Set(versions.flat()).size, 1, JSON.stringify(versions));
});
