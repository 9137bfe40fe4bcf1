/**
 * Patterns in JavaScript, and texts on which regular expression dialects differ.
 *
 * @module
 */
import { pathOfUrl } from "../../../etl/common/path.ts";
import { assertEquals } from "@std/assert";
import type { Expectation } from "../../../etl/quality/check/expectation.ts";
import { translate } from "../../../etl/common/regex.ts";
import { defaultSuite } from "../../../etl/quality/check/suite.ts";
import { type Database, DIALECTS } from "../../../etl/load/database/mod.ts";
import { openDataset } from "../../../etl/query/dataset.ts";
import { literal } from "../../../etl/query/engine.ts";
import type { EngineName } from "../../../etl/query/options.ts";

/** Texts: controls, all kinds of spaces, letters beyond ASCII, values that match the suite. */
export const TEXTS: readonly string[] = [
  "",
  "a",
  "ab",
  "ab\n",
  "a\nb",
  "a\r",
  "a\u2028b",
  "a\tb",
  "a\u001fb",
  "a\u007fb",
  "a\u0085b",
  "a\u009fb",
  "a\u00a0b",
  "a\u2003b",
  "a\u3000b",
  "\ufeffa",
  "a\u200cb",
  "é",
  "e\u0301",
  "İ",
  "٣",
  "𝟛",
  "👍🏽",
  "a.b",
  "a/b",
  "a-b",
  "a]b",
  "[",
  "^",
  "$",
  "\\",
  "{1}",
  "0422",
  "12345",
  "K1A 0B1",
  "SW1A 1AA",
  "1234 AB",
  "NaNNA123undefined",
  "ada@example.com",
  "luk'yan@example.com",
  "two@at@example.com",
  "a b@example.com",
  "https://example.com/a",
  "https://example.com/a b",
  "ftp://example.com/a",
  "+5:45",
  "-14:00",
  "15:00",
  "0123456789abcdef",
  "0123456789ABCDEF",
  "0123456789abcdef".repeat(4),
  "1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed",
];

/** The patterns of the suite and additional ones. */
export const PATTERNS: readonly RegExp[] = [
  ...defaultSuite().map(({ rule }: Expectation) => rule.kind === "matches" ? rule.pattern : /a/),
  /^.$/u,
  /^..$/u,
  /a.b/,
  /b$/,
  /^\S+$/,
  /^\s*\w+\s*$/,
  /\D/,
  /\W/,
  /^[\s\d]+$/,
  /^[^\s\w]+$/,
  /[[\]^$\\/-]/,
  /^(?:a|b){1,2}$/,
  /^a|b$/,
  /\u{1f44d}/u,
  /é/,
  /[é]/,
  /\xe9|\u0301/,
  /^[\u0080-\u{10ffff}]+$/u,
  /\x61\t?/,
  /\{1\}/,
].filter((pattern, at, all) => all.findIndex(({ source }) => source === pattern.source) === at);

/** Returns the result of each pattern for each text in JavaScript, as 0 and 1. */
export function inJavaScript(): string[] {
  return PATTERNS.map((pattern) =>
    pattern.source + " " + TEXTS.map((text) => Number(pattern.test(text))).join("")
  );
}

/** Asserts that an engine matches each text as JavaScript does. */
export async function assertPatterns(engine: EngineName): Promise<void> {
  const root = pathOfUrl(new URL("../../../data/sample", import.meta.url));
  const dataset = await openDataset(root, { engine });
  const columns = PATTERNS.map((pattern) =>
    `string_agg(regexp_matches(text, ${literal(translate(pattern, "re2"))})::int::varchar, ''` +
    " order by place)"
  );
  const rows = TEXTS.map((text, at) => `(${at}, ${literal(text)})`).join(", ");
  try {
    const result = await dataset.query(
      `select ${columns.join(",\n")} from (values ${rows}) texts(place, text)`,
    );
    const [row = []] = await result.rows();
    assertEquals(row.map((found, at) => `${PATTERNS[at]!.source} ${found}`), inJavaScript());
  } finally {
    dataset.close();
  }
}

/** Asserts that a database matches each text as JavaScript does. */
export async function assertDialectPatterns(database: Database): Promise<void> {
  const dialect = DIALECTS[database.flavour];
  const rows = TEXTS.map((text, at) => `(${at}, ${dialect.literal(text)})`).join(", ");
  const collation = { postgres: "", mysql: "utf8mb4_0900_bin", mariadb: "utf8mb4_nopad_bin" };
  const suffix = database.flavour === "postgres"
    ? ""
    : ` character set utf8mb4 collate ${collation[database.flavour]}`;
  await database.run(`create table texts (place integer, content text${suffix})`);
  await database.run(`insert into texts values ${rows}`);
  const columns = PATTERNS.map((pattern, at) =>
    `case when ${
      dialect.matches("content", translate(pattern, dialect.patterns))
    } then 1 else 0 end as p${at}`
  );
  const found = await database.ask(
    `select ${columns.join(",\n")} from texts order by place`,
  );
  const actual = PATTERNS.map((pattern, at) =>
    pattern.source + " " + found.map((row) => row[`p${at}`]).join("")
  );
  assertEquals(actual, inJavaScript());
}
