/**
 * Refused permissions and the command line that grants them.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { quoted } from "../../etl/cli/shell.ts";
import { exists } from "../../etl/load/dataset/files.ts";
import { Project } from "../project.ts";
import { temporary } from "../temporary.ts";
import { windowsLacks } from "../windows.ts";

const SAMPLE = ["extract", "--source", "sample", "--out"];

Deno.test("an error of a refused permission contains the full command line that grants it", async () => {
  await using project = await Project.copy({ sample: true });
  const refused: readonly (readonly [readonly string[], string])[] = [
    [["extract", "--api", "http://example.com/api"], "--allow-net=example.com:80"],
    [[...SAMPLE, "elsewhere"], "--allow-write=elsewhere"],
    [[...SAMPLE, "data/../../x y"], '"--allow-write=data/../../x y"'],
    [["verify", "--data=/debr/none"], '"--allow-read=deno.json,etl,std,schema,data,/debr/none"'],
    [["query", "--data", "/debr/none", "select 1"], '"--allow-read=.,/debr/none"'],
    [["mock-api", "--requests", "/debr/none"], "--allow-write=/debr/none"],
  ];
  for (const [args, flag] of refused) {
    const { status, err } = await project.run(args);
    assertEquals(status, 2, err);
    const [, first, command] = /^(Error: .*)\nRun it with this permission: (.*)\n$/.exec(err) ?? [];
    assert(first?.startsWith("Error: Cannot use "), err);
    const [, flags = "", after] = / -P=\S+ (.*) main\.ts (\S+) /.exec(command ?? "") ?? [];
    assertEquals([flags.startsWith(flag), after], [true, args[0]], flags);
  }
});

Deno.test({
  name: "the command line of a refused permission works unchanged in the same folder",
  ignore: windowsLacks("a POSIX shell"),
  fn: async () => {
    await using project = await Project.copy({ sample: true });
    await using elsewhere = await temporary();
    await Deno.mkdir(project.path("data/deep"));
    const api = ["extract", "--api", "http://example.com/api", "--out"];
    for (const here of ["", "data/deep"].map((path) => project.path(path))) {
      const out = `${elsewhere.path}/${here.length}`;
      const granted = async (text: string) => {
        const command = text.split("this permission: ")[1] ?? "";
        const { code, stderr } = await new Deno.Command("sh", {
          args: ["-c", command],
          cwd: here,
        }).output();
        return [code, new TextDecoder().decode(stderr)] as const;
      };
      for (const args of [[...SAMPLE, out], ["verify", "--data", out]]) {
        const { err } = await project.run(args, { env: { INIT_CWD: here } });
        const [code, said] = await granted(err);
        assertEquals(code, 0, said);
      }
      assert(await exists(`${out}/tables/manifest.json`));
      // The second command keeps what the first one granted.
      const { err } = await project.run([...api, out], { env: { INIT_CWD: here } });
      const [code, said] = await granted(err);
      assertEquals(code, 2, said);
      assertStringIncludes(said, `--allow-net=example.com:80 --allow-write=${out} main.ts`);
    }
  },
});

Deno.test({
  name: "a path with backslashes has no single quotes, which cmd does not know",
  ignore: Deno.build.os !== "windows",
  fn: () => {
    assertEquals(["C:\\big", "..\\my page"].map((path) => quoted(path)), [
      "C:\\big",
      '"..\\my page"',
    ]);
  },
});

Deno.test("without a command, debr prints the commands and its version", async () => {
  await using project = await Project.copy();
  const main = async (...args: string[]) => {
    const deno = new Deno.Command("deno", {
      args: ["run", "-q", "--lock=deno.lock", "main.ts", ...args],
      cwd: project.path(),
    });
    const { code, stdout, stderr } = await deno.output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return [code, text(stdout), text(stderr)] as const;
  };
  const [status, help, nothing] = await main("--help");
  assertEquals([status, nothing], [0, ""]);
  assertStringIncludes(help, "\n  extract ");
  assertEquals(await main(), [2, "", help]);
  const { version } = JSON.parse(await Deno.readTextFile(project.path("deno.json")));
  assertEquals(await main("--version"), [0, `debr ${version}\n`, ""]);
});
