import type { Verified } from "../load/dataset/mod.ts";
import { plural, size } from "../common/counts.ts";
import { EXIT } from "../common/errors.ts";
import { command, jsonLine } from "./command.ts";
import { nextText } from "./next_steps.ts";
import { DATA, JSON_OUTPUT } from "./options.ts";

type InWords = Omit<Verified, "faults"> & {
  readonly faults: readonly { file: string; what: string; next: string | undefined }[];
};

function verifiedText(verified: InWords, data: string): string {
  const { parts, people, bytes, faults, leftovers } = verified;
  const left = leftovers.map((path) =>
    `${path} is a copy of people that a killed process has left: the next run removes it\n`
  ).join("");
  const what = [plural(people, "person", "people"), plural(parts, "part"), size(bytes)].join(", ");
  if (faults.length === 0) return `${data}/tables is whole: ${what}\n${left}`;
  return [
    `${data}/tables has ${plural(faults.length, "fault")}: ${what}`,
    ...faults.flatMap(({ file, what, next }) => [`  ${file} ${what}`, `      ${next}`]),
  ].join("\n") + `\n${left}`;
}

/** Faults are exit code 7, not 5: debr made the keys and hashes, so they mean damage. */
export const verify = command({
  name: "verify",
  description: "Verify every hash, row count, key and foreign key of the dataset.",
  args: { data: DATA, json: JSON_OUTPUT },
  examples: {
    "compare everything with the manifest": "deno task verify",
    "only the damaged files": "deno task -q verify --json | jq -r '.faults[].file'",
  },
  run: async ({ data, json }, { terminal }) => {
    const dataset = await import("../load/dataset/verify.ts");
    const found = await dataset.verify(data);
    const faults = found.faults.map(({ next, ...fault }) => ({
      ...fault,
      next: nextText(next, { data, terminal: false }),
    }));
    const verified = { ...found, faults };
    const whole = faults.length === 0;
    terminal.out(json ? jsonLine({ whole, ...verified }) : verifiedText(verified, data));
    return whole ? EXIT.done : EXIT.destination;
  },
});
