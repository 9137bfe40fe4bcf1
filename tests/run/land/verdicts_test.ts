/**
 * Landed files without verdicts, or with outdated ones: `extract` validates again, and `land` rewrites
 * the files.
 *
 * @module
 */
import { assertEquals, assertNotEquals } from "@std/assert";
import { extracted, savePages } from "../../extracted.ts";
import { ada, pageOf } from "../../people.ts";
import { hashesUnder, tableHashes } from "../../project.ts";
import { temporary } from "../../temporary.ts";
import { landed, rewrite } from "./landed.ts";

Deno.test("landed files without verdicts, or with outdated ones, are validated again", async () => {
  await using folder = await temporary();
  const at = (name: string) => `${folder.path}/${name}`;
  const people = [ada(), ada({ email: "none" }), "nobody", ada({ "name.first": "Eve" })];
  const source = await savePages(at("pages"), [pageOf(people), pageOf([ada()]), pageOf([])]);
  const { files, run } = await landed({ source }, { out: at("raw") });
  const expected = await hashesUnder(at("raw"));
  await extracted({ source: at("raw") }, { root: at("now") });
  const tables = await tableHashes(at("now"));
  const older: Readonly<Record<string, (line: string) => string>> = {
    "without verdicts": (line) =>
      line.replace(/"schema":"\w+",/, "").replace(/"valid":.*?(?="person":)/, ""),
    "with outdated verdicts": (line) =>
      line.replace(/"schema":"\w+"/, '"schema":"other"').replace(/"valid":true/, '"valid":false'),
  };
  for (const [name, change] of Object.entries(older)) {
    const out = at(name);
    const { files } = await landed({ source }, { out });
    for (const { path } of files) {
      await rewrite(path, (text) => text.split("\n").map(change).join("\n"));
    }
    const changed = await hashesUnder(out);
    assertNotEquals(changed, expected);
    await extracted({ source: out }, { root: `${out}-tables` });
    assertEquals(await tableHashes(`${out}-tables`), tables);
    const elsewhere = await landed({ source: out }, { out: `${out}-elsewhere` });
    assertEquals(elsewhere.run, run);
    assertEquals(await hashesUnder(`${out}-elsewhere`), expected);
    assertEquals(await hashesUnder(out), changed);
    const rewritten = await landed({ source: out }, { out });
    assertEquals(rewritten.files.map(({ kept }) => kept), files.map(() => false));
    assertEquals(await hashesUnder(out), expected);
  }
  const kept = await landed({ source: at("raw") }, { out: at("raw") });
  assertEquals(kept.files, files.map((file) => ({ ...file, kept: true })));
});
