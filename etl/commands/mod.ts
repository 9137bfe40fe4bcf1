/**
 * The commands by name. `main.ts` runs them; the CLI reference is made from them.
 *
 * @module
 */
import type { Command } from "./command.ts";

/** The commands; each is loaded when it is named. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  extract: async () => (await import("./extract.ts")).extract as unknown as Command,
  query: async () => (await import("./query.ts")).query as unknown as Command,
  check: async () => (await import("./check.ts")).check as unknown as Command,
  why: async () => (await import("./why.ts")).why as unknown as Command,
  verify: async () => (await import("./verify.ts")).verify as unknown as Command,
  rejects: async () => (await import("./rejects.ts")).rejects as unknown as Command,
  forget: async () => (await import("./forget.ts")).forget as unknown as Command,
  load: async () => (await import("./load.ts")).load as unknown as Command,
  report: async () => (await import("./report.ts")).report as unknown as Command,
  docs: async () => (await import("./docs.ts")).docs as unknown as Command,
  sample: async () => (await import("./sample.ts")).sample as unknown as Command,
  fixture: async () => (await import("./fixture.ts")).fixture as unknown as Command,
};
