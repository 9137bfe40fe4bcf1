/**
 * `deno task bench`: compares debr with its peers on the same people.
 *
 * `--quick` uses a tenth of the people and fewer rounds, and writes no report to docs/. `--large`
 * measures only many people, `--night` every step of a night; `--night --people <n>` writes no
 * report. `--rounds` is how often each program runs.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { measure, type Measured, median } from "./measure.ts";
import { debr, type Line, peers, type Program, queries, startups } from "./programs.ts";
import { type Large, largeReport, report, type Row, type Size } from "./report.ts";
import { type Section, writeSection } from "./section.ts";
import { installPeers, makeNdjson, makePages, PEERS, PYTHON, WORK } from "./setup.ts";

const { quick: QUICK, large: ONLY_LARGE, night: NIGHT, people, rounds: GIVEN_ROUNDS } = parseArgs(
  Deno.args,
  {
    boolean: ["quick", "large", "night"],
  },
);
const PEOPLE = QUICK ? 20_000 : 200_000;
const ROUNDS = Number(GIVEN_ROUNDS ?? (QUICK ? 2 : 3));
/** The large measurement has this many times the people. */
const LARGE = 10;
const REPORT = "docs/benchmark.md";

function say(text: string): void {
  console.error(text);
}

/** Removes old output, so that every round writes all files. */
async function clean(): Promise<void> {
  for await (const { name } of Deno.readDir(WORK)) {
    if (/^(debr|sample|[a-z]+_[a-z]+)$/.test(name)) {
      await Deno.remove(`${WORK}/${name}`, { recursive: true });
    }
  }
}

/** Runs each program once a round, in turn, and returns the medians by name. */
async function rounds<P extends { readonly name: string; readonly line: Line }>(
  programs: readonly P[],
  count: number,
  { keep = false }: { readonly keep?: boolean } = {},
): Promise<Map<string, Measured>> {
  const samples = new Map<string, Measured[]>(programs.map(({ name }) => [name, []]));
  for (let round = 1; round <= count; round++) {
    for (const { name, line } of programs) {
      if (!keep) await clean();
      const measured = await measure(line);
      samples.get(name)!.push(measured);
      const { seconds, megabytes } = measured;
      say(`round ${round}: ${name} ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`);
    }
  }
  return new Map(
    [...samples].map(([name, runs]) => [name, {
      seconds: median(runs.map(({ seconds }) => seconds)),
      megabytes: median(runs.map(({ megabytes }) => megabytes)),
      stdout: runs[0]!.stdout,
    }]),
  );
}

async function tableBytes(table: string): Promise<number> {
  const folder = `${WORK}/debr/tables/${table}`;
  let bytes = 0;
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".parquet")) bytes += (await Deno.stat(`${folder}/${name}`)).size;
  }
  return bytes;
}

/** Returns the sizes of debr's tables, and of the same tables written by DuckDB. */
async function compareSizes(): Promise<Size[]> {
  const script = `${PEERS}duckdb_sizes.py`;
  const { stdout } = await measure([PYTHON, script, `${WORK}/debr/tables`, `${WORK}/duckdb_sizes`]);
  const sizes: Record<string, number> = JSON.parse(stdout);
  return await Promise.all(
    Object.entries(sizes).map(async ([table, duckdb]) => (
      { table, debr: await tableBytes(table), duckdb }
    )),
  );
}

/** Measures debr and the floor on many people; keeps the tables of debr. */
async function measureLarge(): Promise<Large> {
  const people = PEOPLE * LARGE;
  const pages = await makePages(people);
  const floor = peers({ pages, ndjson: await makeNdjson(people) }).at(-1)!;
  const programs = [floor, debr(pages)];
  const measured = await rounds(programs, ROUNDS);
  const rows = programs.map(({ name, note }): Row => ({ name, note, ...measured.get(name)! }));
  return { people, rounds: ROUNDS, rows: rows.toReversed() };
}

/** Prints a section of the report, and writes it except in a quick run. */
async function publish(section: Section): Promise<void> {
  console.log(section.text);
  if (QUICK) return;
  await writeSection(REPORT, section);
  say(`Wrote ${REPORT}`);
}

async function main(): Promise<void> {
  say("Making pages and installing peers, once");
  await installPeers();
  if (ONLY_LARGE) return publish({ name: "large", text: largeReport(await measureLarge()) });
  const [pages, ndjson] = [await makePages(PEOPLE), await makeNdjson(PEOPLE)];
  const programs: readonly Program[] = [debr(pages), ...peers({ pages, ndjson })];
  const measured = await rounds(programs, ROUNDS);
  const rows = programs.map(({ name, note }): Row => ({ name, note, ...measured.get(name)! }));
  const large = await measureLarge();
  const queried = await rounds(queries(), 1, { keep: true });
  await measure(debr(pages).line);
  const sizes = await compareSizes();
  const starts: { name: string; seconds: number }[] = [];
  for (const { name, line } of startups()) {
    const runs: number[] = [];
    for (let round = 0; round < 5; round++) runs.push((await measure(line)).seconds);
    starts.push({ name, seconds: median(runs) });
  }
  const text = report({
    people: PEOPLE,
    rounds: ROUNDS,
    rows,
    large,
    queries: queries().map(({ name, note }) => ({ name, note, ...queried.get(name)! })),
    sizes,
    startups: starts,
  });
  await publish({ name: "peers", text });
  await publish({ name: "large", text: largeReport(large) });
}

/** The number of people in a night. */
const NIGHT_PEOPLE = 1_000_000;

if (import.meta.main && NIGHT) {
  const { measureNight } = await import("./night/main.ts");
  const isDefault = people === undefined;
  console.log(
    await measureNight({
      people: isDefault ? NIGHT_PEOPLE : Number(people),
      report: isDefault ? REPORT : undefined,
      say,
    }),
  );
} else if (import.meta.main) await main();
