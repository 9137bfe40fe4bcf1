/**
 * Each command ends with the right exit code if its environment is broken; 1 is only for defects.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Project } from "./project.ts";
import { windowsLacks } from "./windows.ts";

const project = await Project.copy({ sample: true });
globalThis.addEventListener("unload", () => Deno.removeSync(project.path(), { recursive: true }));

const LONG = "x".repeat(300);

/** Makes the broken files and folders. */
async function prepare(): Promise<void> {
  const folders = ["folder", "folder/page.json"];
  for (const path of folders) await Deno.mkdir(project.path(path), { recursive: true });
  await Deno.writeTextFile(project.path("file"), "no dataset\n");
  await Deno.writeFile(project.path("binary"), new Uint8Array([0xff, 0xfe, 0xfd]));
  await Deno.writeTextFile(project.path("data/file"), "no folder\n");
  await Deno.writeTextFile(project.path("broken.sql"), "-- name: x\nselect 1");
  await Deno.writeTextFile(project.path("broken.ts"), "export default {");
  const own = "-- name: users.x\n-- table: users\n-- description: X.\n";
  await Deno.writeTextFile(project.path("wrong.sql"), `${own}select nothing from users`);
  await Deno.mkdir(project.path("data/odd/tables/manifest.json"), { recursive: true });
  await Deno.mkdir(project.path("data/odd/runs.ndjson"), { recursive: true });
  await Deno.writeTextFile(project.path("url"), "postgres://ada:pl4nted@db.invalid/people");
  await Deno.writeTextFile(project.path("closed"), "mysql://ada:pl4nted@127.0.0.1:1/people");
}

await prepare();

/** Arguments, expected exit code, and text in the message. */
const ENDS: readonly (readonly [args: string, status: number, says: string])[] = [
  ["extract --source folder/page.json", 3, "Cannot find saved pages"],
  [`extract --source ${LONG}`, 3, "Cannot find saved pages"],
  ["extract --source folder/*", 3, "Cannot find saved pages"],
  ["extract --source file/x.json", 3, "Cannot find saved pages"],
  ["extract --source sample --out data/file", 7, "data/file"],
  ["extract --api http://db.invalid --timeout 1", 2, "permission"],
  ["extract --api http://127.0.0.1:1 --timeout 1", 3, "Cannot reach"],
  ["land --source synthetic --results 10 --out data/file", 7, "data/file"],
  ["query --file folder", 2, "it is a folder"],
  ["query --file file/x", 2, "Cannot read SQL"],
  ["query --file binary", 2, "not UTF-8"],
  ["query --data file 'select 1'", 7, "file"],
  ["query --data data/odd 'select 1'", 7, "data/odd"],
  ["check --data data/none", 7, "data/none"],
  ["check --data data/file", 7, "data/file"],
  ["check --data data/sample --custom broken.sql", 2, "broken.sql"],
  ["check --data data/sample --custom broken.ts", 2, "broken.ts"],
  ["check --data data/sample --custom binary", 2, "binary"],
  ["check --data data/sample --custom file/x", 2, "file/x"],
  ["check --data data/sample --custom wrong.sql", 2, ""],
  ["check --stage pages --source folder", 3, "Cannot find saved pages"],
  ["check --stage database --to @url", 7, "db.invalid"],
  ["check --stage database --to @closed", 7, "127.0.0.1"],
  ["check --stage database --to @folder", 2, "it is a folder"],
  ["load --data data/sample --to @url", 7, "db.invalid"],
  ["load --data data/file --to @url", 7, "data/file"],
  ["load --to @file/x", 2, "Cannot read the database URL"],
  ["load --to @binary", 2, "not UTF-8"],
  ["drift --to @closed", 7, "127.0.0.1"],
  ["drift --data data/file", 7, "data/file"],
  ["drift --source folder", 3, "Cannot find saved pages"],
  ["report --data data/file", 7, "data/file"],
  ["report --data data/sample --out data/file/x.html", 7, "data/file"],
  ["verify --data data/file", 7, "data/file"],
  ["verify --data data/odd", 7, "data/odd"],
  ["lineage --data data/odd 00000000-0000-0000-0000-000000000000", 7, "data/odd"],
  ["forget --data data/file 00000000-0000-0000-0000-000000000000", 7, "data/file"],
  ["rejects --data data/file", 7, "data/file"],
  ["mock-api --port 65536", 2, "0 to 65535"],
  ["notify --to @folder --status 1 --pipeline x", 2, "folder"],
  ["backup --data data/file --to data/backups", 7, "data/file"],
  ["backup --data data/sample --to data/file", 7, "data/file"],
  ["backup --database @closed --to data/backups", 7, ""],
  ["restore --from data/file --out data/back", 7, "data/file"],
];

for (const [line, status, says] of ENDS) {
  Deno.test(`ends with ${status}: ${line.replace(LONG, "…")}`, async () => {
    const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
    const ended = await project.run(args);
    const output = `${ended.out}${ended.err}`;
    assertEquals(ended.status, status, output);
    assertStringIncludes(output, says);
    assert(!/Unexpected fault|pl4nted/.test(output), output);
  });
}

/** Command lines with redirections, and the expected exit code. */
const REDIRECTED: readonly (readonly [args: string, to: string, status: number])[] = [
  ["extract --source sample --out data/full", "2> /dev/full", 0],
  ["verify --data data/none", "2> /dev/full", 7],
  ["verify --data data/none --json", "> /dev/full", 7],
  ["verify --data data/sample --json", "> /dev/full", 7],
  ["check --data data/sample --custom wrong.sql", "| true", 2],
  ["query --data data/sample --format csv 'from users, range(50)'", "| true", 0],
  ["verify --data data/none", "2>&1 | true", 7],
];

for (const [args, to, expected] of REDIRECTED) {
  Deno.test(`ends with ${expected}: ${args} ${to}`, {
    ignore: windowsLacks("a POSIX shell"),
  }, async () => {
    const [task = ""] = args.split(" ");
    const run = project.args([task]).slice(0, -1).join(" ");
    // npx sets INIT_CWD, which relative paths of the command would start from.
    const script = `unset INIT_CWD; { { deno ${run} ${args}; echo $? >&3; } ${to}; } 3> status`;
    const shell = new Deno.Command("sh", { args: ["-c", script], cwd: project.path() });
    await shell.output();
    const status = await Deno.readTextFile(project.path("status"));
    assertEquals(Number(status), expected);
  });
}
