// A file that receives the results of a prompt instead of the screen.
import { UsageError } from "../../common/errors.ts";
import { typedPath } from "../../common/path.ts";
import { exists, openToWrite } from "../../load/dataset/mod.ts";

export interface Output {
  readonly path: string;
  readonly write: (chunk: string | Uint8Array) => void;
  readonly close: () => void;
}

function cannot(path: string, why: string): UsageError {
  return new UsageError(`Cannot write ${path}: ${why}`, {
    step: "query",
    next: "Give the path of a new file below data/: .output data/result.csv",
  });
}

/** Opens a new file that only its owner can read. Rejects if it exists or cannot be created. */
export async function openOutput(typed: string): Promise<Output> {
  const path = typedPath(typed);
  if (/(?:^|\/)(?:tables|rejects|\.[^/.][^/]*)\//.test(path)) {
    throw cannot(path, "its folder belongs to a dataset");
  }
  try {
    if (await exists(path)) throw cannot(path, "it is there already");
    const file = await openToWrite(path, { createNew: true });
    const encoder = new TextEncoder();
    return {
      path,
      write: (chunk) => {
        const bytes = typeof chunk === "string" ? encoder.encode(chunk) : chunk;
        for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      },
      close: () => file.close(),
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw cannot(path, "query writes below data/ only");
    }
    throw error;
  }
}
