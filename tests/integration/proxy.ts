/**
 * A TCP proxy between a client and a local server that records, delays and closes connections.
 *
 * @module
 */

/** Options of a proxy. */
export interface ProxyOptions {
  /** Receives the bytes that the client sends. */
  readonly onSent?: (bytes: Uint8Array) => void;
  /** Closes each connection after this number of bytes in a direction. */
  readonly cutAfter?: { readonly sent?: number; readonly received?: number };
  /** Milliseconds by which each chunk of the client is delayed. */
  readonly delay?: number;
}

/** A running proxy. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
}

async function pump(
  from: Deno.Conn,
  to: Deno.Conn,
  { limit = Infinity, onData = () => {}, delay = 0 }: {
    limit?: number | undefined;
    onData?: ((bytes: Uint8Array) => void) | undefined;
    delay?: number | undefined;
  },
): Promise<void> {
  const buffer = new Uint8Array(1 << 16);
  let passed = 0;
  try {
    for (;;) {
      const read = await from.read(buffer);
      if (read === null) break;
      const piece = buffer.slice(0, read);
      onData(piece);
      passed += read;
      if (passed > limit) break;
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      for (let at = 0; at < piece.length;) at += await to.write(piece.subarray(at));
    }
  } catch {
    // The other side closed the connection.
  }
  for (const connection of [from, to]) {
    try {
      connection.close();
    } catch {
      // It is already closed.
    }
  }
}

/** Starts a proxy in front of a port. */
export function startProxy(port: number, options: ProxyOptions = {}): Proxy {
  const { onSent, cutAfter, delay } = options;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const pumps: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const client of listener) {
      const server = await Deno.connect({ hostname: "127.0.0.1", port });
      pumps.push(
        pump(client, server, { limit: cutAfter?.sent, onData: onSent, delay }),
        pump(server, client, { limit: cutAfter?.received }),
      );
    }
  })().catch(() => undefined);
  return {
    port: listener.addr.port,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await accepting;
      await Promise.race([
        Promise.all(pumps),
        new Promise((resolve) => setTimeout(resolve, 1000)),
      ]);
    },
  };
}
