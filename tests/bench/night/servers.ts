// The servers of a night: those of the integration tests, with the memory that a server has.
import { type ObjectStore, startS3 } from "../../integration/object_stores.ts";
import {
  available,
  PASSWORD,
  type Server,
  startMariadb,
  startPostgres,
} from "../../integration/servers.ts";
import type { Line } from "../programs.ts";

/** Databases that the tables are loaded into. */
export type Kind = Server["kind"];

/** What runs while the night is measured. */
export interface Servers extends AsyncDisposable {
  readonly postgres: Server;
  readonly mysql: Server;
  readonly s3: ObjectStore;
}

/** Starts all of them, installing what is missing. */
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

/** A client of a server's own, which reads statements from a file: `client(server, "people")`. */
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

/** The environment in which clients, debr and tools find servers and stores. */
export function environment({ s3 }: Servers): Record<string, string> {
  return {
    ...s3.env,
    PGPASSWORD: PASSWORD,
    MYSQL_PWD: PASSWORD,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
