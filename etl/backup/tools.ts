// The databases' own programs for dumping and restoring. Passwords go to them by the environment,
// which only the same user can read, never by the command line, which everybody can.
import { ifThere } from "../common/missing.ts";
import { DestinationError } from "../common/errors.ts";
import {
  adviceFor,
  CLIENT_PACKAGES,
  type ClientCall,
  redact,
  type Target,
  type Tool,
} from "../load/database/mod.ts";
import type { Chunks } from "./store.ts";

/** A program, and how it reaches a database. */
interface Invocation extends ClientCall {
  readonly program: string;
  readonly target: Target;
  /** What it is run for, as in `back up`. */
  readonly action: string;
  readonly signal: AbortSignal;
}

/** Characters of what a program complains about that are kept. */
const COMPLAINT = 2000;

/** Nothing of debr's own environment, but what it takes to find programs, and English. */
function baseEnv(): Record<string, string> {
  return { PATH: Deno.env.get("PATH") ?? "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" };
}

/** What a program says of its version. Rejects where it is not installed: `output` alone would throw. */
async function versionOf(program: string): Promise<string> {
  const { stdout } = await new Deno.Command(program, {
    args: ["--version"],
    env: baseEnv(),
    clearEnv: true,
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

/** The first of some programs that is installed. Throws a `DestinationError` where none is. */
export async function findTool(programs: readonly string[], kind: Target["kind"]): Promise<Tool> {
  for (const program of programs) {
    const version = await ifThere(versionOf(program));
    if (version !== undefined) return { program, version };
  }
  const name = CLIENT_PACKAGES[kind];
  throw new DestinationError(`Cannot run ${programs.join(" or ")}: it is not installed`, {
    step: "backup",
    next: `Install it: apt-get install ${name}, or brew install ${name}`,
  });
}

function spawn({ program, args, env }: Invocation, stdin: "null" | "piped") {
  return new Deno.Command(program, {
    args: [...args],
    env: { ...baseEnv(), ...env },
    clearEnv: true,
    stdin,
    stdout: stdin === "null" ? "piped" : "null",
    stderr: "piped",
  }).spawn();
}

/** The end of what a program complains about. */
async function complaints(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    text = (text + decoder.decode(chunk, { stream: true })).slice(-COMPLAINT);
  }
  return text.trim();
}

/** What a program complained of, and whether it is something that is known to happen. */
function failed({ program, target, action }: Invocation, said: string) {
  const text = redact(said, target).replace(/\s*\n\s*/g, "; ");
  const advice = adviceFor(text);
  const error = new DestinationError(`Cannot ${action} ${target.label}: ${program}: ${text}`, {
    step: "backup",
    next: advice?.next({ ...target, dumps: action === "back up" }, text) ??
      "The log of the server may say more",
    transient: advice?.transient ?? false,
  });
  return { error, explained: advice !== undefined };
}

/** Ends a program when the signal says so, or when its reader has gone. */
function endWith(child: Deno.ChildProcess, signal: AbortSignal): Disposable {
  let ended = false;
  child.status.then(() => ended = true);
  const kill = () => {
    if (!ended) child.kill("SIGTERM");
  };
  signal.addEventListener("abort", kill, { once: true });
  return {
    [Symbol.dispose]: () => {
      signal.removeEventListener("abort", kill);
      kill();
    },
  };
}

/** What a program prints; the end of it only when the program ended well. */
export async function* output(invocation: Invocation): Chunks {
  const child = spawn(invocation, "null");
  using _ = endWith(child, invocation.signal);
  const said = complaints(child.stderr);
  for await (const chunk of child.stdout) yield chunk as Uint8Array<ArrayBuffer>;
  const { success } = await child.status;
  invocation.signal.throwIfAborted();
  if (!success) throw failed(invocation, await said).error;
}

/**
 * Feeds a program. What goes wrong with the chunks ends it before it sees their end; and where it
 * complains of what no server explains, the rest of the chunks says whether they are at fault.
 */
export async function feed(invocation: Invocation, chunks: Chunks): Promise<void> {
  const child = spawn(invocation, "piped");
  using _ = endWith(child, invocation.signal);
  const said = complaints(child.stderr);
  const writer = child.stdin.getWriter();
  const rest = chunks[Symbol.asyncIterator]();
  try {
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      // A program that has given up says why on its own.
      if (!await writer.write(next.value).then(() => true, () => false)) break;
    }
    await writer.close().catch(() => undefined);
    const { success } = await child.status;
    invocation.signal.throwIfAborted();
    if (success) return;
    const fault = failed(invocation, await said);
    if (!fault.explained) { while (!(await rest.next()).done); }
    throw fault.error;
  } finally {
    await rest.return?.();
  }
}
