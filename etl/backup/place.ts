import { UsageError } from "../common/errors.ts";

const PLACE_VARIABLE = "DEBR_BACKUP_URL";

export interface BucketPlace {
  readonly kind: "s3" | "gs";
  readonly bucket: string;
  readonly prefix: string;
}

export type Place = BucketPlace | { readonly kind: "folder"; readonly path: string };

/** A place; `id` is the backup at the end of the URL, if any. */
interface Named {
  readonly place: Place;
  readonly id: string | undefined;
}

const ID = /^\d{8}T\d{6}Z-(dataset|postgres|mysql|mariadb)-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return ID.test(text);
}

export function makeId(now: number, { kind, tag }: { kind: string; tag: string }): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${time}-${kind}-${tag.slice(0, 12)}`;
}

const EXAMPLE = "s3://bucket/prefix, gs://bucket/prefix or a folder";

function refuse(reason: string): UsageError {
  return new UsageError(`Cannot use the place of backups: ${reason}`, {
    step: "place",
    next: `Write it as ${EXAMPLE}; credentials come from the cloud's environment variables`,
  });
}

function splitId(path: string): { rest: string; id: string | undefined } {
  const segments = path.replace(/\/+$/, "").split("/");
  const last = segments.at(-1)!;
  if (!isId(last)) return { rest: segments.join("/"), id: undefined };
  return { rest: segments.slice(0, -1).join("/"), id: last };
}

function parseBucket(url: URL): Named {
  if (url.username !== "" || url.password !== "") throw refuse("it contains credentials");
  if (url.search !== "" || url.hash !== "") throw refuse("it has parameters");
  if (url.hostname === "") throw refuse("it names no bucket");
  if (url.port !== "") throw refuse("a bucket has no port");
  const { rest, id } = splitId(decodeURIComponent(url.pathname).slice(1));
  const kind = url.protocol === "s3:" ? "s3" : "gs";
  return { place: { kind, bucket: url.hostname, prefix: rest }, id };
}

/** Parses an option, or the environment's default. Throws a `UsageError` that shows no secret. */
export function parsePlace(option: string | undefined): Named {
  const text = (option ?? Deno.env.get(PLACE_VARIABLE) ?? "").trim();
  if (text === "") {
    throw new UsageError("Cannot find backups: no place is given", {
      step: "place",
      next: { code: "no_place", example: EXAMPLE, variable: PLACE_VARIABLE },
    });
  }
  if (/^(s3|gs):\/\//.test(text)) {
    const url = URL.parse(text);
    if (url === null) throw refuse("it is not a URL");
    return parseBucket(url);
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) throw refuse("it is neither s3:// nor gs://");
  const { rest, id } = splitId(text);
  return { place: { kind: "folder", path: rest === "" ? "/" : rest }, id };
}

export function placeText({ kind, bucket, prefix }: BucketPlace): string {
  return `${kind}://${bucket}${prefix === "" ? "" : `/${prefix}`}`;
}

/** Returns the name of an object in its bucket. */
export function keyIn({ prefix }: BucketPlace, name: string): string {
  return prefix === "" ? name : `${prefix}/${name}`;
}
