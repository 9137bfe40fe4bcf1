/**
 * Measures time and memory of three ways from landed pages to six tables: `extract`, dbt on DuckDB and
 * dbt on Spark. Writes the figures to docs/elt.md and the estimates for more people to docs/scale.md.
 *
 *     deno run -A tests/bench/elt.ts [PEOPLE] [land|extract|duckdb|spark …]
 *
 * Earlier results for the same number of people are kept, so each step may run alone.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { dbtCommand, type DbtEngine, installDbt } from "../integration/dbt.ts";
import { ROOT } from "../layers.ts";
import { measure, type Measured } from "./measure.ts";
import { type Line, task } from "./programs.ts";
import { writeSection } from "./section.ts";

const WORK = `${ROOT}data/bench-elt`;

type Step = "land" | "extract" | DbtEngine;

const STEPS: Readonly<Record<Step, string>> = {
  land: "`land`, from synthetic people to files",
  extract: "`extract`, TypeScript",
  duckdb: "dbt on DuckDB",
  spark: "dbt on Spark",
};

type Results = Partial<Record<Step, Omit<Measured, "stdout">>>;

const { _: operands } = parseArgs(Deno.args);
const people = operands.find((one) => typeof one === "number") ?? 1_000_000;
const requested = operands.filter((name) => name in STEPS);
const steps = (requested.length > 0 ? requested : Object.keys(STEPS)) as Step[];
const raw = `${WORK}/${people}`;

async function commandOf(step: Step): Promise<Line> {
  const out = `${WORK}/${step}`;
  await Deno.remove(out, { recursive: true }).catch(() => undefined);
  if (step === "land") {
    await Deno.remove(raw, { recursive: true }).catch(() => undefined);
    const wanted = ["--source", "synthetic", "--results", String(people), "--page-size", "5000"];
    return task("land", [...wanted, "--out", raw])!;
  }
  if (step === "extract") return task("extract", ["--source", raw, "--out", out])!;
  await installDbt(step);
  return await dbtCommand({ engine: step, raw, data: out, scratch: `${out}/scratch` }, ["run"]);
}

async function bytesUnder(folder: string): Promise<number> {
  let bytes = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    bytes += isDirectory ? await bytesUnder(path) : (await Deno.stat(path)).size;
  }
  return bytes;
}

const count = (value: number) => Math.round(value).toLocaleString("en");

async function table(results: Results): Promise<string> {
  const rows: string[] = [];
  for (const [step, name] of Object.entries(STEPS) as [Step, string][]) {
    const measured = results[step];
    if (measured === undefined) continue;
    const { seconds, megabytes } = measured;
    const out = step === "land" ? raw : `${WORK}/${step}/tables`;
    const size = count(await bytesUnder(out).catch(() => 0) / 1e6);
    const rate = count(people / seconds);
    rows.push(
      `| ${name} | ${seconds.toFixed(0)} s | ${rate} | ${count(megabytes)} MB | ${size} MB |`,
    );
  }
  const cores = navigator.hardwareConcurrency;
  return [
    `| ${count(people)} people, ${cores} cores | time | people/s | memory | written |`,
    "| --- | --: | --: | --: | --: |",
    ...rows,
  ].join("\n");
}

/** The share of a measured rate that many machines are expected to reach. */
const EXPECTED_SHARE = 0.5;

/** Dollars for a core-hour: about the list price of cloud providers. */
const PRICE = 0.05;

function costs(results: Results): string {
  const cores = navigator.hardwareConcurrency;
  const rows = (Object.entries(STEPS) as [Step, string][]).flatMap(([step, name]) => {
    const measured = results[step];
    if (measured === undefined) return [];
    const rate = people / measured.seconds / cores;
    const hours = [1e8, 1e9].map((many) => many / (EXPECTED_SHARE * rate) / 3600);
    const cells = hours.map((hours) => `${count(hours)} (${count(hours * PRICE)} $)`);
    return [`| ${name} | ${count(rate)} | ${cells.join(" | ")} |`];
  });
  return [
    `| core-hours (at ${PRICE} $) | people/s and core, measured | 100 million | a billion |`,
    "| --- | --: | --: | --: |",
    ...rows,
  ].join("\n");
}

const file = `${WORK}/results-${people}.json`;
await Deno.mkdir(WORK, { recursive: true });
const results: Results = JSON.parse(await Deno.readTextFile(file).catch(() => "{}"));
Deno.chdir(ROOT);
for (const step of steps) {
  const command = await commandOf(step);
  const { seconds, megabytes } = await measure(command);
  results[step] = { seconds, megabytes };
  console.log(`${STEPS[step]}: ${seconds.toFixed(1)} s, ${count(megabytes)} MB`);
  await Deno.writeTextFile(file, JSON.stringify(results));
}

await writeSection(`${ROOT}docs/elt.md`, { name: "figures", text: await table(results) });
await writeSection(`${ROOT}docs/scale.md`, { name: "cost", text: costs(results) });
