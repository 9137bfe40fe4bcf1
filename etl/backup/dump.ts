// The interface that each kind of database implements for dumps.
import type { Database, Target } from "../load/database/mod.ts";
import type { Source } from "./manifest.ts";
import type { Chunks } from "./store.ts";

export interface Restored {
  /** Roles that the server does not have; their grants were skipped. */
  readonly missingRoles: readonly string[];
}

export interface Restorer {
  /** The object's name in a backup. */
  readonly dump: string;
  /** Whether a failed restore is rolled back completely. */
  readonly transactional: boolean;
  readonly restore: (into: {
    readonly database: Database;
    readonly target: Target;
    readonly source: Source;
    readonly chunks: Chunks;
    readonly signal: AbortSignal;
  }) => Promise<Restored>;
}

/** Returns the URL of a database without user and password. */
export function databaseName({ kind, host, port, database }: Target): string {
  return `${kind}://${host}:${port}/${database}`;
}
