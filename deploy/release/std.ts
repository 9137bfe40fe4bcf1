/**
 * `deno task std`: replaces the adapters in `std/` by the real `@std/assert` and `@std/cli` in
 * deno.json and deno.lock. It needs access to JSR. `git checkout deno.json deno.lock` undoes it.
 *
 * @module
 */

/** The packages, with the versions that the adapters imitate. */
const PACKAGES = { "@std/assert": "1.0.19", "@std/cli": "1.0.32" } as const;

interface Config {
  imports: Record<string, string>;
}

/** Returns the imports with the real packages. */
export function withReal(imports: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(imports).map(([name, to]) => {
      const [, scope = "", file = ""] = /^(@std\/[^/]+)(.*)$/.exec(name) ?? [];
      const version = PACKAGES[scope as keyof typeof PACKAGES];
      return [name, version === undefined ? to : `jsr:${scope}@${version}${file}`];
    }),
  );
}

if (import.meta.main) {
  const config: Config = JSON.parse(await Deno.readTextFile("deno.json"));
  config.imports = withReal(config.imports);
  await Deno.writeTextFile("deno.json", `${JSON.stringify(config, null, 2)}\n`);
  const { code } = await new Deno.Command("deno", {
    args: ["install", "--lock=deno.lock", "--frozen=false"],
  }).spawn().status;
  Deno.exit(code);
}
