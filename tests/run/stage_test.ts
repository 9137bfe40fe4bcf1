import { assertEquals, assertRejects } from "@std/assert";
import { CONNECTIONS, PagesAhead } from "../../etl/run/stage.ts";
import type { LocalPage, RemotePage } from "../../etl/extract/pages/pages.ts";

const page = (number: number): RemotePage => ({ kind: "api", page: number, results: 1 });
const PAGES = Array.from({ length: 12 }, (_, at) => page(at + 1));
const local = (label: string): LocalPage => ({ kind: "file", label, path: label });
const numberOf = (one: LocalPage | RemotePage) => one.kind === "api" ? one.page : 0;
const turn = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));
const signal = () => new AbortController().signal;

Deno.test("pages arrive in order; the first is fetched alone, the others in parallel", async () => {
  const inFlight = new Set<number>();
  let [most, withFirst] = [0, 0];
  const bring = async (requested: LocalPage | RemotePage) => {
    const number = numberOf(requested);
    inFlight.add(number);
    most = Math.max(most, inFlight.size);
    if (inFlight.has(1)) withFirst = Math.max(withFirst, inFlight.size);
    // Later requests are answered earlier.
    await turn(20 - number);
    inFlight.delete(number);
    return local(String(number));
  };
  await using ahead = new PagesAhead(PAGES, { bring, signal: signal() });
  const labels = [...await ahead.take(5), ...await ahead.take(7)].map(({ label }) => label);
  assertEquals(labels, PAGES.map(({ page }) => String(page)));
  assertEquals([most, withFirst], [CONNECTIONS, 1]);
});

Deno.test("pages are fetched before they are taken", async () => {
  const fetched: number[] = [];
  const bring = (requested: LocalPage | RemotePage) => {
    fetched.push(numberOf(requested));
    return Promise.resolve(local(String(numberOf(requested))));
  };
  await using ahead = new PagesAhead(PAGES, { bring, signal: signal() });
  await ahead.take(1);
  while (fetched.length < PAGES.length) await turn();
});

Deno.test("after a failed page no request starts, open requests finish and its error is thrown", async () => {
  const started: number[] = [];
  const arrived: number[] = [];
  const bring = async (requested: LocalPage | RemotePage) => {
    const number = numberOf(requested);
    started.push(number);
    await turn(number === 4 ? 1 : 20);
    if (number === 4) throw new Error("page 4 is gone");
    arrived.push(number);
    return local(String(number));
  };
  const ahead = new PagesAhead(PAGES, { bring, signal: signal() });
  await assertRejects(() => ahead.take(12), Error, "page 4 is gone");
  await ahead[Symbol.asyncDispose]();
  assertEquals(started, [1, 2, 3, 4, 5]);
  assertEquals(arrived, [1, 2, 3, 5]);
});

Deno.test("an abort stops fetching and waits for open requests", async () => {
  const stop = new AbortController();
  let inFlight = 0;
  const bring = async (requested: LocalPage | RemotePage, lastTry: AbortSignal) => {
    inFlight++;
    if (numberOf(requested) > 1) {
      await new Promise((resolve) => lastTry.addEventListener("abort", resolve));
      await turn(10);
    }
    inFlight--;
    return local("");
  };
  const ahead = new PagesAhead(PAGES, { bring, signal: stop.signal });
  await ahead.take(1);
  while (inFlight < CONNECTIONS) await turn();
  const result = ahead.take(11);
  stop.abort(new Error("stopped"));
  await assertRejects(() => result, Error, "stopped");
  await ahead[Symbol.asyncDispose]();
  assertEquals(inFlight, 0);
});
