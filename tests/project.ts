/**
 * Runs debr as a process with the permissions of its task, in a copy of the project, because a task
 * writes only under the project's `data/`.
 *
 * @module
 */
import { layout } from "../etl/load/dataset/paths.ts";
import { pathOfUrl } from "../etl/common/path.ts";
import { sha256 } from "../etl/common/sha256.ts";
import { type Temporary, temporary } from "./temporary.ts";

const ROOT = pathOfUrl(new URL("../", import.meta.url));
const decoder = new TextDecoder();

/** The output and the exit code of a process. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Options of {@link Project.run}. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The text on stdin; empty by default. */
  readonly stdin?: string;
}

/** Returns the environment with `changes` and without variables for colours and the working directory. */
function environment(changes: Readonly<Record<string, string>>) {
  const { NO_COLOR: _, FORCE_COLOR: __, INIT_CWD: ___, ...others } = Deno.env.toObject();
  return { clearEnv: true, env: { ...others, ...changes } };
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyTree(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

/** A copy of the project. */
export class Project implements AsyncDisposable {
  readonly #folder: Temporary;

  private constructor(folder: Temporary) {
    this.#folder = folder;
  }

  /** Copies the code, and the sample if requested. */
  static async copy({ sample = false } = {}): Promise<Project> {
    const folder = await temporary();
    for (const name of ["deno.json", "deno.lock", "main.ts"]) {
      await Deno.copyFile(ROOT + name, `${folder.path}/${name}`);
    }
    for (const name of ["schema", "etl", "std"]) {
      await copyTree(ROOT + name, `${folder.path}/${name}`);
    }
    if (sample) await copyTree(`${ROOT}data/sample`, `${folder.path}/data/sample`);
    return new Project(folder);
  }

  /** Returns the absolute path of a file in the copy. */
  path(name = ""): string {
    return `${this.#folder.path}/${name}`;
  }

  /** Returns the arguments of `deno` for a command line, with the permissions of the task. */
  args([task = "", ...args]: readonly string[]): string[] {
    return [
      "run",
      "-q",
      "--no-prompt",
      "--lock=deno.lock",
      "--frozen",
      `-P=${task}`,
      "main.ts",
      task,
      ...args,
    ];
  }

  /** Starts a command: `start(["extract", "--json"])`. */
  start(
    args: readonly string[],
    { env = {}, piped = false }: RunOptions & { readonly piped?: boolean } = {},
  ): Deno.ChildProcess {
    return new Deno.Command("deno", {
      args: this.args(args),
      cwd: this.path(),
      ...environment(env),
      stdin: piped ? "piped" : "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Runs a command to its end. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const process = this.start(args, { ...options, piped: options.stdin !== undefined });
    if (options.stdin !== undefined) {
      await new Blob([options.stdin]).stream().pipeTo(process.stdin);
    }
    const { code, stdout, stderr } = await process.output();
    return { status: code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
  }

  /** Runs a command on a terminal; `out` is everything the terminal received. */
  async runOnTerminal(args: readonly string[], { env = {} }: RunOptions = {}): Promise<Ended> {
    const { code, stdout, stderr } = await new Deno.Command("python3", {
      args: [`${ROOT}tests/terminal.py`, "100", "deno", ...this.args(args)],
      cwd: this.path(),
      ...environment(env),
      stdin: "null",
    }).output();
    return { status: code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#folder[Symbol.asyncDispose]();
  }
}

/** Reads every file under a folder by its relative path; empty if the folder is missing. */
export async function filesUnder(
  folder: string,
  prefix = "",
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = `${folder}/${name}`;
    if (!isDirectory) found.set(prefix + name, await Deno.readFile(path));
    else for (const entry of await filesUnder(path, `${prefix}${name}/`)) found.set(...entry);
  }
  return found;
}

/** Returns the SHA-256 of every file under a folder by its relative path. */
export async function hashesUnder(folder: string): Promise<Record<string, string>> {
  const files = await filesUnder(folder);
  return Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)]));
}

/** Returns the hashes of the committed tables without the manifest, which names the source. */
export async function tableHashes(root: string): Promise<Record<string, string>> {
  const { "manifest.json": _, ...tables } = await hashesUnder(layout(root).tables);
  return tables;
}
