/**
 * The benchmark of a night, from pages to restored backups, with few people.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ROOT } from "../layers.ts";
import { run } from "./servers.ts";
import { available } from "./servers.ts";
import { storesAvailable } from "./object_stores.ts";

const STEPS = ["`land`", "`check`", "`load`", "`backup`", "`restore --verify`", "`report`"];

Deno.test({
  name: "every step of a night runs with its yardstick",
  ignore: !await available("postgresql") || !await available("mariadb-server") ||
    !await storesAvailable(),
  fn: async () => {
    const bench = ["run", "-q", "--lock=deno.lock", "--frozen", "-A", "tests/bench/main.ts"];
    const output = await run("deno", [...bench, "--night", "--people", "2000"], { cwd: ROOT });
    const rows = output.split("\n").filter((line) => line.startsWith("| `"));
    assertEquals(rows.length, 20, output);
    assertEquals(STEPS.filter((step) => !rows.some((row) => row.includes(step))), []);
  },
});
