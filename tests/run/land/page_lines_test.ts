import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { API_VERSIONS } from "../../../schema/mod.ts";
import { PageWriter } from "../../../etl/run/land/page_lines.ts";
import { validate } from "../../../etl/transform/validate/person.ts";
import { RULES_VERSION } from "../../../etl/transform/validate/rules_version.ts";
import { ada, type Loose, pathsOf } from "../../people.ts";

const PATHS = pathsOf(ada());

/** Texts near the limits of rules, valid and invalid. */
const TEXTS = [
  ...["", '"', "\\", "a\u0000b", "\ud83d", "😀", "luk'yan@x.y", "a@b@c", "https://x", "ftp://a/b"],
  ...["+14:59", "+15:00", "90.0000", "90.0001", "2000-02-29T00:00:00.000Z", "AU", "MX", "LEGO"],
  ...["Australia", "Mexico", "5CA1AB1E-0000-4000-8000-00000C0FFEE0", ',"person":', "female"],
];

const VALUE = fc.oneof(
  fc.constantFrom<unknown>(...TEXTS, 0, 1.5, 2147483648, -1, 2 ** 53, null, true, [], {}),
  fc.string({ unit: "binary" }),
);

const PAGE = { run: "r", source: "saved", seed: null, page: 1, pages: 1 } as const;

Deno.test("a line has the verdict that Valibot gives for the input and for the person in the line", () => {
  const writer = new PageWriter();
  let valid = 0;
  let all = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.constantFrom(...PATHS), VALUE), { maxLength: 2 }),
      fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, VALUE),
      fc.constantFrom(...API_VERSIONS),
      (changes, other, version) => {
        const person = changes.reduce<Loose>((one, [path, value]) => {
          const under = path.split(".").slice(0, -1);
          const at = under.reduce((found, name) => found?.[name], one);
          // JSON has no arrays with named fields.
          const record = typeof at === "object" && at !== null && !Array.isArray(at);
          return record ? change(one, path, value) : one;
        }, ada());
        writer.add(other ?? person, version);
        const { bytes, results } = writer.take({ ...PAGE, version });
        assertEquals(results, 1);
        const line = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
        const { failures: [failed] = [] } = validate(other ?? person, version);
        const expected = failed ? [false, failed.path, failed.rule] : [true, undefined, undefined];
        assertEquals([line.valid, line.path, line.rule], expected);
        assertEquals(line.schema, RULES_VERSION);
        const { failures: [again] = [] } = validate(line.person, version);
        assertEquals([again?.path, again?.rule], [failed?.path, failed?.rule]);
        all++;
        valid += Number(line.valid);
      },
    ),
    { numRuns: 2000 },
  );
  assert(valid > all / 10 && valid < all * 0.9, `${valid} of ${all}`);
});

/** Copies a person with another value at a path. */
function change(person: Loose, path: string, value: unknown): Loose {
  const copy = structuredClone(person);
  const names = path.split(".");
  const last = names.pop()!;
  names.reduce((found, name) => found[name], copy)[last] = value;
  return copy;
}
