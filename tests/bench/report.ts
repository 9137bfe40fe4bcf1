/**
 * Formats the results of the benchmark as Markdown.
 *
 * @module
 */
import { VERSION } from "../../etl/common/version.ts";
import { plural } from "../../etl/common/counts.ts";
import { PINS } from "./setup.ts";

/** The figures of one program, medians over the rounds. */
export interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly note: string;
}

/** Bytes of a table written by debr and by DuckDB. */
export interface Size {
  readonly table: string;
  readonly debr: number;
  readonly duckdb: number;
}

/** The figures of debr and the floor on many people. */
export interface Large {
  readonly people: number;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

/** All figures. */
export interface Results {
  readonly people: number;
  readonly rounds: number;
  /** debr first. */
  readonly rows: readonly Row[];
  /** debr and the floor on many people. */
  readonly large: Large;
  /** A query over the people of `large` on each engine. */
  readonly queries: readonly Row[];
  readonly sizes: readonly Size[];
  readonly startups: readonly { readonly name: string; readonly seconds: number }[];
}

const count = (value: number) => value.toLocaleString("en");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, column) => column === 0 ? "---" : "--:"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cpuModel(): string {
  try {
    const text = Deno.readTextFileSync("/proc/cpuinfo");
    return /^model name\s*:\s*(.*)$/m.exec(text)?.[1] ?? "unknown";
  } catch {
    return "unknown";
  }
}

function machine(): string {
  const memory = (Deno.systemMemoryInfo().total / 2 ** 30).toFixed(0);
  const { os, arch } = Deno.build;
  return `${cpuModel()}, ${navigator.hardwareConcurrency} cores, ${memory} GiB, ${os} ${arch}`;
}

function versions(pins: readonly string[]): string {
  const peers = pins.map((pin) => pin.replace(/\[.*\]/, "").replace("==", " "));
  return [`debr ${VERSION}`, `Deno ${Deno.version.deno}`, ...peers].join(", ");
}

function programs([debr, ...peers]: readonly Row[]): string {
  const line = ({ name, seconds, megabytes, note }: Row, ratio: string) => [
    name,
    seconds.toFixed(2),
    ratio,
    megabytes.toFixed(0),
    note,
  ];
  const lines = [
    line(debr!, "1"),
    ...peers.map((peer) => line(peer, (peer.seconds / debr!.seconds).toFixed(2))),
  ];
  return table(["program", "seconds", "to debr", "peak MB", "what it does"], lines);
}

/** Formats the figures of many people. */
export function largeReport({ people, rounds, rows }: Large): string {
  const named = rows.map((row) => ({ ...row, name: `${row.name}, ${count(people)} people` }));
  return `${written()}

${count(people)} people; medians of ${plural(rounds, "round")}.

${programs(named)}`;
}

function sizes({ sizes }: Results): string {
  const sum = (of: "debr" | "duckdb") => sizes.reduce((total, size) => total + size[of], 0);
  const all = [...sizes, { table: "all", debr: sum("debr"), duckdb: sum("duckdb") }];
  return table(
    ["table", "debr, bytes", "DuckDB with zstd, bytes", "debr to DuckDB"],
    all.map(({ table, debr, duckdb }) => [
      table,
      count(debr),
      count(duckdb),
      (debr / duckdb).toFixed(2),
    ]),
  );
}

/** Returns the load average. A value above the number of cores means that other programs ran. */
function load(): string {
  return `load average ${Deno.loadavg()[2]!.toFixed(1)} at the end`;
}

/** Describes date, machine and versions of a measurement. */
export function written(task = "deno task bench", pins: readonly string[] = PINS): string {
  const date = new Date().toISOString().slice(0, 10);
  return `Written by \`${task}\` on ${date}. ${machine()}, ${load()}. ${versions(pins)}.`;
}

/** Formats everything except the figures of many people. */
export function report(results: Results): string {
  const { people, rounds, queries, startups } = results;
  return `${written()}

${
    count(people)
  } synthetic people in files with pages as the API sends them. Each program converts them to
Parquet once per round; the figures are medians of ${rounds} rounds. Memory is the peak of the
whole process tree. Absolute times depend on the machine: compare the ratios.

${programs(results.rows)}

## A query

Countries with their people, distinct usernames and mean latitude: two joins, over ${
    count(results.large.people)
  } people.

${
    table(
      ["command", "seconds", "peak MB", "what it is"],
      queries.map(({ name, seconds, megabytes, note }) => [
        name,
        seconds.toFixed(2),
        megabytes.toFixed(0),
        note,
      ]),
    )
  }

## Size of the tables

DuckDB reads debr's tables and writes the same columns with zstd.

${sizes(results)}

## Start

${
    table(
      ["command", "milliseconds"],
      startups.map(({ name, seconds }) => [
        name,
        (seconds * 1000).toFixed(0),
      ]),
    )
  }
`;
}
