// Stores next to a backup whether it could be restored.
import { VERSION } from "../common/version.ts";
import type { Good, Verification } from "./catalog.ts";
import { DamagedError, VERIFICATION_NAME } from "./manifest.ts";
import type { Store } from "./store.ts";

async function note(store: Store, { id }: Good, verification: Verification): Promise<void> {
  const text = JSON.stringify({ ...verification, debr: VERSION }) + "\n";
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    yield await Promise.resolve(bytes);
  }
  await store.write(`${id}/${VERIFICATION_NAME}`, chunks(), { bytes: bytes.length });
}

/**
 * Runs a restore and stores whether the backup is good; errors of the destination do not count.
 * Calls `warn` if the result cannot be written, because read access is enough for a restore.
 */
export async function noted<T>(
  work: () => Promise<T>,
  { store, entry, now, warn }: {
    store: Store;
    entry: Good;
    now: () => number;
    warn: (error: Error) => void;
  },
): Promise<T> {
  const write = async (ok: boolean) => {
    const at = new Date(now()).toISOString();
    await note(store, entry, { at, ok }).catch((error) => warn(error as Error));
  };
  let result: T;
  try {
    result = await work();
  } catch (error) {
    if (error instanceof DamagedError) await write(false);
    throw error;
  }
  await write(true);
  return result;
}
