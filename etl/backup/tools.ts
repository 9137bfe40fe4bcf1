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

interface Invocation extends ClientCall {
  readonly tool: Tool;
  readonly target: Target;
  /** The action in messages, for example `back up`. */
  readonly action: string;
  readonly signal: AbortSignal;
}

/** The most characters of stderr that a message shows. */
const COMPLAINT = 2000;

/** Returns only the variables that find programs, and English as the language. */
function baseEnv(): Record<string, string> {
  return { PATH: Deno.env.get("PATH") ?? "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" };
}

async function versionOf(program: string): Promise<string> {
  const { stdout } = await new Deno.Command(program, {
    args: ["--version"],
    env: baseEnv(),
    clearEnv: true,
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

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

/** Starts a program. It is terminated on abort, or when its output is no longer read. */
function spawn({ tool, args, env, signal }: Invocation, stdin: "null" | "piped") {
  return new Deno.Command(tool.program, {
    args: [...args],
    env: { ...baseEnv(), ...env },
    clearEnv: true,
    stdin,
    stdout: stdin === "null" ? "piped" : "null",
    stderr: "piped",
    signal,
  }).spawn();
}

async function complaints(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text = (text + chunk).slice(-COMPLAINT);
  }
  return text.trim();
}

/** Makes the error of a program; `explained` is whether debr recognizes it. */
function failed({ tool, target, action }: Invocation, said: string) {
  const text = redact(said, target).replace(/\s*\n\s*/g, "; ");
  const advice = adviceFor(text);
  const error = new DestinationError(`Cannot ${action} ${target.label}: ${tool.program}: ${text}`, {
    step: "backup",
    next: advice?.next({ ...target, purpose: action === "back up" ? "dump" : "write" }, text) ??
      "The log of the server may say more",
    transient: advice?.transient ?? false,
  });
  return { error, explained: advice !== undefined };
}

/** Yields stdout, and throws after it if the program failed. */
export async function* output(invocation: Invocation): Chunks {
  await using child = spawn(invocation, "null");
  const said = complaints(child.stderr);
  for await (const chunk of child.stdout) yield chunk as Uint8Array<ArrayBuffer>;
  const { success } = await child.status;
  invocation.signal.throwIfAborted();
  if (!success) throw failed(invocation, await said).error;
}

/** Writes chunks to a program. If it fails for no known reason, reads the rest to find damage. */
export async function feed(invocation: Invocation, chunks: Chunks): Promise<void> {
  await using child = spawn(invocation, "piped");
  const said = complaints(child.stderr);
  const writer = child.stdin.getWriter();
  const rest = chunks[Symbol.asyncIterator]();
  try {
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      // A program that stops reading reports the reason itself.
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
