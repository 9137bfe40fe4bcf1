/**
 * A signal ends a statement that would take hours, and leaves no process.
 *
 * @module
 */
import { ENGINES } from "../../etl/query/options.ts";
import { assert } from "@std/assert";
import { windowsLacks } from "../windows.ts";

const ENDLESS = `select count(*) from users a, users b, users c, users d, users e
  where a.email || b.email < c.email || d.email || e.email`;

async function stopped(engine: string, signal: Deno.Signal) {
  const args =
    `run -q --no-prompt --lock=deno.lock -P=query main.ts query --data data/sample --engine`;
  const process = new Deno.Command(Deno.execPath(), {
    args: [...args.split(" "), engine, `select 'begun'; ${ENDLESS}`],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = process.stdout.getReader();
  await reader.read();
  const from = performance.now();
  process.kill(signal);
  const { code, signal: endedBy } = await process.status;
  await reader.cancel();
  await process.stderr.cancel();
  return { code, endedBy, seconds: (performance.now() - from) / 1000 };
}

Deno.test({
  name: "Ctrl-C and the signals of schedulers end any statement on both engines",
  ignore: windowsLacks("signals"),
  fn: async () => {
    for (const engine of ENGINES) {
      for (const signal of ["SIGINT", "SIGTERM", "SIGQUIT"] as const) {
        const { code, endedBy, seconds } = await stopped(engine, signal);
        const isHandled = engine === "native" && signal !== "SIGQUIT";
        const expected = isHandled ? 130 : signal;
        assert([code, endedBy].includes(expected), `${engine} ${code} ${endedBy}`);
        assert(seconds < 5, `${engine} ${signal}: ${seconds} s`);
      }
    }
  },
});
