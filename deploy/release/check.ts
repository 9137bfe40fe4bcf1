/**
 * `deno task release`: checks that changelog, version, image, documents and lock file agree before a
 * tag is made.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };

/** Returns a sentence for each problem that prevents a release. */
export function problemsOf(
  { version, changelog, dockerfile }: {
    readonly version: string;
    readonly changelog: string;
    readonly dockerfile: string;
  },
): string[] {
  const unreleased = /^## \[Unreleased\]\n([^]*?)(?=^## |(?![^]))/m.exec(changelog)?.[1] ?? "";
  const [, latest] = /^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/m.exec(changelog) ?? [];
  const [, image] = /^ARG VERSION=(.*)$/m.exec(dockerfile) ?? [];
  return [
    ...(latest === version
      ? []
      : [`CHANGELOG.md has ${latest ?? "no version with a date"}, deno.json ${version}`]),
    ...(unreleased.trim() === "" ? [] : ["CHANGELOG.md has entries under Unreleased"]),
    ...(image === version ? [] : [`deploy/docker/Dockerfile has ${image}, deno.json ${version}`]),
  ];
}

/** Runs Deno and returns its error output if it fails. */
async function problemsOfRun(problem: string, args: readonly string[]): Promise<string[]> {
  const { success, stderr } = await new Deno.Command("deno", { args: [...args] }).output();
  return success ? [] : [`${problem}: ${new TextDecoder().decode(stderr).trim()}`];
}

if (import.meta.main) {
  // `deno install` would compare only the packages in deno.json.
  const lock = ["check", "-q", "--lock=deno.lock", "--frozen", "."];
  const stale = await problemsOfRun("The lock file is stale, or types are wrong", lock);
  const problems = [
    ...problemsOf({
      version: config.version,
      changelog: await Deno.readTextFile("CHANGELOG.md"),
      dockerfile: await Deno.readTextFile("deploy/docker/Dockerfile"),
    }),
    ...stale,
    ...stale.length === 0
      ? await problemsOfRun("Documents are stale", ["task", "-q", "docs", "--check"])
      : [],
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`Ready: git tag v${config.version}`);
  Deno.exit(problems.length === 0 ? 0 : 1);
}
