import { assertEquals } from "@std/assert";
import { findJsonFault, placeAfter } from "../../../etl/extract/text/json_fault.ts";
import { syntheticPage } from "../../../etl/extract/synthetic/mod.ts";

const FAULTS: Readonly<Record<string, readonly [at: number, what: string]>> = {
  '{"a":1,}': [6, 'a comma before "}"'],
  "[1,2,\n]": [4, 'a comma before "]"'],
  '{"a":[1,2': [9, "it ends too early, inside a list"],
  '{"a":"Ada': [9, "it ends too early, inside an object"],
  '{"a":"Ada\\': [10, "it ends too early, inside an object"],
  '{"a"': [4, "it ends too early, inside an object"],
  "": [0, "it is empty"],
  " \n": [2, "it is empty"],
  '{"a":1 "b":2}': [7, "a text where a comma should be"],
  '{"a" 1}': [5, "a number where a colon should be"],
  "{a:1}": [1, "a word without quotes where a name should be"],
  "{'a':1}": [1, "a single quote in place of a double one where a name should be"],
  '{"a":}': [5, '"}"'],
  "[1}": [2, '"}"'],
  "[01]": [1, "a number in a form that JSON does not allow"],
  "[NaN]": [1, "NaN"],
  '{"a":None}': [5, "None"],
  "[1,// Ada\n2]": [3, "a comment"],
  '["A\nda"]': [3, "a line break in a text"],
  '["A\tda"]': [3, "a control character in a text"],
  '["A\\da"]': [3, "a backslash that escapes nothing"],
  "[1] 2": [4, "a number after the end of the JSON"],
  "<!DOCTYPE html>": [0, "an HTML page"],
  "\n<?xml version='1.0'?>": [1, "XML"],
  "<<<<<<< HEAD\n{}": [0, '"<"'],
  "HTTP/2 200 \r\n\r\n{}": [0, "the headers of an answer"],
  "\r\nStatusCode        : 200": [2, "a table as PowerShell shows it"],
  "\r\nresults      info\r\n-------      ----": [2, "a table as PowerShell shows it"],
  "gender,name.first\nfemale,Ada": [0, "a word without quotes"],
  "gender,name.first,nat\nfemale,Ada,AU": [0, "a CSV header"],
  '"gender";"name.first";"nat"': [0, "a CSV header"],
  "results:\n  - gender: female": [0, "YAML"],
  "export default [{}]": [0, "a JavaScript module"],
  "module.exports = [{}]": [0, "a JavaScript module"],
  "show({});": [0, "a JSONP call, not JSON alone"],
};

for (const [text, [at, what]] of Object.entries(FAULTS)) {
  Deno.test(`invalid JSON is described by its kind: ${JSON.stringify(text)}`, () => {
    const fault = findJsonFault(text);
    assertEquals([fault.at, fault.what], [at, what]);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

Deno.test("the fault is at the changed byte of a page, or near the end of a cut page", () => {
  const page = syntheticPage({ seed: "fault", page: 1, results: 1, version: "1.4" });
  for (let at = 0; at < page.length; at++) {
    const text = `${page.slice(0, at)}\u0001${page.slice(at + 1)}`;
    assertEquals([isJson(text), findJsonFault(text).at], [false, at]);
    const cut = page.slice(0, at);
    if (!isJson(cut)) assertEquals(findJsonFault(cut).at >= at - 5, true, cut);
  }
});

Deno.test("a place is a line and a column in characters from the start of the text", () => {
  const bytes = new TextEncoder().encode("é\r\nab😀c");
  assertEquals(placeAfter(bytes), { line: 2, column: 6 });
  assertEquals(placeAfter(bytes.subarray(0, 2)), { line: 1, column: 2 });
  assertEquals(placeAfter(bytes.subarray(0, 2), { line: 7, column: 3 }), { line: 7, column: 4 });
  assertEquals(placeAfter(bytes, { line: 7, column: 3 }), { line: 8, column: 6 });
});
