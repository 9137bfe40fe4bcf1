import { typedPath } from "../common/path.ts";
import { EXIT } from "../common/errors.ts";
import { command } from "./command.ts";
import { custom, DATA, engine } from "./options.ts";

export const report = command({
  name: "report",
  description: "Write one HTML page about the data: origin, profile, plots, " +
    "diagram, rejects, manifest. It loads nothing from the network, and shows only values that their privacy class allows.",
  args: {
    out: custom({ "FILE.html": typedPath }, "File to write, below data", {
      default: "data/report.html",
    }),
    data: DATA,
    engine: engine("Build of DuckDB: wasm in the sandbox, or native for large data"),
  },
  examples: {
    "the dataset under data": "deno task report",
    "the committed sample": "deno task report --data data/sample --out data/sample.html",
    "millions of people": "deno task report --engine native",
  },
  run: async ({ out, data, engine }, { terminal, signal }) => {
    const { writeReport } = await import("../report/mod.ts");
    const { bytes } = await writeReport(out, { data, engine, signal });
    terminal.err(`Wrote ${out}, ${(bytes / 1000).toFixed(0)} kB. Open it in a browser\n`);
    return EXIT.done;
  },
});
