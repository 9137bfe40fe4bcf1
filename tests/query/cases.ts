/**
 * The corpus: the expected output of every `cases/*.sql` in every text format. Both engines must
 * print the same. `deno test -A tests/query -- --update` rewrites the expected output from the
 * WebAssembly engine.
 *
 * @module
 */
import { runQuery } from "../../etl/query/run.ts";
import { type EngineName, FORMAT_NAMES } from "../../etl/query/options.ts";
import { assertEquals } from "@std/assert";
import { withDataset } from "./dataset.ts";
import { fakeTerminal } from "./terminal.ts";

const CASES = new URL("./cases/", import.meta.url);
const TEXT_FORMATS = FORMAT_NAMES.filter((name) => name !== "parquet");

/** Prints a case in every format, each under its name. */
async function printCase(name: string, { data, engine }: { data: string; engine: EngineName }) {
  const sql = await Deno.readTextFile(new URL(`${name}.sql`, CASES));
  let printed = "";
  for (const format of TEXT_FORMATS) {
    const terminal = fakeTerminal();
    const request = { positionals: [sql], format, engine, data };
    await runQuery(request, { terminal, signal: new AbortController().signal });
    printed += `== ${format}\n${terminal.output()}`;
  }
  return printed;
}

/** Registers one test per case. */
export function testCases(engine: EngineName): void {
  const names = Array.from(Deno.readDirSync(CASES), ({ name }) => name)
    .filter((name) => name.endsWith(".sql")).map((name) => name.slice(0, -4)).sort();
  for (const name of names) {
    Deno.test(`${engine} prints ${name} as expected in every format`, async () => {
      await withDataset(async (data) => {
        const printed = await printCase(name, { data, engine });
        const expected = new URL(`${name}.txt`, CASES);
        if (engine === "wasm" && Deno.args.includes("--update")) {
          await Deno.writeTextFile(expected, printed);
        }
        assertEquals(printed, await Deno.readTextFile(expected));
      });
    });
  }
}
