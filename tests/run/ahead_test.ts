import { assertEquals, assertRejects } from "@std/assert";
import { CONNECTIONS, PagesAhead } from "../../etl/run/ahead.ts";
import type { LocalPage, RemotePage } from "../../etl/extract/pages/pages.ts";

const page = (number: number): RemotePage => ({ kind: "api", page: number, results: 1 });
const PAGES = Array.from({ length: 12 }, (_, at) => page(at + 1));
const local = (label: string): LocalPage => ({ kind: "file", label, path: label });
const numberOf = (wanted: LocalPage | RemotePage) => wanted.kind === "api" ? wanted.page : 0;
const turn = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));
const signal = () => new AbortController().signal;

Deno.test("pages come in order, some under way at once, the first alone", async () => {
  const underWay = new Set<number>();
  let [most, withFirst] = [0, 0];
  const bring = async (wanted: LocalPage | RemotePage) => {
    const number = numberOf(wanted);
    underWay.add(number);
    most = Math.max(most, underWay.size);
    if (underWay.has(1)) withFirst = Math.max(withFirst, underWay.size);
    // The later they were asked for, the earlier they come.
    await turn(20 - number);
    underWay.delete(number);
    return local(String(number));
  };
  await using ahead = new PagesAhead(PAGES, { bring, signal: signal() });
  const labels = [...await ahead.take(5), ...await ahead.take(7)].map(({ label }) => label);
  assertEquals(labels, PAGES.map(({ page }) => String(page)));
  assertEquals([most, withFirst], [CONNECTIONS, 1]);
});

Deno.test("they are fetched before they are taken", async () => {
  const brought: number[] = [];
  const bring = (wanted: LocalPage | RemotePage) => {
    brought.push(numberOf(wanted));
    return Promise.resolve(local(String(numberOf(wanted))));
  };
  await using ahead = new PagesAhead(PAGES, { bring, signal: signal() });
  await ahead.take(1);
  while (brought.length < PAGES.length) await turn();
});

Deno.test("when one fails no more begin, those under way still come, and its fault is thrown", async () => {
  const begun: number[] = [];
  const come: number[] = [];
  const bring = async (wanted: LocalPage | RemotePage) => {
    const number = numberOf(wanted);
    begun.push(number);
    await turn(number === 4 ? 1 : 20);
    if (number === 4) throw new Error("page 4 is gone");
    come.push(number);
    return local(String(number));
  };
  const ahead = new PagesAhead(PAGES, { bring, signal: signal() });
  await assertRejects(() => ahead.take(12), Error, "page 4 is gone");
  await ahead[Symbol.asyncDispose]();
  assertEquals(begun, [1, 2, 3, 4, 5]);
  assertEquals(come, [1, 2, 3, 5]);
});

Deno.test("it stops by its signal and waits for what is under way", async () => {
  const stop = new AbortController();
  let underWay = 0;
  const bring = async (wanted: LocalPage | RemotePage, lastTry: AbortSignal) => {
    underWay++;
    if (numberOf(wanted) > 1) {
      await new Promise((resolve) => lastTry.addEventListener("abort", resolve));
      await turn(10);
    }
    underWay--;
    return local("");
  };
  const ahead = new PagesAhead(PAGES, { bring, signal: stop.signal });
  await ahead.take(1);
  while (underWay < CONNECTIONS) await turn();
  const taken = ahead.take(11);
  stop.abort(new Error("stopped"));
  await assertRejects(() => taken, Error, "stopped");
  await ahead[Symbol.asyncDispose]();
  assertEquals(underWay, 0);
});
