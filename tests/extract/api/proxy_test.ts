import { assertEquals } from "@std/assert";
import { proxyOf } from "../../../etl/extract/api/proxy.ts";

const API = "https://randomuser.me/api/1.4/";

/** Environment, address, proxy. */
const CASES: readonly (readonly [Record<string, string>, string, string | undefined])[] = [
  [{}, API, undefined],
  [{ HTTPS_PROXY: "" }, API, undefined],
  [{ HTTPS_PROXY: "http://cache:3128" }, API, "cache:3128"],
  [{ https_proxy: "http://cache:3128/" }, API, "cache:3128"],
  [{ HTTPS_PROXY: "http://ada:secret@cache:3128" }, API, "cache:3128"],
  [{ HTTPS_PROXY: "cache:3128" }, API, "cache:3128"],
  [{ ALL_PROXY: "socks5://cache:1080" }, API, "cache:1080"],
  [{ HTTP_PROXY: "http://cache:3128" }, API, undefined],
  [{ HTTP_PROXY: "http://cache:3128" }, "http://localhost:8686/api/", "cache:3128"],
  [{ HTTPS_PROXY: "http://cache:3128", NO_PROXY: "localhost, .randomuser.me" }, API, undefined],
  [{ HTTPS_PROXY: "http://cache:3128", no_proxy: "user.me" }, API, "cache:3128"],
  [{ HTTPS_PROXY: "http://cache:3128", NO_PROXY: "*" }, API, undefined],
];

Deno.test("the proxy of an address is named by host and port, never with a password", () => {
  for (const [env, url, proxy] of CASES) {
    assertEquals(proxyOf(url, (name) => env[name]), proxy, JSON.stringify(env));
  }
});
