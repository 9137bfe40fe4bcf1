// Runs the questions of the cookbook on one engine; the document has the expected output.
import { assert, assertEquals } from "@std/assert";
import { QUESTIONS } from "../../etl/query/questions.ts";
import { openDataset } from "../../etl/query/dataset.ts";
import { FORMATS } from "../../etl/query/formats/format.ts";
import type { EngineName } from "../../etl/query/options.ts";

export function testCookbook(engine: EngineName): void {
  Deno.test(`${engine}: every question of the cookbook prints the output in the document`, async () => {
    const document = await Deno.readTextFile("docs/cookbook.md");
    const files = QUESTIONS.flatMap(({ file }) => file === undefined ? [] : [{ path: file }]);
    const dataset = await openDataset("data/sample", { engine, files });
    try {
      for (const { title, name, sql, plot } of QUESTIONS) {
        const result = await dataset.query(sql);
        let printed = "";
        await FORMATS.table(result, (text) => void (printed += text));
        await result.close();
        const [, section = ""] = document.split(`\n## ${title}\n`);
        assert(section.split("\n## ")[0]!.includes(`\`\`\`text\n${printed}\`\`\`\n`), name);
        assertEquals(section.split("\n## ")[0]!.includes(`(cookbook/${name}.svg)`), !!plot, name);
      }
    } finally {
      dataset.close();
    }
    const names = QUESTIONS.map(({ name }) => name);
    assertEquals(new Set(names).size, names.length);
    assert(names.length >= 20);
  });
}
