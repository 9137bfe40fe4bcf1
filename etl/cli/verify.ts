/**
 * `deno task verify`: the dataset against its manifest, keys and hashes.
 *
 * @module
 */
import type { Verified } from "../load/dataset/verify.ts";
import { EXIT } from "../common/errors.ts";
import { command } from "./command.ts";
import { nextText } from "./next_steps.ts";
import { DATA, JSON_OUTPUT } from "./options.ts";

/** What was found, each fault with what to do in words. */
type InWords = Omit<Verified, "faults"> & {
  readonly faults: readonly { file: string; what: string; next: string | undefined }[];
};

function verifiedText({ parts, people, bytes, faults }: InWords, data: string): string {
  const size = `${people.toLocaleString("en")} people, ${parts} parts, ${
    (bytes / 1e6).toFixed(1)
  } MB`;
  if (faults.length === 0) return `${data}/tables is whole: ${size}\n`;
  return [
    `${data}/tables has ${faults.length} faults: ${size}`,
    ...faults.flatMap(({ file, what, next }) => [`  ${file} ${what}`, `      ${next}`]),
  ].join("\n") + "\n";
}

/**
 * The command `verify`. Faults are status 7, not 5: debr itself made every key and hash, so one
 * that is wrong says that the dataset was damaged, not that a source sent bad data.
 */
export const verify = command({
  name: "verify",
  description: "Check every hash, row count, key and foreign key of the dataset.",
  args: { data: DATA, json: JSON_OUTPUT },
  examples: [
    "# is everything as it was committed?",
    "deno task verify",
    "# which files are not",
    "deno task -q verify --json | jq -r '.faults[].file'",
  ].join("\n"),
  run: async ({ data, json }, { terminal }) => {
    const dataset = await import("../load/dataset/verify.ts");
    const found = await dataset.verify(data);
    const faults = found.faults.map(({ next, ...fault }) => ({
      ...fault,
      next: nextText(next, { data, terminal: false }),
    }));
    const verified = { ...found, faults };
    const whole = faults.length === 0;
    terminal.out(
      json ? JSON.stringify({ whole, ...verified }) + "\n" : verifiedText(verified, data),
    );
    return whole ? EXIT.done : EXIT.destination;
  },
});
