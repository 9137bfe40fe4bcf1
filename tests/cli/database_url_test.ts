import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { findUrl, urlOption } from "../../etl/cli/database_url.ts";
import { UsageError } from "../../etl/common/errors.ts";
import { parseTarget } from "../../etl/load/database/mod.ts";

Deno.test("a database URL is read from the option or from a file", async () => {
  assertEquals(await findUrl("mysql://u@h/d"), "mysql://u@h/d");
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, "mysql://u@h/d\n");
  assertEquals((await parseTarget(await findUrl(`@${file}`))).database, "d");
  await Deno.remove(file);
  await assertRejects(() => findUrl(`@${file}`), UsageError, "there is no such file");
});

Deno.test("the option accepts a URL without a password, or a file", () => {
  assertEquals(urlOption("mysql://u@h/d"), "mysql://u@h/d");
  assertEquals(urlOption("@file"), "@file");
  for (const url of ["mysql://u:planted@h/d", "postgres://:planted@h/d", "x://u:pl/planted@h"]) {
    const error = assertThrows(() => urlOption(url), RangeError, "DEBR_DATABASE_URL");
    assert(!error.message.includes("planted"));
  }
});
