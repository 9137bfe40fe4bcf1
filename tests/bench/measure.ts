/**
 * Runs a program as a whole process, and measures time and memory of it and all it starts. Deno
 * lets only those with all permissions look at other processes in /proc.
 *
 * @module
 */

/** What a run took. */
export interface Measured {
  readonly seconds: number;
  /** The most memory that the process and those it started held at once; 0 where nobody knows. */
  readonly megabytes: number;
  readonly stdout: string;
}

/** Milliseconds between looks at the memory. */
const INTERVAL = 40;

async function readNumber(path: string, pattern: RegExp): Promise<number> {
  try {
    return Number(pattern.exec(await Deno.readTextFile(path))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  try {
    const text = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`);
    return text.split(" ").filter((id) => id !== "").map(Number);
  } catch {
    return [];
  }
}

/** Kilobytes that a process and those it started hold: each one's own peak would count too much. */
async function treeMemory(pid: number): Promise<number> {
  const own = await readNumber(`/proc/${pid}/status`, /VmRSS:\s+(\d+)/);
  const others = await Promise.all((await childrenOf(pid)).map(treeMemory));
  return others.reduce((sum, kilobytes) => sum + kilobytes, own);
}

/** Runs a program to its end. Throws an `Error` with what it said when it fails. */
export async function measure(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const start = performance.now();
  const child = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", ...env },
  }).spawn();
  let peak = 0;
  const look = async () => {
    const [now, own] = await Promise.all([
      treeMemory(child.pid),
      readNumber(`/proc/${child.pid}/status`, /VmHWM:\s+(\d+)/),
    ]);
    peak = Math.max(peak, now, own);
  };
  const timer = setInterval(look, INTERVAL);
  const { success, stdout, stderr } = await child.output();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(timer);
  if (!success) {
    const said = new TextDecoder().decode(stderr).slice(-2000);
    throw new Error(`Cannot measure ${program} ${args.join(" ")}:\n${said}`);
  }
  return { seconds, megabytes: peak / 1024, stdout: new TextDecoder().decode(stdout) };
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
