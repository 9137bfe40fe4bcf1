import { typedPath } from "../common/path.ts";
import { options } from "./command.ts";
import { custom, wholeNumber } from "./options.ts";

export const mockApi = options({
  name: "mock-api",
  description:
    "Serve a local API with made-up people, the real one's quirks, and faults on demand.",
  args: {
    port: custom({ N: wholeNumber(0) }, "Port on 127.0.0.1, 0 for a free one (default: 8686)"),
    fault: {
      type: "string",
      multiple: true,
      metavar: "NAME:OPTIONS",
      description: "What goes wrong, on which pages, how many times; repeatable",
    },
    faults: { type: "boolean", description: "List the faults and stop" },
    limit: custom(
      { N: wholeNumber(0) },
      "Users in a window before status 429, 0 for no limit (default: 20000)",
    ),
    window: custom({ SECONDS: wholeNumber(0) }, "Length of that window (default: 300)"),
    requests: custom({ FILE: typedPath }, "Append a line of JSON for each request"),
    json: { type: "boolean", description: "Print the address as JSON once it is ready" },
  },
  examples: [
    "# until Ctrl-C",
    "deno task mock-api",
    "# in another terminal",
    "deno task extract --api http://127.0.0.1:8686/api --results 10000",
    "# page 3 fails twice, then works; page 5 breaks off",
    "deno task mock-api --fault 429:after=1,pages=3,times=2 --fault cut:pages=5",
    "# a fault in the address, for one client alone",
    "curl 'http://127.0.0.1:8686/fault/503:times=1/api/1.4/?results=2&seed=a'",
    "# as many users as wanted, every request noted",
    "deno task mock-api --limit 0 --requests data/requests.ndjson",
  ].join("\n"),
});
