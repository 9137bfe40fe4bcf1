// Allows one writer at a time. The lock belongs to the open file, so it ends with its process.
import { DestinationError } from "../../common/errors.ts";
import { makeFolder, openToWrite } from "./files.ts";
import { layout } from "./paths.ts";

interface Lock extends Disposable {
  readonly path: string;
}

/** Makes and locks the folder. Throws a `DestinationError` if another process has the lock. */
export async function lockDataset(root: string): Promise<Lock> {
  const { lock: path } = layout(root);
  await makeFolder(root);
  const file = await openToWrite(path, { create: true });
  if (!await file.tryLock(true)) {
    file.close();
    throw new DestinationError(`Cannot write ${root}: another run is writing it`, {
      step: "lock",
      next: { code: "dataset_locked" },
      transient: true,
    });
  }
  // Unlocks first, because a starting child process may have a copy of the file.
  const release = () => {
    try {
      file.unlockSync();
    } catch {
      // Some systems refuse to unlock; closing the file also unlocks it.
    }
    file.close();
  };
  return { path, [Symbol.dispose]: release };
}
