import { assert, assertEquals } from "@std/assert";
import { encodeIds } from "../../etl/load/dataset/ids.ts";
import { folder } from "../load/dataset/support.ts";

const PART = 50_000;
const PARTS = 200;
const REPEATED = 1000;

/** Makes sorted random ids: 64 sorted random bits, then 64 random bits. */
function randomIds(): Uint8Array {
  const high = new BigUint64Array(PART);
  const low = new Uint8Array(PART * 8);
  for (const bytes of [new Uint8Array(high.buffer), low]) {
    for (let at = 0; at < bytes.length; at += 50_000) {
      crypto.getRandomValues(bytes.subarray(at, at + 50_000));
    }
  }
  high.sort();
  const ids = new Uint8Array(PART * 16);
  const view = new DataView(ids.buffer);
  for (let row = 0; row < PART; row++) {
    view.setBigUint64(row * 16, high[row]!);
    ids.set(low.subarray(row * 8, row * 8 + 8), row * 16 + 8);
  }
  return ids;
}

/** A separate program, so that its memory can be measured. */
const PROGRAM = `
const { findRepeated } = await import(MODULE);
const [folder, parts] = [Deno.args[0], Number(Deno.args[1])];
const ids = Array.from({ length: parts }, (_, at) => \`\${folder}/\${at}\`);
const time = (find) => {
  const start = performance.now();
  const left = find();
  const repeated = [...left.values()].reduce((sum, { repeated }) => sum + repeated, 0);
  return { seconds: (performance.now() - start) / 1000, repeated };
};
const replace = time(() => findRepeated(ids.map((path) => ({ ids: { path } }))));
const append = time(() => findRepeated([{ ids: { path: ids.at(-1) } }], {
  present: ids.slice(0, -1).map((path) => ({ path })),
}));
const peak = Number(/VmHWM:\\s+(\\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))[1]) / 1024;
console.log(JSON.stringify({ replace, append, peak }));`;

Deno.test({
  name: "duplicates among ten million people are found in seconds and within 300 MB",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using dir = await folder();
    for (let part = 0; part < PARTS - 1; part++) {
      await Deno.writeFile(`${dir.path}/${part}`, encodeIds(randomIds()));
    }
    // The last part begins with ids of the first.
    const ids = randomIds();
    const first = await Deno.readFile(`${dir.path}/0`);
    const shared = first.slice(first.length - PART * 16).subarray(0, REPEATED * 16);
    const rows = [...chunks(shared), ...chunks(ids.subarray(REPEATED * 16))].sort(compare);
    await Deno.writeFile(`${dir.path}/${PARTS - 1}`, encodeIds(merge(rows)));

    const module = new URL("../../etl/load/dataset/repeated.ts", import.meta.url).href;
    const { stdout, success } = await new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        "--no-check",
        PROGRAM.replace("MODULE", JSON.stringify(module)),
        dir.path,
        `${PARTS}`,
      ],
      stderr: "inherit",
    }).output();
    assert(success);
    const { replace, append, peak } = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals([replace.repeated, append.repeated], [REPEATED, REPEATED]);
    assert(replace.seconds < 20 && append.seconds < 20, JSON.stringify({ replace, append }));
    assert(peak < 300, `${peak} MB`);
  },
});

function* chunks(ids: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < ids.length; at += 16) yield ids.slice(at, at + 16);
}

function merge(rows: readonly Uint8Array[]): Uint8Array {
  const ids = new Uint8Array(rows.length * 16);
  rows.forEach((row, at) => ids.set(row, at * 16));
  return ids;
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < 16; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return 0;
}
