import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { milliseconds } from "../../../etl/transform/normalise/moment.ts";

const encode = (iso: string) => new TextEncoder().encode(iso);

Deno.test("a timestamp equals the number that Date.parse returns", () => {
  const moment = fc.date({
    min: new Date("0000-01-01T00:00:00.000Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, (date) => {
      assertEquals(milliseconds(encode(date.toISOString())), date.getTime());
    }),
    { numRuns: 2_000 },
  );
});

for (const day of ["1900-02-28", "1900-03-01", "2000-02-29", "2000-12-31", "2024-01-01"]) {
  Deno.test(`the end of ${day} equals the number that Date.parse returns`, () => {
    const iso = `${day}T23:59:59.999Z`;
    assertEquals(milliseconds(encode(iso)), Date.parse(iso));
    assertEquals(milliseconds(encode(`..${iso}`), 2), Date.parse(iso));
  });
}
