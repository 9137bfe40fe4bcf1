/**
 * Runs a program and measures time and memory of its whole process tree. Reading other processes in
 * /proc needs all permissions of Deno.
 *
 * @module
 */

/** The time, memory and output of a run. */
export interface Measured {
  readonly seconds: number;
  /** Peak memory of the process tree; 0 if unknown. */
  readonly megabytes: number;
  readonly stdout: string;
}

/** Milliseconds between two samples of the memory. */
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

/** Current memory of a process tree in kilobytes; the sum of all peaks would be too high. */
async function treeMemory(pid: number): Promise<number> {
  const own = await readNumber(`/proc/${pid}/status`, /VmRSS:\s+(\d+)/);
  const others = await Promise.all((await childrenOf(pid)).map(treeMemory));
  return others.reduce((sum, kilobytes) => sum + kilobytes, own);
}

/** Runs a program. Throws an `Error` with its output if it fails. */
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
    const output = new TextDecoder().decode(stderr).slice(-2000);
    throw new Error(`Cannot measure ${program} ${args.join(" ")}:\n${output}`);
  }
  return { seconds, megabytes: peak / 1024, stdout: new TextDecoder().decode(stdout) };
}

/** Returns the median of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
