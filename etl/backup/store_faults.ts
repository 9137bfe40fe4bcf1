// Explains the errors of object stores, with a next step.
import { DebrError, DestinationError } from "../common/errors.ts";
import type { NextStep } from "../common/next_step.ts";
import type { Store } from "./store.ts";

export interface Cloud {
  readonly bucket: string;
  /** `s3://bucket` or `gs://bucket`. */
  readonly label: string;
  readonly credentials: string;
  readonly rights: string;
}

interface Fault {
  /** Matches names of S3 errors, HTTP statuses and network codes. */
  readonly codes: RegExp;
  readonly says?: RegExp;
  /** Replaces the library's message. */
  readonly reason?: (cloud: Cloud) => string;
  readonly next: (cloud: Cloud) => string | NextStep;
  readonly transient?: boolean;
}

const AGAIN = "then run the same command again";

const FAULTS: readonly Fault[] = [
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
    reason: ({ bucket }) => `there is no bucket ${bucket}`,
    next: () => "Make it, or name another: debr makes no buckets",
  },
  {
    codes: /^(AccessDenied|AllAccessDisabled|Forbidden|403)$/,
    reason: () => "the credentials do not allow it",
    next: ({ rights }) => `Grant ${rights}`,
  },
  {
    codes: /^(PermanentRedirect|AuthorizationHeaderMalformed|301|IllegalLocation\w*)$/,
    reason: () => "the bucket is in another region",
    next: () => "Set AWS_REGION to that of the bucket",
  },
  {
    codes: /^(BadDigest|XAmzContentChecksumMismatch|InvalidDigest)$/,
    says: /checksum|crc32c|md5/i,
    reason: () => "what arrived is not what was sent",
    next: () => `Nothing is kept of it: run the same command again`,
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
    next: ({ label }) => `The connection to ${label} broke: check it, ${AGAIN}`,
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

/** Looks up names first, then messages, then statuses, which are the least specific. */
function findFault(error: LibraryError): Fault | undefined {
  const names = namesOf(error);
  const status = String(statusOf(error));
  return FAULTS.find(({ codes }) => names.some((name) => codes.test(name))) ??
    FAULTS.find(({ says }) => says?.test(error.message ?? "")) ??
    FAULTS.find(({ codes }) => codes.test(status));
}

/** Returns the HTTP status, which each library stores in a different property. */
export function statusOf(error: unknown): number | undefined {
  const { code, $metadata } = (error ?? {}) as LibraryError;
  return $metadata?.httpStatusCode ?? (Number.isInteger(Number(code)) ? Number(code) : undefined);
}

/** Explains an error of a library; debr's own errors are not changed. */
function faultOf(error: unknown, { action, cloud }: { action: string; cloud: Cloud }): unknown {
  if (error instanceof DebrError || error instanceof Deno.errors.NotCapable) return error;
  if (error instanceof DOMException) return error;
  const known = (error ?? {}) as LibraryError;
  const fault = findFault(known);
  const said = (known.message || namesOf(known).at(0) || String(error)).trim().replace(/\s+/g, " ");
  const reason = fault?.reason?.(cloud) ?? said;
  return new DestinationError(`Cannot ${action}: ${reason}`, {
    step: "backup",
    next: fault?.next(cloud) ?? `Check ${cloud.label} and ${cloud.credentials}`,
    transient: fault?.transient ?? false,
    cause: error,
  });
}

async function* guardedChunks<T>(
  chunks: AsyncIterable<T>,
  fault: (error: unknown) => unknown,
): AsyncGenerator<T> {
  try {
    yield* chunks;
  } catch (error) {
    throw fault(error);
  }
}

/** Wraps a store so that every error names the action, the store and the next step. */
export function guarded(store: Store, cloud: Cloud): Store {
  const fault = (action: string) => (error: unknown) => faultOf(error, { action, cloud });
  const guard = async <T>(action: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw fault(action)(error);
    }
  };
  const of = (verb: string, name: string) => `${verb} ${store.label}/${name}`;
  return {
    label: store.label,
    list: (prefix) => guardedChunks(store.list(prefix), fault(of("list", prefix))),
    read: (name) =>
      guard(of("read", name), async () => {
        const chunks = await store.read(name);
        return chunks && guardedChunks(chunks, fault(of("read", name)));
      }),
    write: (name, ...rest) => guard(of("write", name), () => store.write(name, ...rest)),
    create: (name, bytes) => guard(of("write", name), () => store.create(name, bytes)),
    holds: (name, sha256) => guard(of("read", name), () => store.holds(name, sha256)),
    remove: (objects) => guard(`remove objects of ${store.label}`, () => store.remove(objects)),
  };
}
