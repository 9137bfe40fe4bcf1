/**
 * Compares people read from bytes with the same people parsed and validated by Valibot.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import * as v from "valibot";
import { syntheticPage } from "../../../../etl/extract/synthetic/mod.ts";
import { rulesOf } from "../../../../etl/transform/validate/fast/byte_rules.ts";
import { FIELDS, OwnFields, type PersonFields } from "../../../../etl/transform/validate/fields.ts";
import { isValid } from "../../../../etl/transform/validate/person.ts";
import { PersonScanner } from "../../../../etl/transform/validate/fast/scan.ts";
import { API_VERSIONS, type ApiVersion } from "../../../../schema/mod.ts";
import { ada, type Loose, ODD, pathsOf } from "../../../people.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function textsOf(fields: PersonFields): (string | undefined)[] {
  return FIELDS.map((_, at) => fields.text(at));
}

/** A person whose JSON layout the scanner learns, as text or as an object. */
interface Like {
  readonly like: unknown;
  readonly version: ApiVersion;
}

/** Makes a scanner that has learned a layout, and returns where `bytes` begin in its buffer. */
function scannerOf(bytes: Uint8Array, { like, version }: Like) {
  const first = encode(typeof like === "string" ? like : JSON.stringify(like));
  const all = new Uint8Array([...first, ...bytes]);
  const scanner = new PersonScanner(all, version);
  assertEquals(scanner.read(0), -1);
  scanner.learn(0);
  return { scanner, start: first.length };
}

/** Reads the fields of a person from bytes; `undefined` if only the JSON parser can read them. */
function scan(text: string, of: Like) {
  const bytes = encode(text);
  const { scanner, start } = scannerOf(bytes, of);
  const end = scanner.read(start);
  if (end === -1) return undefined;
  assertEquals(end, start + bytes.length);
  return textsOf(scanner.person);
}

/** Reads a person from bytes and asserts that JSON gives a valid person with the same fields. */
function assertSame(text: string, of: Like): boolean {
  const found = scan(text, of);
  if (found === undefined) return false;
  const person: unknown = JSON.parse(text);
  assert(isValid(person, of.version), text);
  assertEquals(found, textsOf(new OwnFields().take(person)));
  return true;
}

for (const version of API_VERSIONS) {
  const page = syntheticPage({ seed: "scan", page: 1, results: 1000, version });
  const people: Loose[] = JSON.parse(page).results;

  Deno.test(`version ${version}: almost all people are read from bytes with the same values`, () => {
    const like = people[0];
    const read = people.filter((one) => assertSame(JSON.stringify(one), { like, version }));
    assert(read.length > 980, `${read.length}`);
  });

  Deno.test(`version ${version}: a changed person who is read from bytes is valid`, () => {
    let read = 0;
    for (const path of pathsOf(ada())) {
      for (
        const value of [...ODD, "é\u0085", 'a"b', "a\\b", "\u{1f600}", -0, 1e21, 123456789012345]
      ) {
        const text = JSON.stringify(ada({ [path]: value }));
        if (assertSame(text, { like: ada(), version })) read++;
      }
    }
    assert(read > 200, `${read}`);
  });
}

const TEXT = JSON.stringify(ada());
const OF = { like: ada(), version: "1.4" } as const;

Deno.test("a valid person in plain JSON is read from bytes", () => {
  assert(assertSame(TEXT, OF));
  assert(assertSame(JSON.stringify(ada({ id: { name: "", value: null } })), OF));
  assert(assertSame(JSON.stringify(ada({ "location.postcode": "0422" })), OF));
  assert(assertSame(JSON.stringify(ada({ "name.first": "Zoë 王" })), OF));
});

Deno.test("a valid person with escapes, white space or other numbers is left to the JSON parser", () => {
  for (
    const text of [
      TEXT.replace("Ada", "A\\u0022da"),
      TEXT.replace("Ada", 'A\\"da'),
      TEXT.replace("made-up", 'made\\"up'),
      TEXT.replace("made-up", "måde-up"),
      TEXT.replace(",", ", "),
      TEXT.replace(":42,", ":42.0,"),
      TEXT.replace(":4360,", ":436e1,"),
      TEXT.replace('"age":66', '"age":[]'),
      TEXT.replace('"age":66', '"age":true'),
    ]
  ) {
    assert(isValid(JSON.parse(text), "1.4"), text);
    assertEquals(scan(text, OF), undefined, text);
  }
});

