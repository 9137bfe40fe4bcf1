import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { UsageError } from "../../../etl/common/errors.ts";
import {
  checkPageNumber,
  checkResults,
  pageRequest,
  pageUrl,
  type RandomUserOptions,
} from "../../../etl/extract/api/request.ts";
import { nextOf } from "../../next.ts";

/** Refused options, the expected message, and the suggested value. */
const REFUSED: readonly [unknown, RegExp, RegExp][] = [
  [{ pageSize: 0 }, /pages of 0: .* 1 person/, /1 to 5000/],
  [{ pageSize: -1 }, /pages of -1/, /1 to 5000/],
  [{ pageSize: 5001 }, /pages of 5001/, /split into pages/],
  [{ pageSize: 2.5 }, /pages of 2.5/, /whole number/],
  [{ version: "1.2" }, /version 1.2/, /1.3, 1.4/],
  [{ nat: ["US", " GB"] }, /" GB": with a space the API returns all/, /us,gb/],
  [{ nat: ["XX"] }, /nationality "XX"/, /au, br, ca/],
  [{ nat: ["IN"], version: "1.3" }, /version 1.3 for nationality "IN"/, /au, br, ca/],
  [{ nat: ["US", "", "GB"] }, /empty nationality: the API fails/, /extra comma: us,gb/],
  [{ nat: [] }, /empty nationality/, /us,gb/],
  [{ seed: "" }, /empty seed/, /--seed/],
  [{ seed: "a".repeat(18) }, /seed of 18 characters: .* last two/, /--seed a{17}/],
  [{ seed: "a".repeat(16) + "05" }, /seed of 18 characters/, /shorter or longer/],
  [{ gender: "male", seed: "a" }, /gender together with a seed: .* ignores/, /where gender/],
  [{ api: "ftp://x/api" }, /"ftp:.* as API address/, /http:/],
  [{ api: "http://me:secret@x/api" }, /a user name or password$/, /Leave them out/],
  [{ api: "http://x/api?seed=a" }, /with \?seed=a/, /as options/],
  [{ rate: 1000 }, /pages of 5000 at 1,000 people/, /--page-size 1000/],
];

for (const [options, message, next] of REFUSED) {
  Deno.test(`a request with ${JSON.stringify(options)} is refused before it is sent`, () => {
    const error = assertThrows(() => pageRequest(options as RandomUserOptions), UsageError);
    assertMatch(error.message, message);
    assertMatch(nextOf(error), next);
    assertEquals(error.message.includes("secret"), false);
  });
}

Deno.test("a request for more pages than the API has is refused", () => {
  checkResults({ pageSize: 5000, gender: undefined }, 50_000_000);
  const error = assertThrows(
    () => checkResults({ pageSize: 5000, gender: undefined }, 50_000_001),
    UsageError,
  );
  assertMatch(error.message, /Cannot fetch 10,001 pages: the API has 10,000 of a seed/);
  assertMatch(nextOf(error), /runs of up to 50,000,000 people, each with its own --seed/);
  const small = assertThrows(
    () => checkResults({ pageSize: 10, gender: undefined }, 100_001),
    UsageError,
  );
  assertMatch(nextOf(small), /larger --page-size/);
});

Deno.test("a gender is refused for more than one page", () => {
  checkResults({ pageSize: 10, gender: "male" }, 10);
  const error = assertThrows(() => checkResults({ pageSize: 10, gender: "male" }, 11), UsageError);
  assertMatch(error.message, /gender on 2 pages: .* ignores the gender/);
  assertMatch(nextOf(error), /--results 10 or fewer/);
});

Deno.test("page numbers for which the API returns page 1 are refused", () => {
  for (const page of [0, -1, 1.5, 10_001, NaN]) {
    assertThrows(() => checkPageNumber(page), UsageError, "returns page 1");
  }
});

Deno.test("by default the rate limit applies only to the public API", () => {
  assertEquals(pageRequest({}).rate, 20_000);
  assertEquals(pageRequest({ rate: 0 }).rate, 0);
  assertEquals(pageRequest({ api: "http://127.0.0.1:8686/api" }).rate, 0);
  assertEquals(pageRequest({ api: "http://127.0.0.1:8686/api", rate: 9000 }).rate, 9000);
  assertEquals(pageRequest({ api: "https://notrandomuser.me/api" }).rate, 0);
});

Deno.test("an address has exactly the requested options, encoded", () => {
  const request = pageRequest({ seed: "a b&c=d", nat: ["US", "GB"], api: "http://x/api//" });
  assertEquals(
    pageUrl(request, { number: 2, results: 7 }),
    "http://x/api/1.4/?results=7&page=2&seed=a+b%26c%3Dd&nat=us,gb",
  );
});
