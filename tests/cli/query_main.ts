/**
 * Runs `query` with the streams of the process, to test its permissions. Arguments: data, engine,
 * format, SQL.
 *
 * @module
 */
import { query } from "../../etl/cli/query.ts";
import { DebrError } from "../../etl/common/errors.ts";

const [data = "", engine = "wasm", format = "csv", ...positionals] = Deno.args;
const encoder = new TextEncoder();
const write = (stream: typeof Deno.stdout) => (chunk: string | Uint8Array) => {
  let bytes = typeof chunk === "string" ? encoder.encode(chunk) : chunk;
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
};
try {
  const status = await query.run({ data, engine, format, file: undefined } as never, {
    positionals,
    signal: new AbortController().signal,
    terminal: {
      out: write(Deno.stdout),
      err: write(Deno.stderr),
      input: Deno.stdin.readable,
      isTerminal: { in: false, out: false, err: false },
      columns: () => 80,
      color: false,
    },
  });
  const kept: Deno.PermissionDescriptor[] = [{ name: "read", path: data }, { name: "ffi" }];
  const left = kept.filter((what) => Deno.permissions.querySync(what).state === "granted")
    .map(({ name }) => name);
  write(Deno.stderr)(`permissions left: ${left.join(" ")}\n`);
  Deno.exit(status);
} catch (error) {
  write(Deno.stderr)(`${error}\n`);
  Deno.exit(error instanceof DebrError ? error.status : 1);
}
