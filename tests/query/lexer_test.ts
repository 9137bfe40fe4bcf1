import { lex, splitStatements } from "../../etl/query/lexer.ts";
import { assertEquals } from "@std/assert";

const split = (sql: string) => splitStatements(sql).statements.map(({ sql }) => sql);

Deno.test("semicolons in texts, names and comments do not end a statement", () => {
  for (
    const sql of [
      "select ';'",
      "select ''';'",
      "select E'\\';'",
      'select 1 as ";"',
      "select $$;$$, $tag$ $$ ; $tag$",
      "select 1 /* ; /* ; */ ; */",
      "select 1 -- ;",
    ]
  ) assertEquals(split(`${sql}`), [sql]);
});

Deno.test("statements are split at semicolons, and empty ones are skipped", () => {
  assertEquals(split("select 1;; select 2 ;\n-- end\n;"), ["select 1", "select 2"]);
  assertEquals(split("select 'it''s'; select 2"), ["select 'it''s'", "select 2"]);
});

Deno.test("a comment ends at a carriage return, as in DuckDB", () => {
  assertEquals(split("select 1 -- a\r; copy x to 'y'").length, 2);
});

Deno.test("positions of tokens are relative to their statement", () => {
  const [, second] = splitStatements("select 1;  explain select 2").statements;
  const token = second?.tokens[1];
  assertEquals(second?.sql.slice(token?.start, token?.end), "select");
});

Deno.test("a script is unfinished without a last semicolon or with an open quote or comment", () => {
  for (const sql of ["select 1", "select 'a;", "select /* ;", 'select "a;', "select $$;", "a; b"]) {
    assertEquals(splitStatements(sql).unfinished, true, sql);
  }
  for (const sql of ["", "select 1;", "select 1; -- done", "/* only a comment */"]) {
    assertEquals(splitStatements(sql).unfinished, false, sql);
  }
});

Deno.test("Unicode spaces separate names, so that they cannot hide a refused function", () => {
  assertEquals(lex("glob\u00a0(").tokens.map(({ text }) => text), ["glob", "("]);
  assertEquals(lex("glob\u200b(").tokens.map(({ text }) => text), ["glob", "("]);
});
