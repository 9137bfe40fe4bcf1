import { DebrError, DestinationError } from "../common/errors.ts";
import { findFault, type KnownFault } from "../common/known_fault.ts";
import { type BucketPlace, placeText } from "./place.ts";
import type { Store } from "./store.ts";

interface Cloud {
  readonly place: BucketPlace;
  /** The address of a store other than the cloud's own. */
  readonly endpoint: string | undefined;
  readonly credentials: string;
  readonly rights: string;
}

function labelOf({ place, endpoint }: Cloud): string {
  return placeText({ ...place, prefix: "" }) + (endpoint === undefined ? "" : ` at ${endpoint}`);
}

const FAULTS: readonly KnownFault<Cloud>[] = [
  {
    codes: /^(CredentialsProviderError|TokenProviderError)$/,
    says: /could not load (the default )?credentials|credentials file|region is missing/i,
    next: ({ credentials }) => `Set ${credentials}`,
  },
  {
    codes: /^(InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|401)$/,
    says: /access key id|invalid_grant|invalid_client|jwt|private key|PEM|DECODER/i,
    reason: () => "the store refused the credentials",
    next: ({ credentials }) => `Check ${credentials}`,
  },
  {
    codes: /^(NoSuchBucket|404)$/,
    reason: ({ place }) => `there is no bucket ${place.bucket}`,
    next: () => "Create it, or name another bucket: debr does not create buckets",
  },
  {
    codes: /^(AccessDenied|AllAccessDisabled|Forbidden|403)$/,
    reason: () => "the credentials lack a right",
    next: ({ rights }) => `Grant ${rights}`,
  },
  {
    codes: /^(PermanentRedirect|AuthorizationHeaderMalformed|301|IllegalLocation\w*)$/,
    reason: () => "the bucket is in another region",
    next: () => "Set AWS_REGION to the region of the bucket",
  },
  {
    codes: /^(BadDigest|XAmzContentChecksumMismatch|InvalidDigest)$/,
    says: /checksum|crc32c|md5/i,
    reason: () => "the store received other bytes than were sent",
    next: () => "The object was not kept: run the same command again",
    transient: true,
  },
  {
    codes: /^(KMS\.\w+|KMS\w*Exception|InvalidEncryption\w*|NotImplemented|501)$/,
    next: () => ({ code: "store_encryption" }),
  },
  {
    codes: /^(SlowDown|ServiceUnavailable|InternalError|RequestTimeout|429|50\d)$/,
    next: () => "The store is busy: run the same command again later",
    transient: true,
  },
  {
    codes: /^(E[A-Z_]+|TimeoutError|AbortError|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_\w+)$/,
    says: /socket|network|fetch failed|aborted|premature|connection|stream.*clos|timed? ?out/i,
    next: (cloud) =>
      `The connection to ${labelOf(cloud)} broke: check it, then run the same command again`,
    transient: true,
  },
];

interface LibraryError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string | number;
  readonly errors?: readonly LibraryError[];
  readonly cause?: LibraryError;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Returns all names and codes of an error, without HTTP statuses. */
function namesOf({ name, code, errors = [], cause }: LibraryError): string[] {
  const own = [name, code].filter((it) => typeof it === "string" && !/^\d+$/.test(it));
  return [...own.map(String), ...[...errors, ...(cause ? [cause] : [])].flatMap(namesOf)];
}

/** Returns the HTTP status, which each library stores in a different property. */
export function statusOf(error: unknown): number | undefined {
  const { code, $metadata } = (error ?? {}) as LibraryError;
  return $metadata?.httpStatusCode ?? (Number.isInteger(Number(code)) ? Number(code) : undefined);
}

function faultOf(error: unknown, { action, cloud }: { action: string; cloud: Cloud }): unknown {
  if (error instanceof DebrError || error instanceof Deno.errors.NotCapable) return error;
  if (error instanceof DOMException) return error;
  const known = (error ?? {}) as LibraryError;
  const codes = namesOf(known);
  const said = (known.message || codes[0] || String(error)).trim().replace(/\s+/g, " ");
  // Statuses are the least specific.
  const fault = findFault(FAULTS, { codes, message: known.message }) ??
    findFault(FAULTS, { codes: [String(statusOf(error))] });
  const reason = fault?.reason?.(cloud) ?? said;
  return new DestinationError(`Cannot ${action}: ${reason}`, {
    step: "backup",
    next: fault?.next(cloud, said) ?? `Check ${labelOf(cloud)} and ${cloud.credentials}`,
    transient: fault?.transient ?? false,
    cause: error,
  });
}

/** Wraps a store so that every error names the action, the store and the next step. */
export function guarded(store: Store, cloud: Cloud): Store {
  const { label } = store;
  const guard = <T>(action: string, work: Promise<T>): Promise<T> =>
    work.catch((error) => {
      throw faultOf(error, { action, cloud });
    });
  const guardEach = async function* <T>(action: string, items: AsyncIterable<T>) {
    try {
      yield* items;
    } catch (error) {
      throw faultOf(error, { action, cloud });
    }
  };
  return {
    label,
    list: (prefix) => guardEach(`list ${label}/${prefix}`, store.list(prefix)),
    read: async (name) => {
      const action = `read ${label}/${name}`;
      const chunks = await guard(action, store.read(name));
      return chunks && guardEach(action, chunks);
    },
    write: (name, ...rest) => guard(`write ${label}/${name}`, store.write(name, ...rest)),
    create: (name, bytes) => guard(`write ${label}/${name}`, store.create(name, bytes)),
    holds: (name, sha256) => guard(`read ${label}/${name}`, store.holds(name, sha256)),
    remove: (objects) => guard(`remove objects of ${label}`, store.remove(objects)),
  };
}
