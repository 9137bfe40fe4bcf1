import { assertEquals } from "@std/assert";
import { errorJson } from "../../etl/cli/log.ts";

Deno.test("the JSON of a defect contains its name but not its message", () => {
  assertEquals(JSON.parse(errorJson(new TypeError("planted value"))), {
    error: { status: 1, name: "TypeError", message: "Unexpected fault", transient: false },
  });
  assertEquals(JSON.parse(errorJson("planted")).error.status, 1);
});

Deno.test("Ctrl-C is not a defect and may be retried", () => {
  const { error } = JSON.parse(errorJson(new DOMException("stop", "AbortError")));
  assertEquals(error, { status: 130, name: "AbortError", message: "Stopped", transient: true });
});
