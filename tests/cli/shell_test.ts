import { assertEquals } from "@std/assert";
import { extractCommand } from "../../etl/cli/shell.ts";

Deno.test("the command that repeats a request has all options, quoted for a shell", () => {
  const request = {
    source: "api",
    api: "http://127.0.0.1:8000/api",
    version: "1.4",
    seed: "it's",
    nat: ["US", "GB"],
    gender: "female",
    results: 20,
    pageSize: 10,
  };
  assertEquals(
    extractCommand(request),
    "deno task extract --source api --api http://127.0.0.1:8000/api --api-version 1.4 " +
      `--seed "it's" --nat "us,gb" --gender female --results 20 --page-size 10`,
  );
  assertEquals(
    extractCommand({ source: "pages/*.json", seed: "-x" }, { out: "data/a b" }),
    'deno task extract --source "pages/*.json" --seed=-x --out "data/a b"',
  );
});
