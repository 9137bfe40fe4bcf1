/**
 * The published package, and a project that uses it.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { pathOfUrl } from "../etl/common/path.ts";
import { importsOf } from "./layers.ts";
import { temporary } from "./temporary.ts";

const ROOT = pathOfUrl(new URL("../", import.meta.url));

async function deno(args: readonly string[], cwd: string) {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err: err! };
}

Deno.test("the package can be published and contains exactly the files that its exports need", async () => {
  const { code, err } = await deno(["publish", "--dry-run", "--allow-dirty"], ROOT);
  assertEquals(code, 0, err);
  const files = [
    ...err.matchAll(/file:\/\/\S*?\/((?:etl|schema)\/\S+\.(?:ts|json)) \(([\d.]+)(K?B)\)/g),
  ];
  const size = files.reduce(
    (sum, [, , size, unit]) => sum + Number(size) * (unit === "B" ? 1 : 1e3),
    0,
  );
  assert(size < 300_000, `${size} bytes`);
  const imports = (await Promise.all(Object.values(config.exports).map(importsOf))).flat();
  const needed = imports.flatMap(({ from, to }) => [from, to])
    .filter((path) => /^(etl|schema)\//.test(path));
  const published = files.map(([, path]) => path!);
  assertEquals(published.toSorted(), [...new Set(needed)].sort());
  assert(!/warning\[/.test(err), err);
});

Deno.test("a project with strict types can use client, schema, check and mock API", async () => {
  // On Windows, Deno cannot link a package on another drive.
  await using folder = await temporary({ dir: `${ROOT}data` });
  await Deno.copyFile(`${ROOT}tests/library_app.ts`, `${folder.path}/app.ts`);
  const own = {
    imports: {
      [config.name]: `jsr:${config.name}@^${config.version}`,
      valibot: config.imports.valibot,
    },
    links: [new URL("../", import.meta.url).href],
    compilerOptions: {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
    },
  };
  await Deno.writeTextFile(`${folder.path}/deno.json`, JSON.stringify(own));
  const checked = await deno(["check", "-q", "app.ts"], folder.path);
  assertEquals([checked.code, checked.err], [0, ""]);
  const args = ["run", "-q", "--allow-net=127.0.0.1", "--allow-read", "app.ts"];
  const { code, out, err } = await deno(args, folder.path);
  assertEquals([code, out], [0, "3 3 1 3\n"], err);
});
