import type { ArgValues } from "gunshi";
import { DestinationError, EXIT, type ExitStatus } from "../common/errors.ts";
import { type FaultKind, FAULTS } from "../mock_api/faults.ts";
import { type MockApiOptions, startMockApi } from "../mock_api/server.ts";
import type { Context } from "./command.ts";
import type { mockApi as command } from "./mock_api.ts";

const DEFAULT_PORT = 8686;

type Values = ArgValues<typeof command["args"]>;

/** Lists the faults, one a line. */
export function faultList(): string {
  const kinds: readonly [string, FaultKind][] = Object.entries(FAULTS);
  const lines = kinds.map(([name, { description }]) => `${name.padEnd(9)}${description}\n`);
  return lines.join("") +
    "\nEach takes pages=3+7-9 (default: all) and times=2, how often it hits a page\n" +
    "(default: always), as in --fault 429:after=1,pages=3,times=2\n";
}

/** Opens the file now, so that a path that cannot be written fails before the first request. */
function appender(path: string): (text: string) => void {
  const append = (text: string) => Deno.writeTextFileSync(path, text, { append: true });
  try {
    append("");
  } catch (cause) {
    throw new DestinationError(`Cannot write ${path}`, {
      step: "mock-api",
      next: "Name a file in a folder that exists and may be written, as data/requests.ndjson",
      cause,
    });
  }
  return append;
}

function optionsOf(values: Values): MockApiOptions {
  const append = values.requests === undefined ? undefined : appender(values.requests);
  return {
    port: values.port ?? DEFAULT_PORT,
    faults: values.fault ?? [],
    ...values.limit !== undefined && { limit: values.limit },
    ...values.window !== undefined && { window: values.window },
    ...append && { onRequest: (entry) => append(JSON.stringify(entry) + "\n") },
  };
}

/** Serves until the signal aborts, or lists the faults. */
export async function runMockApi(
  values: Values,
  { signal, terminal }: Pick<Context, "signal" | "terminal">,
): Promise<ExitStatus> {
  if (values.faults) {
    terminal.out(faultList());
    return EXIT.done;
  }
  await using api = await startMockApi(optionsOf(values));
  if (values.json) terminal.out(JSON.stringify({ url: api.url }) + "\n");
  terminal.err(`Serving ${api.url}, try ${api.url}/1.4/?results=3 (Ctrl-C stops)\n`);
  if (!signal.aborted) {
    await new Promise<void>((stop) =>
      signal.addEventListener("abort", () => stop(), { once: true })
    );
  }
  return EXIT.done;
}
