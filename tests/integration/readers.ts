// A Python with all libraries that read the tables, except Spark.
import { ROOT } from "../layers.ts";
import { run } from "./servers.ts";
import { once, pythonTool, TOOLS } from "./tools.ts";

/** Returns the path of Python and installs the libraries at the first use. */
export async function python(): Promise<string> {
  const requirements = `${ROOT}tests/integration/readers_requirements.txt`;
  const pins = new TextEncoder().encode(await Deno.readTextFile(requirements));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", pins)).toHex().slice(0, 8);
  const venv = `${TOOLS}/readers-${hash}`;
  await once(`${venv}/installed`, async () => {
    const uv = await pythonTool("uv", "uv==0.13.9");
    await run(uv, ["venv", "-q", "--clear", venv]);
    const args = ["--python", `${venv}/bin/python`, "-r", requirements];
    await run(uv, ["pip", "install", "-q", ...args]);
    await Deno.writeTextFile(`${venv}/installed`, "");
  });
  return `${venv}/bin/python`;
}
