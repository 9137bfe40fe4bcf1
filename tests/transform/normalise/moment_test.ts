import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ByteBuffer, decodeUtf8 } from "../../../etl/common/utf8.ts";
import { milliseconds, printMoment } from "../../../etl/transform/normalise/moment.ts";

function printed(milliseconds: number): string {
  const out = new ByteBuffer();
  printMoment(milliseconds, out);
  return decodeUtf8(out.written);
}

const encode = (iso: string) => new TextEncoder().encode(iso);

Deno.test("a timestamp equals the number that Date.parse returns, and is printed again", () => {
  const moment = fc.date({
    min: new Date("0000-01-01T00:00:00.000Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, (date) => {
      assertEquals(milliseconds(encode(date.toISOString())), date.getTime());
      if (date.getUTCFullYear() === 0) return;
      assertEquals(`${printed(date.getTime())}Z`, date.toISOString());
    }),
    { numRuns: 2_000 },
  );
});

for (
  const day of [
    "0001-01-01",
    "9999-12-31",
    "1900-02-28",
    "1900-03-01",
    "2000-02-29",
    "2000-12-31",
    "2024-01-01",
  ]
) {
  Deno.test(`the end of ${day} equals the number that Date.parse returns`, () => {
    const iso = `${day}T23:59:59.999Z`;
    assertEquals(milliseconds(encode(iso)), Date.parse(iso));
    assertEquals(`${printed(Date.parse(iso))}Z`, iso);
    assertEquals(milliseconds(encode(`..${iso}`), 2), Date.parse(iso));
  });
}
