// One writer at a time. The lock belongs to the open file, so that it is gone when its process is.
import { DestinationError } from "../../common/errors.ts";
import { makeFolder, openToWrite } from "./files.ts";
import { layout } from "./paths.ts";

/** Holds a dataset for writing until disposed. */
interface Lock extends Disposable {
  readonly path: string;
}

/**
 * Takes a dataset for writing; makes its folder where there is none.
 *
 * Throws a `DestinationError` when another process has it.
 */
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
  // A process that is being started may still hold a copy of the file: closing alone leaves it locked.
  const release = () => {
    try {
      file.unlockSync();
    } catch {
      // Some systems refuse to unlock what is locked; closing the file does it too.
    }
    file.close();
  };
  return { path, [Symbol.dispose]: release };
}
