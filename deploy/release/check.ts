/**
 * `deno task release`: whether changelog, version, image, documents and lock file agree, so that a
 * tag can be made.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };

/** What must hold before a release, as sentences of what is wrong. */
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

/** Whether a command of Deno ends well; what it printed otherwise. */
async function problemsOfRun(what: string, args: readonly string[]): Promise<string[]> {
  const { success, stderr } = await new Deno.Command("deno", { args: [...args] }).output();
  return success ? [] : [`${what}: ${new TextDecoder().decode(stderr).trim()}`];
}

if (import.meta.main) {
  const problems = [
    ...problemsOf({
      version: config.version,
      changelog: await Deno.readTextFile("CHANGELOG.md"),
      dockerfile: await Deno.readTextFile("deploy/docker/Dockerfile"),
    }),
    ...await problemsOfRun("Documents are stale", ["task", "-q", "docs", "--check"]),
    ...await problemsOfRun("The lock file does not fit", [
      "install",
      "--lock=deno.lock",
      "--frozen",
    ]),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`Ready: git tag v${config.version}`);
  Deno.exit(problems.length === 0 ? 0 : 1);
}
