import { assert, assertEquals, assertRejects } from "@std/assert";
import { renewFiles, staleFiles } from "../../etl/generate/files.ts";
import { UsageError } from "../../etl/common/errors.ts";
import { nextOf } from "../next.ts";

const FILES = {
  "docs/a.md": "a",
  "docs/schema/b.sql": new Uint8Array([98]),
  "README.md": { block: "erd", text: "diagram" },
};
const BEFORE = "# title\n<!-- generated:erd -->\nold\n<!-- /generated:erd -->\nafter\n";

async function project(readme = BEFORE): Promise<string> {
  const root = await Deno.makeTempDir();
  await Deno.writeTextFile(`${root}/README.md`, readme);
  return root;
}

const paths = (stale: readonly { readonly path: string }[]) => stale.map(({ path }) => path);

Deno.test("files are stale until they are written, and after a change or removal", async () => {
  const root = await project();
  const stale = await staleFiles(root, FILES);
  assertEquals(paths(stale), Object.keys(FILES));
  await renewFiles(root, stale);
  assertEquals(await staleFiles(root, FILES), []);
  await Deno.writeTextFile(`${root}/docs/a.md`, "b");
  await Deno.remove(`${root}/docs/schema/b.sql`);
  assertEquals(paths(await staleFiles(root, FILES)), ["docs/a.md", "docs/schema/b.sql"]);
  await Deno.remove(root, { recursive: true });
});

Deno.test("only the text between the markers is replaced", async () => {
  const root = await project();
  await renewFiles(root, await staleFiles(root, FILES));
  const readme = await Deno.readTextFile(`${root}/README.md`);
  assertEquals(
    readme,
    "# title\n<!-- generated:erd -->\n\ndiagram\n\n<!-- /generated:erd -->\nafter\n",
  );
  await Deno.remove(root, { recursive: true });
});

Deno.test("a file without markers is refused and not changed", async () => {
  for (const readme of ["", "# title\n", "<!-- /generated:erd -->\n<!-- generated:erd -->\n"]) {
    const root = await project(readme);
    const error = await assertRejects(() => staleFiles(root, FILES), UsageError, "README.md");
    assert(nextOf(error).includes("Put both lines"));
    assertEquals(await Deno.readTextFile(`${root}/README.md`), readme);
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("a file in docs/schema that is no longer generated is stale and removed", async () => {
  const root = await project();
  await renewFiles(root, await staleFiles(root, FILES));
  await Deno.writeTextFile(`${root}/docs/schema/pets.schema.json`, "{}");
  await Deno.writeTextFile(`${root}/docs/written_by_hand.md`, "");
  const stale = await staleFiles(root, FILES);
  assertEquals(stale, [{ path: "docs/schema/pets.schema.json" }]);
  await renewFiles(root, stale);
  assertEquals(await staleFiles(root, FILES), []);
  await Deno.remove(root, { recursive: true });
});
