import { assertEquals } from "@std/assert";
import { hidePasswords } from "../../etl/common/passwords.ts";

Deno.test("passwords of database URLs are hidden anywhere in a text", () => {
  assertEquals(
    hidePasswords("a postgres://u:pl/an@ted@h:1/d, MYSQL://:p@h and mysql://u@h:1/d (x@y)"),
    "a postgres://u:***@h:1/d, MYSQL://:***@h and mysql://u@h:1/d (x@y)",
  );
});
