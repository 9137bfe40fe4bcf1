/**
 * Finds a real Chromium and installs it if it is missing.
 *
 * @module
 */
import { aptInstall } from "./servers.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

async function run(command: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, { args: [...args] }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function find(): Promise<string | undefined> {
  for (const name of NAMES) {
    const path = await run("which", name);
    if (path !== undefined && await run(path, "--version") !== undefined) return path;
  }
  return undefined;
}

/** Returns the path of the browser. As root it installs Debian's package if it is missing. */
export async function chromiumPath(): Promise<string> {
  const present = await find();
  if (present !== undefined) return present;
  await aptInstall("--no-install-recommends", "chromium").catch(() => undefined);
  const installed = await find();
  if (installed !== undefined) return installed;
  throw new Error("Cannot test in Chromium: it is missing, and apt-get could not install it");
}
