import { peopleCount } from "../common/counts.ts";
import { custom } from "./options.ts";
import { typedFolder } from "../common/path.ts";
import { EXIT } from "../common/errors.ts";
import { command } from "./command.ts";

export const sample = command({
  name: "sample",
  description: "Regenerate the committed sample: pages and tables of 1,000 synthetic people.",
  args: {
    out: custom({ DIR: typedFolder }, "Folder to write the sample to, below data", {
      default: "data/sample",
    }),
  },
  examples: { "after a change of the schema or the writer": "deno task sample" },
  run: async ({ out }, { terminal }) => {
    const { writeSample } = await import("../run/sample.ts");
    const { manifest } = await writeSample(out);
    terminal.err(`${peopleCount(manifest.tables.users.rows)} under ${out}\n`);
    return EXIT.done;
  },
});
