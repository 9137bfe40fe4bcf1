import { DestinationError, EXIT } from "../common/errors.ts";
import { typedPath } from "../common/path.ts";
import type { FaultKind } from "../mock_api/faults.ts";
import { command, jsonLine } from "./command.ts";
import { custom, flag, text, wholeNumber } from "./options.ts";

async function faultList(): Promise<string> {
  const { FAULTS } = await import("../mock_api/faults.ts");
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
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    throw new DestinationError(`Cannot write ${path}`, {
      step: "mock-api",
      next: "Name a file in a folder that exists and may be written, as data/requests.ndjson",
      cause,
    });
  }
  return append;
}

export const mockApi = command({
  name: "mock-api",
  description:
    "Serve a local API with synthetic people, the quirks of the real API, and faults on demand.",
  args: {
    port: custom(
      { N: wholeNumber(0, 65_535) },
      "Port on 127.0.0.1, 0 for a free one",
      { default: 8686 },
    ),
    fault: {
      ...text("NAME:OPTIONS", "A fault, its pages and how often it occurs; repeatable"),
      multiple: true,
    },
    faults: flag("List the faults and stop"),
    limit: custom(
      { N: wholeNumber(0) },
      "People per window before status 429, 0 for no limit (default: 20000)",
    ),
    window: custom({ SECONDS: wholeNumber(0) }, "Length of the window (default: 300)"),
    requests: custom({ FILE: typedPath }, "File that gets one line of JSON per request"),
    json: flag("Print the address as JSON when the server is ready"),
  },
  examples: {
    "until Ctrl-C": "deno task mock-api",
    "in another terminal": "deno task extract --api http://127.0.0.1:8686/api --results 10000",
    "page 3 fails twice, page 5 is cut off":
      "deno task mock-api --fault 429:after=1,pages=3,times=2 --fault cut:pages=5",
    "a fault in the address, for one client":
      "curl 'http://127.0.0.1:8686/fault/503:times=1/api/1.4/?results=2&seed=a'",
    "no limit, and a log of all requests":
      "deno task mock-api --limit 0 --requests data/requests.ndjson",
  },
  run: async (
    { port, fault: faults = [], limit, window, requests, ...values },
    { signal, terminal },
  ) => {
    if (values.faults) {
      terminal.out(await faultList());
      return EXIT.done;
    }
    const append = requests === undefined ? undefined : appender(requests);
    const { startMockApi } = await import("../mock_api/server.ts");
    await using api = await startMockApi({
      port,
      faults,
      ...limit !== undefined && { limit },
      ...window !== undefined && { window },
      ...append && { onRequest: (entry) => append(jsonLine(entry)) },
    });
    if (values.json) terminal.out(jsonLine({ url: api.url }));
    terminal.err(`Serving ${api.url}, try ${api.url}/1.4/?results=3 (Ctrl-C stops)\n`);
    const { promise, resolve } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => resolve(), { once: true });
    if (!signal.aborted) await promise;
    return EXIT.done;
  },
});
