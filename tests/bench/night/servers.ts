// The servers of a night: those of the integration tests, with the memory of a real server.
import { type ObjectStore, startS3 } from "../../integration/object_stores.ts";
import {
  available,
  PASSWORD,
  type Server,
  startMariadb,
  startPostgres,
} from "../../integration/servers.ts";
import type { Line } from "../programs.ts";

/** The databases into which the tables are loaded. */
export type Kind = Server["kind"];

/** The servers that run during the night. */
export interface Servers extends AsyncDisposable {
  readonly postgres: Server;
  readonly mysql: Server;
  readonly s3: ObjectStore;
}

/** Installs what is missing and starts all servers. */
export async function startServers(): Promise<Servers> {
  for (const name of ["postgresql", "mariadb-server"] as const) {
    if (!await available(name)) throw new Error(`Cannot measure without ${name}: install it`);
  }
  await using started = new AsyncDisposableStack();
  const postgres = started.use(
    await startPostgres(["shared_buffers=1GB", "max_wal_size=4GB", "maintenance_work_mem=256MB"]),
  );
  const mysql = started.use(await startMariadb(["--innodb-buffer-pool-size=1G"]));
  const s3 = started.use(await startS3());
  const rest = started.move();
  return { postgres, mysql, s3, [Symbol.asyncDispose]: () => rest.disposeAsync() };
}

/** Returns the command line of the server's client program for a database. */
export function client({ kind, port }: Server, database: string): Line {
  return kind === "postgres"
    ? [
      ...["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-h", "localhost", "-p", String(port)],
      ...["-U", "admin", "-d", database],
    ] as unknown as Line
    : [
      ...["mariadb", "--local-infile=1", "--default-character-set=utf8mb4", "-h", "127.0.0.1"],
      ...["-P", String(port), "-u", "admin", database],
    ] as unknown as Line;
}

/** Returns the environment in which debr and other tools find the servers. */
export function environment({ s3 }: Servers): Record<string, string> {
  return {
    ...s3.env,
    PGPASSWORD: PASSWORD,
    MYSQL_PWD: PASSWORD,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
