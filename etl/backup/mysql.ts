/**
 * MySQL and MariaDB: `mysqldump` or `mariadb-dump`, compressed, of exactly the rows that are counted
 * and hashed.
 *
 * @module
 */
import { names, sql, textOf } from "../load/database/ddl/builder.ts";
import { connect } from "../load/database/connection/connect.ts";
import { type Database, numberOf } from "../load/database/connection/session.ts";
import type { Target } from "../load/database/connection/url.ts";
import type { BackupSource } from "./backup.ts";
import { prepareSession, readContents, tablesOf } from "./contents.ts";
import { databaseName, type Restorer } from "./database.ts";
import type { Source } from "./manifest.ts";
import type { Chunks } from "./store.ts";
import { together } from "./together.ts";
import { feed, findTool, type Invocation, output, type Tool } from "./tools.ts";

/** Name of the dump in a backup. */
export const MYSQL_DUMP = "database.sql.gz";

/** Seconds to wait for writers to let go of the tables, which are then held for a moment. */
const LOCK_SECONDS = 60;

/** What a dump begins with once its transaction has begun. */
const BEGUN = /-- (Table|Temporary table|Final view|Dumping) /;

const isMariadb = ({ version }: Tool) => /mariadb/i.test(version);

/** The programs of both, those of the server's own maker first. */
function programs(flavour: string, { own, other }: { own: string; other: string }): string[] {
  return flavour === "mariadb" ? [other, own] : [own, other];
}

/** MariaDB's programs encrypt only when told to, MySQL's know modes. */
function encryption(tool: Tool, { target, encrypted }: { target: Target; encrypted: boolean }) {
  const ca = target.caFile === undefined ? [] : [`--ssl-ca=${target.caFile}`];
  const verified = target.sslmode === "verify-full";
  if (!isMariadb(tool)) {
    const mode = verified ? "VERIFY_IDENTITY" : encrypted ? "REQUIRED" : "DISABLED";
    return [`--ssl-mode=${mode}`, ...ca];
  }
  if (!encrypted) return ["--skip-ssl"];
  return ["--ssl", verified ? "--ssl-verify-server-cert" : "--skip-ssl-verify-server-cert", ...ca];
}

/** How a program connects: as this session did, and with nothing from files of options. */
async function connection(
  database: Database,
  { tool, target }: { readonly tool: Tool; readonly target: Target },
): Promise<Pick<Invocation, "program" | "args" | "env" | "target">> {
  const [row] = await database.rows("show session status like 'Ssl_cipher'");
  const encrypted = String(row?.[1] ?? "") !== "";
  return {
    program: tool.program,
    args: [
      ...["--no-defaults", "--protocol=tcp", `--host=${target.host}`, `--port=${target.port}`],
      ...[`--user=${target.user}`, "--default-character-set=utf8mb4"],
      ...encryption(tool, { target, encrypted }),
    ],
    env: { MYSQL_PWD: target.password },
    target,
  };
}

/** Options that only MySQL's own program has: what it would add can be restored nowhere else. */
function dumpOptions(tool: Tool): string[] {
  const own = isMariadb(tool) ? [] : ["--set-gtid-purged=OFF", "--column-statistics=0"];
  const all = ["--routines", "--events", "--triggers"];
  return ["--single-transaction", "--quick", "--no-tablespaces", "--hex-blob", ...all, ...own];
}

/** Chunks, with a word when the dump's transaction has begun. */
async function* announced(chunks: Chunks, onBegun: () => void): Chunks {
  const decoder = new TextDecoder();
  let head = "";
  let begun = false;
  try {
    for await (const chunk of chunks) {
      if (!begun) head += decoder.decode(chunk, { stream: true });
      if (!begun && BEGUN.test(head)) {
        begun = true;
        onBegun();
      }
      yield chunk;
    }
  } finally {
    onBegun();
  }
}

/** Holds all tables against writers, until disposed. */
async function holdTables(target: Target): Promise<Database> {
  const session = await connect(target);
  await session.run(`set session lock_wait_timeout = ${LOCK_SECONDS}`);
  const tables = (await tablesOf(session)).map(({ name }) => sql`${sql.id(name)} read`);
  if (tables.length > 0) {
    await session.run(textOf(sql`lock tables ${sql.join(tables)}`, session.flavour));
  }
  return session;
}

function gzip(chunks: Chunks): Chunks {
  return ReadableStream.from(chunks).pipeThrough(new CompressionStream("gzip"));
}

const SIZE = `select coalesce(sum(data_length), 0) from information_schema.tables
  where table_schema = database()`;

/** A database of MySQL or MariaDB to back up. */
export function mysqlSource(target: Target): BackupSource {
  return {
    kind: target.kind,
    fingerprint: undefined,
    send: async (sink) => {
      await using database = await connect(target);
      const tools = programs(database.flavour, { own: "mysqldump", other: "mariadb-dump" });
      const tool = await findTool(tools, target.kind);
      await prepareSession(database);
      const [[version] = []] = await database.rows("select version()");
      const bytes = await numberOf(database, SIZE) ?? 0;
      const connected = await connection(database, { tool, target });
      await database.run("set session transaction isolation level repeatable read");
      const lock = await holdTables(target);
      // Two transactions see the same rows when nobody writes between their beginnings.
      await database.run("start transaction with consistent snapshot");
      let released: PromiseLike<void> | undefined;
      const release = () => void (released ??= lock[Symbol.asyncDispose]());
      const args = [...connected.args, ...dumpOptions(tool), target.database];
      const dump = (signal: AbortSignal) =>
        gzip(announced(output({ ...connected, args, action: "back up", signal }), release));
      const tables = await together(sink.signal, {
        send: (signal) => sink.send(MYSQL_DUMP, dump(signal), { bytes }),
        count: (signal) => readContents(database, signal),
      }).finally(async () => {
        release();
        await released;
      });
      const source: Source = {
        kind: target.kind,
        name: databaseName(target),
        server: `${database.flavour === "mariadb" ? "MariaDB" : "MySQL"} ${version}`,
        tool: tool.version,
      };
      return { source, tables };
    },
  };
}

/** Brings dumps of MySQL and MariaDB back, a statement at a time. */
export const MYSQL: Restorer = {
  dump: MYSQL_DUMP,
  countOthers: `select (select count(*) from information_schema.tables
      where table_schema = database()) + (select count(*) from information_schema.routines
      where routine_schema = database())`,
  createScratch: (name) => textOf(sql`create database ${names([name])}`, "mysql"),
  dropScratch: (name) => textOf(sql`drop database if exists ${names([name])}`, "mysql"),
  transactional: false,
  restore: async ({ database, target, chunks, signal }) => {
    const clients = programs(database.flavour, { own: "mysql", other: "mariadb" });
    const tool = await findTool(clients, target.kind);
    const connected = await connection(database, { tool, target });
    const plain = ReadableStream.from(chunks).pipeThrough(new DecompressionStream("gzip"));
    const invocation: Invocation = {
      ...connected,
      args: [...connected.args, `--database=${target.database}`],
      action: "restore into",
      signal,
    };
    await feed(invocation, plain);
    return { missingRoles: [] };
  },
};
