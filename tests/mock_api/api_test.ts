import { assert, assertEquals } from "@std/assert";
import { type ApiRequest, apiRequest } from "../../etl/mock_api/api.ts";

function parsed(path: string): ApiRequest {
  const request = apiRequest(new URL(path, "http://127.0.0.1"), () => "picked");
  assert(request !== undefined, path);
  return request;
}

function ask(query: string): ApiRequest {
  return parsed(`/api/1.4/?${query}`);
}

Deno.test("an invalid number of results becomes 1, and an invalid page becomes page 1", () => {
  for (const text of ["0", "-1", "5001", "2.5", "1e2", "many", "", "+5"]) {
    assertEquals(ask(`results=${text}`).results, 1, text);
  }
  for (const text of ["0", "-1", "10001", "1.5", "first", ""]) {
    assertEquals(ask(`page=${text}`).page, 1, text);
  }
  const { results, page } = ask("results=5000&page=10000");
  assertEquals({ results, page }, { results: 5000, page: 10000 });
  assertEquals(ask("").results, 1);
});

Deno.test("nat accepts upper and lower case; an unknown nationality or a space turns the filter off", () => {
  assertEquals(ask("nat=us,GB").nat, ["US", "GB"]);
  for (const text of ["us,xx", "us,%20gb", "lego", ""]) {
    assertEquals(ask(`nat=${text}`).nat, undefined);
  }
  assertEquals(parsed("/api/1.3/?nat=in").nat, undefined);
  assertEquals(parsed("/api/1.4/?nat=in").nat, ["IN"]);
});

Deno.test("gender is used without a seed and ignored with one", () => {
  assertEquals(ask("gender=female").gender, "female");
  assertEquals(ask("gender=other").gender, undefined);
  assertEquals(ask("gender=female&seed=a").gender, undefined);
});

Deno.test("a missing seed is picked at random", () => {
  assertEquals(ask("").seed, "picked");
  assertEquals(ask("seed=").seed, "picked");
  assertEquals(ask("seed=a").seed, "a");
});

Deno.test("only versions 1.3 and 1.4 exist, and 1.4 is the default", () => {
  assertEquals(parsed("/api/1.3/").version, "1.3");
  assertEquals(parsed("/api/1.3").version, "1.3");
  for (const path of ["/api", "/api/"]) assertEquals(parsed(path).version, "1.4");
  for (const path of ["/", "/api/1.2/", "/api/1.4/more", "/apis/"]) {
    assertEquals(apiRequest(new URL(path, "http://127.0.0.1"), () => ""), undefined, path);
  }
});

Deno.test("a seed of 18 characters forces a nationality or breaks the server", () => {
  const forced = ask("seed=abcdefghijklmnop14&nat=de");
  assertEquals([forced.nat, forced.namedSeed, forced.breaks], [
    ["US"],
    "abcdefghijklmnop1414",
    false,
  ]);
  for (const seed of ["abcdefghijklmnopqr", "abcdefghijklmnop15"]) {
    assert(ask(`seed=${seed}`).breaks);
  }
  assert(!ask("seed=abcdefghijklmnopq").breaks);
});
