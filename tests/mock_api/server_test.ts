import { assert, assertEquals, assertNotEquals } from "@std/assert";
import * as v from "valibot";
import { type MockApi, type MockApiOptions, startMockApi } from "../../etl/mock_api/server.ts";
import { INFO, type Page, PERSON, RESULTS } from "../../schema/mod.ts";

function api(name: string, test: (server: MockApi) => Promise<void>, options?: MockApiOptions) {
  Deno.test(name, async () => {
    await using server = await startMockApi(options);
    await test(server);
  });
}

async function getPage(url: string): Promise<Page> {
  const page = await (await fetch(url)).json();
  return { ...v.parse(RESULTS, page), info: v.parse(INFO, page.info) };
}

async function body(url: string): Promise<readonly [number, string]> {
  const response = await fetch(url);
  return [response.status, await response.text()];
}

api("both versions return valid people and repeat the request in info", async ({ url }) => {
  for (const version of ["1.3", "1.4"] as const) {
    const { results, info } = await getPage(`${url}/${version}/?results=50&page=7&seed=a`);
    assertEquals(info, { seed: "a", results: 50, page: 7, version });
    assertEquals(results.length, 50);
    for (const person of results) v.parse(PERSON[version], person);
  }
});

api("the seed in the first answer gives the same people again", async ({ url }) => {
  const first = await getPage(`${url}/1.4/?results=3`);
  const again = await getPage(`${url}/1.4/?results=3&seed=${first.info.seed}`);
  assertEquals(again, first);
  assertNotEquals((await getPage(`${url}/1.4/?results=3`)).info.seed, first.info.seed);
});

api("two servers pick the same seeds in the same order", async ({ url }) => {
  await using other = await startMockApi();
  const query = "/1.4/?results=3";
  assertEquals(await getPage(other.url + query), await getPage(url + query));
});

api("gender is used only without a seed", async ({ url }) => {
  const genders = async (query: string) => {
    const { results } = await getPage(`${url}/1.4/?results=40&gender=female${query}`);
    return new Set(v.parse(v.array(PERSON["1.4"]), results).map(({ gender }) => gender)).size;
  };
  assertEquals([await genders(""), await genders("&seed=a")], [1, 2]);
});

api("inc and exc omit fields and change the people, and noinfo omits info", async ({ url }) => {
  const query = `${url}/1.4/?seed=a&nat=us`;
  const [, named] = await body(`${query}&inc=name,nat&noinfo`);
  assertEquals(Object.keys(JSON.parse(named)), ["results"]);
  assertEquals(Object.keys(JSON.parse(named).results[0]), ["name", "nat"]);
  const [{ login, ...others }] = JSON.parse((await body(query))[1]).results;
  const [without] = JSON.parse((await body(`${query}&exc=login`))[1]).results;
  assert(login.uuid);
  assertEquals(Object.keys(without), Object.keys(others));
  assertNotEquals(without, others);
  assertEquals(JSON.parse((await body(`${url}/1.4/?results=2&inc=foo`))[1]).results, [{}, {}]);
});

api("requests that break the real server get status 500", async ({ url }) => {
  const german = "nat=de&results=5";
  for (
    const query of ["nat=,,", `${german}&exc=name`, `${german}&inc=email`, `seed=${"x".repeat(18)}`]
  ) {
    const [status, text] = await body(`${url}/1.4/?${query}`);
    assertEquals([status, Object.keys(JSON.parse(text))], [500, ["error"]], query);
  }
  assertEquals((await body(`${url}/1.4/?nat=fr&results=5&exc=name`))[0], 200);
});

api(
  "an unknown path or version gets 404, a callback wraps the JSON, other methods get 405",
  async ({ url }) => {
    assertEquals(await body(`${url}/1.5/`), [404, "Not Found"]);
    assertEquals(await body(url.replace("/api", "/")), [404, "Not Found"]);
    const response = await fetch(`${url}/1.4/?callback=x`);
    assertEquals(response.headers.get("content-type"), "application/json; charset=utf-8");
    const text = await response.text();
    assert(text.startsWith('x({"results":[{') && text.endsWith('"version":"1.4"}});'));
    const posted = await fetch(`${url}/1.4/`, { method: "POST" });
    assertEquals([posted.status, await posted.text()], [405, "Only GET and HEAD\n"]);
  },
);

api("answers are compressed if the client accepts it", async ({ url }) => {
  const get = async (encoding: string) => {
    const headers = { "Accept-Encoding": encoding };
    const response = await fetch(`${url}/1.4/?seed=a&results=20`, { headers });
    return { encoding: response.headers.get("content-encoding"), text: await response.text() };
  };
  const [gzip, plain] = [await get("gzip"), await get("identity")];
  assertEquals(gzip.text, plain.text);
  // fetch decompresses and hides the header, so a raw request checks it.
  const { hostname, port } = new URL(url);
  using socket = await Deno.connect({ hostname, port: Number(port) });
  const head =
    "HEAD /api/1.4/ HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n";
  await socket.write(new TextEncoder().encode(head));
  const answer = await new Response(socket.readable).text();
  assert(answer.includes("\r\nContent-Encoding: gzip\r\n") && answer.endsWith("\r\n\r\n"), answer);
});

Deno.test("the fifth page of 5,000 people is refused until the window ends", async () => {
  let now = 0;
  const effects = { now: () => now, sleep: () => Promise.resolve() };
  await using server = await startMockApi({ effects });
  const status = async (page: number) => {
    const response = await fetch(`${server.url}/1.4/?results=5000&seed=a&page=${page}`);
    assertEquals(response.headers.get("retry-after"), null);
    return [response.status, (await response.text()).includes("requested 20000 users")] as const;
  };
  for (const page of [1, 2, 3, 4]) assertEquals(await status(page), [200, false]);
  assertEquals(await status(5), [429, true]);
  now = 299_999;
  assertEquals(await status(5), [429, true]);
  now = 300_000;
  assertEquals(await status(5), [200, false]);
});

Deno.test("limit and window can be set, and 0 means no limit", async () => {
  const statuses = async (options: MockApiOptions) => {
    await using server = await startMockApi(options);
    const query = `${server.url}/1.4/?results=10`;
    return [(await body(query))[0], (await body(query))[0], (await body(query))[0]];
  };
  assertEquals(await statuses({ limit: 10 }), [200, 429, 429]);
  assertEquals(await statuses({ limit: 15 }), [200, 200, 429]);
  assertEquals(await statuses({ limit: 10, window: 0 }), [200, 200, 200]);
  assertEquals(await statuses({ limit: 0 }), [200, 200, 200]);
});
