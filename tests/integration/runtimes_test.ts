/**
 * `RandomUser` gives the same people in Node and Bun as in Deno, from the same files and packages.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { RandomUser } from "../../etl/random_user.ts";
import { startMockApi } from "../../etl/mock_api/server.ts";
import { ROOT } from "../layers.ts";
import { temporary } from "../temporary.ts";
import { run } from "./servers.ts";

/** Runtimes by name, with their npm packages. */
const RUNTIMES = { Node: "node@24.9.0", Bun: "bun@1.4.5" } as const;

/** A program of a project in Node or Bun. */
const PROGRAM = `
import { RandomUser } from "./etl/random_user.ts";
const client = new RandomUser({ api: process.env.API, seed: "london", nat: ["GB"] });
const people = [];
for await (const person of client.people(30)) people.push(person);
const { tables } = await client.tables(30);
console.log(JSON.stringify({ people, ids: tables.users.user_id }));
`;

async function project(folder: string): Promise<void> {
  for (const path of ["deno.json", "etl", "schema"]) await run("cp", ["-r", ROOT + path, folder]);
  const named = Object.entries(config.imports).flatMap(([name, to]) => {
    const version = /^npm:.*@([\d.]+)$/.exec(to)?.[1];
    return version === undefined ? [] : [[name, version]];
  });
  const needed = { type: "module", dependencies: Object.fromEntries(named) };
  await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify(needed));
  await Deno.writeTextFile(`${folder}/app.ts`, PROGRAM);
  await run("npm", ["install", "--silent", "--no-audit", "--no-fund"], { cwd: folder });
}

Deno.test("the client runs in Node and in Bun", async () => {
  await using api = await startMockApi();
  await using folder = await temporary();
  await project(folder.path);
  const client = new RandomUser({ api: api.url, seed: "london", nat: ["GB"] });
  const people = await Array.fromAsync(client.people(30));
  const { tables } = await client.tables(30);
  const expected = JSON.stringify({ people, ids: tables.users.user_id });
  for (const [name, program] of Object.entries(RUNTIMES)) {
    const printed = await run("npx", ["-y", program, "app.ts"], {
      cwd: folder.path,
      env: { API: api.url },
    });
    assertEquals([name, printed.trim()], [name, expected]);
  }
});
