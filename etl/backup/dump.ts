// How dumps of one kind of database are made and brought back: what each kind implements.
import type { Database, Target } from "../load/database/mod.ts";
import type { Source } from "./manifest.ts";
import type { Chunks } from "./store.ts";

/** What of a dump could not be brought back. */
export interface Restored {
  /** Roles that the server lacks: rights were left out. */
  readonly missingRoles: readonly string[];
}

/** How dumps of one kind of database are brought back. */
export interface Restorer {
  /** Name of the dump in a backup. */
  readonly dump: string;
  /** Whether a restore that fails leaves nothing behind. */
  readonly transactional: boolean;
  readonly restore: (into: {
    readonly database: Database;
    readonly target: Target;
    readonly source: Source;
    readonly chunks: Chunks;
    readonly signal: AbortSignal;
  }) => Promise<Restored>;
}

/** Which database it is, without who reads it. */
export function databaseName({ kind, host, port, database }: Target): string {
  return `${kind}://${host}:${port}/${database}`;
}
