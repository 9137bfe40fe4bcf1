import type { Place } from "./place.ts";
import type { Store, StoreOptions } from "./store.ts";

/** Opens a store and loads only the library of its kind. */
export async function openStore(place: Place, options: StoreOptions = {}): Promise<Store> {
  switch (place.kind) {
    case "s3":
      return await (await import("./s3.ts")).openS3(place, options);
    case "gs":
      return await (await import("./gcs.ts")).openGcs(place, options);
    case "folder":
      return (await import("./folder.ts")).openFolder(place.path, options);
  }
}