/** Escapes JSON to ASCII, as Python and PHP write it. */
function ascii(text: string): string {
  return text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

Deno.test("escaped letters, also surrogate pairs, are read from bytes in every field", () => {
  const name = "Zoë 王 😀\u{10ffff}\uffff é";
  const written = ascii(JSON.stringify(name));
  for (const own of [written, written.toUpperCase().replaceAll("\\U", "\\u")]) {
    for (const path of ["name.first", "location.city", "id.value", "phone", "login.username"]) {
      const text = JSON.stringify(ada({ [path]: "@@" })).replace('"@@"', own);
      assert(assertSame(text, OF), path);
    }
  }
  const all = TEXT.replace(
    /(?<=:")[^"\\]+(?=")/g,
    (value) => Array.from(value, (char) => `\\u00${char.charCodeAt(0).toString(16)}`).join(""),
  );
  assert(isValid(JSON.parse(all), "1.4"));
  assert(!assertSame(all, OF), "an unknown field with escapes is not read");
  const known = all.replace(/"(password|salt|md5|sha1)":"[^"]*"/g, '"$1":"x"');
  assert(assertSame(known, OF));
  assert(assertSame(TEXT.replaceAll("/", "\\/"), OF), "slashes");
  for (
    const bad of [
      "\\ud83d",
      "\\ude00",
      "\\ud83dx",
      "\\ud83d\\u0041",
      "\\u0000",
      "\\u0022",
      "\\u005c",
    ]
  ) {
    assertEquals(scan(TEXT.replace("Ada", bad), OF), undefined, bad);
  }
  for (const bad of ["\\u00", "\\u00g1", "\\x41", "\\", "\\u"]) {
    const text = TEXT.replace("Ada", bad);
    assertThrows(() => JSON.parse(text), SyntaxError);
    assertEquals(scan(text, OF), undefined, bad);
  }
});

Deno.test("a person without escapes is read after one with escapes", () => {
  const one = ascii(JSON.stringify(ada({ "name.first": "Zoë" })));
  const { scanner, start } = scannerOf(encode(one + TEXT + one), OF);
  for (
    const [at, name] of [[0, "Zoë"], [one.length, ada().name.first], [
      one.length + TEXT.length,
      "Zoë",
    ]] as const
  ) {
    assert(scanner.read(start + at) > 0);
    const person = name === "Zoë" ? ada({ "name.first": name }) : ada();
    assertEquals(textsOf(scanner.person), textsOf(new OwnFields().take(person as never)));
  }
});

Deno.test("invalid JSON is never read", () => {
  for (
    const text of [
      TEXT.replace(":42,", ":042,"),
      TEXT.replace(":42,", ":-,"),
      TEXT.replace('"age":66', '"age":nul'),
      TEXT.replace("Example Street", "Example\nStreet"),
      TEXT.replace("made-up", "made\u0000up"),
    ]
  ) {
    assertThrows(() => JSON.parse(text), SyntaxError);
    assertEquals(scan(text, OF), undefined, text);
  }
});

Deno.test("a person truncated at any byte is not read", () => {
  const bytes = encode(TEXT);
  for (let size = 0; size < bytes.length; size++) {
    const { scanner, start } = scannerOf(bytes.slice(0, size), OF);
    assertEquals(scanner.read(start), -1, `${size}`);
  }
});

Deno.test("a person with an invalid UTF-8 byte at any place is not read", () => {
  const bytes = encode(TEXT);
  for (let at = 0; at < bytes.length; at++) {
    const broken = bytes.with(at, 0xff);
    const { scanner, start } = scannerOf(broken, OF);
    assertEquals(scanner.read(start), -1, `${at}`);
  }
});

Deno.test("the scanner learns white space between tokens and refuses other white space", () => {
  for (const space of [1, 2, "\t"]) {
    const like = JSON.stringify(ada(), null, space);
    const text = JSON.stringify(ada({ "name.first": "Eve" }), null, space);
    assert(assertSame(text, { like, version: "1.4" }), text);
    assert(assertSame(` \n\t\r${text}`, { like, version: "1.4" }), text);
    assertEquals(scan(TEXT, { like, version: "1.4" }), undefined);
  }
  const python = JSON.stringify(ada(), null, 1).replaceAll(/([,{])\n */g, "$1 ");
  assert(assertSame(python, { like: python, version: "1.4" }), python);
});

Deno.test("a repeated key is not learned, because a parser keeps the last value", () => {
  for (const double of ['"gender":"male",', '"name":{"first":"Eve"},', '"n":{},"n":{},']) {
    const text = TEXT.replace("{", `{${double}`);
    assert(isValid(JSON.parse(text), "1.4"), text);
    assertEquals(scan(text, { like: text, version: "1.4" }), undefined, text);
  }
});

Deno.test("a key with a dot is not read as a path", () => {
  const { first, ...name } = ada().name;
  for (
    const person of [
      { ...ada(), "name.first": "Eve" },
      { ...ada(), name, "name.first": first },
    ]
  ) {
    assertEquals(scan(JSON.stringify(person), { like: person, version: "1.4" }), undefined);
  }
});

Deno.test("a rule that cannot be evaluated on bytes is refused", () => {
  const text = v.pipe(v.string(), v.check((value) => value !== "x"));
  assertThrows(
    () => rulesOf(v.object({ gender: text })),
    TypeError,
    "Cannot compile check for bytes",
  );
  for (
    const gender of [
      v.pipe(v.picklist(["a", "b"]), v.check((value) => value !== "b")),
      v.pipe(v.nullable(v.string()), v.check((value) => value !== "b")),
      v.pipe(v.union([v.string(), v.number()]), v.check((value) => value !== "b")),
      v.union([v.pipe(v.string(), v.regex(/^a$/)), v.pipe(v.string(), v.regex(/^b$/))]),
      v.picklist(["a b"]),
      v.strictObject({ a: v.string() }),
    ]
  ) assertThrows(() => rulesOf(v.object({ gender })), TypeError, "Cannot compile");
  assertThrows(() => rulesOf(v.strictObject({ gender: v.string() })), TypeError, "strict_object");
  const person = v.pipe(v.object({ gender: v.string() }), v.check(() => true));
  assertThrows(() => rulesOf(person), TypeError, "has no declarative form");
});
