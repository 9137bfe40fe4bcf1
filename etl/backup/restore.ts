// Brings a backup back, or proves that it could be, and notes in its place what came of that.
import { VERSION } from "../common/version.ts";
import type { Good, Verification } from "./catalog.ts";
import { DamagedError, VERIFICATION_NAME } from "./manifest.ts";
import type { Store } from "./store.ts";

/** Writes down whether a backup was as it should be. */
async function note(store: Store, { id }: Good, verification: Verification): Promise<void> {
  const text = JSON.stringify({ ...verification, debr: VERSION }) + "\n";
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    yield await Promise.resolve(bytes);
  }
  await store.write(`${id}/${VERIFICATION_NAME}`, chunks(), { bytes: bytes.length });
}

/**
 * Runs a restore, and notes that the backup is verified, or that it failed where it is the backup's
 * own fault. `warn` is told where the note cannot be written: who may only read can restore as well.
 */
export async function noted<T>(
  work: () => Promise<T>,
  { store, entry, now, warn }: {
    readonly store: Store;
    readonly entry: Good;
    readonly now: () => number;
    readonly warn: (error: Error) => void;
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
