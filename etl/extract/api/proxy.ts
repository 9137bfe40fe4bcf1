// Finds the proxy of a request, for messages about its failure.

type Environment = (name: string) => string | undefined;

/** Reads a variable of the environment if permitted; outside Deno there is none. */
const readable: Environment = (variable) =>
  "Deno" in globalThis && Deno.permissions.querySync({ name: "env", variable }).state === "granted"
    ? Deno.env.get(variable)
    : undefined;

function isExempt(host: string, list: string): boolean {
  return list.split(",").map((entry) => entry.trim().replace(/^\*?\./, "").toLowerCase())
    .some((entry) => entry === "*" || (entry !== "" && `.${host}`.endsWith(`.${entry}`)));
}

/** The host and port of the proxy for an address; `undefined` if there is none. */
export function proxyOf(url: string, env: Environment = readable): string | undefined {
  const { protocol, hostname } = new URL(url);
  const first = (name: string) => env(name) || env(name.toLowerCase());
  if (isExempt(hostname, first("NO_PROXY") ?? "")) return undefined;
  const proxy = first(`${protocol.slice(0, -1).toUpperCase()}_PROXY`) || first("ALL_PROXY");
  if (!proxy) return undefined;
  return URL.parse(/:\/\//.test(proxy) ? proxy : `http://${proxy}`)?.host;
}

/** A phrase for messages: ` through the proxy cache:3128`, or empty. */
export function viaProxy(url: string): string {
  const proxy = proxyOf(url);
  return proxy === undefined ? "" : ` through the proxy ${proxy}`;
}
