// The steps of a night, from pages to restored backups, each with a program to compare it with.
import { measure } from "../measure.ts";
import { PEERS } from "../setup.ts";
import { type Line, task } from "../programs.ts";
import { client, type Kind, type Servers } from "./servers.ts";
import {
  copyScript,
  databaseStatements,
  datasetStatements,
  views,
  writeCsv,
} from "./yardsticks.ts";

/** What exists before the night begins. */
export interface Night {
  readonly servers: Servers;
  /** Folder for all output of the night. */
  readonly work: string;
  /** The people as pages, and as one person per line. */
  readonly pages: string;
  readonly ndjson: string;
  readonly duckdb: string;
  readonly python: string;
  readonly aws: string;
}

/** A step and its yardstick: the program that it is compared with. */
export interface Step {
  readonly name: string;
  readonly line: Line;
  /** The database that debr uses. */
  readonly database?: string;
  readonly yardstick: {
    readonly name: string;
    readonly line: Line;
    /** Prepares what only the yardstick needs. */
    readonly prepare?: () => Promise<unknown>;
  };
  readonly why?: string;
}

/** Explains the steps that may be over a limit. */
const WHY = {
  pages: "Every file is read and every person validated, as `extract` does.",
  extract: "It unpacks the lines, applies every rule, hashes each person into an id and " +
    "flushes six tables to the disk; DuckDB reads plain lines and applies none.",
  wasm:
    "WebAssembly runs on one core and has slower regular expressions: for this many people, use " +
    "the native engine.",
  load: "Rows are staged and then merged in one transaction, so that an interrupted load " +
    "changes nothing. Each row is written twice, the second time with generated keys, " +
    "checks, indexes and foreign keys, which the yardstick's tables lack. debr itself converts " +
    "Parquet to the text that it sends.",
  database: "The server does more than 95% of the work: each key is looked up " +
    "through joins, because the database holds numbers where the Parquet tables hold codes.",
  folder:
    "Each file is compared with its SHA-256 in the manifest while it is copied, and flushed to " +
    "the disk; the start of the process takes most of the remaining time.",
  verify: "Fetched tables are verified on one core: each row is read, and each id and code is " +
    "recomputed from its values. The yardstick reads no row.",
  dump: "All rows are also hashed in the snapshot of the dump, so that a restore can compare them.",
  restore: "The rows of the restored database are hashed and compared with the dumped ones.",
  report: "Personal texts are counted by shape instead of value, and masking a text takes four " +
    "regular expressions; `summarize` only estimates.",
} as const;

const NAMES: Readonly<Record<Kind, string>> = { postgres: "PostgreSQL", mysql: "MariaDB" };

const shell = (text: string): Line => ["sh", "-ec", text];

function debr(name: string, ...args: string[]): Line {
  return task(name, args)!;
}

function pageSteps({ work, pages, ndjson, python }: Night): Step[] {
  const [raw, data, plain] = [`${work}/raw`, `${work}/data`, `${work}/plain`];
  const cores = navigator.hardwareConcurrency;
  return [
    {
      name: "`land`",
      line: debr("land", "--source", pages, "--out", raw),
      yardstick: {
        name: "only `gzip -6` of the same lines, on all cores",
        line: shell(`ls -d ${plain}/*.ndjson | xargs -P ${cores} -n 1 gzip -6 -f`),
        prepare: () =>
          measure(shell(`mkdir ${plain}; cp ${raw}/*.gz ${plain}; gunzip ${plain}/*.gz`)),
      },
    },
    {
      name: "`check --stage pages`",
      line: debr("check", "--stage", "pages", "--source", pages, "--data", `${work}/checked`),
      why: WHY.pages,
      yardstick: {
        name: "`extract` of the same pages",
        line: debr("extract", "--source", pages, "--out", `${work}/extracted`),
      },
    },
    {
      name: "`extract` of landed pages",
      line: debr("extract", "--source", raw, "--out", data),
      why: WHY.extract,
      yardstick: {
        name: "DuckDB on NDJSON: not compressed, no rules",
        line: [python, `${PEERS}duckdb_json.py`, ndjson, `${work}/duckdb`],
      },
    },
  ];
}

function checkSteps({ work, duckdb }: Night): Step[] {
  const [data, statements] = [`${work}/data`, `${work}/check.sql`];
  const yardstick = {
    name: "DuckDB's command line, the same statements",
    line: shell(`${duckdb} < ${statements} > /dev/null`),
  };
  const line = (engine: string) => debr("check", "--data", data, "--engine", engine);
  return [
    {
      name: "`check`, wasm engine",
      line: line("wasm"),
      yardstick: {
        ...yardstick,
        prepare: async () => await Deno.writeTextFile(statements, await datasetStatements(data)),
      },
      why: WHY.wasm,
    },
    { name: "`check`, native engine", line: line("native"), yardstick },
  ];
}

function databaseSteps({ work, servers, duckdb }: Night, kind: Kind): Step[] {
  const server = servers[kind];
  const [data, csv] = [`${work}/data`, `${work}/csv`];
  const [copy, check] = [`${work}/copy-${kind}.sql`, `${work}/check-${kind}.sql`];
  const run = (file: string, database: string) =>
    shell(`${client(server, database).join(" ")} < ${file} > /dev/null`);
  return [
    {
      name: `\`load\` into ${NAMES[kind]}`,
      line: debr("load", "--data", data),
      database: server.url("people"),
      why: WHY.load,
      yardstick: {
        name: kind === "postgres" ? "`psql \\copy` of CSV" : "`LOAD DATA` of CSV",
        line: run(copy, "baseline"),
        prepare: async () => {
          const root = Deno.realPathSync(work);
          await writeCsv(duckdb, { data, out: csv });
          await Deno.writeTextFile(copy, copyScript(kind, `${root}/csv`));
        },
      },
    },
    {
      name: `\`check --stage database\`, ${NAMES[kind]}`,
      line: debr("check", "--stage", "database", "--data", `${work}/checked`),
      database: server.url("people"),
      why: WHY.database,
      yardstick: {
        name: `${kind === "postgres" ? "`psql`" : "`mariadb`"}, the same statements`,
        line: run(check, "people"),
        prepare: async () =>
          await Deno.writeTextFile(check, await databaseStatements(server, data)),
      },
    },
  ];
}

function datasetBackups({ work, servers: { s3 }, aws }: Night): Step[] {
  const [tables, folder, copy] = [`${work}/data/tables`, `${work}/backups`, `${work}/copy`];
  return [
    {
      name: "`backup` of the tables to a folder",
      line: debr("backup", "--data", `${work}/data`, "--to", folder),
      why: WHY.folder,
      yardstick: { name: "`cp -r`", line: ["cp", "-r", tables, copy] },
    },
    {
      name: "`backup` of the tables to S3",
      line: debr("backup", "--data", `${work}/data`, "--to", `${s3.url}/debr`),
      yardstick: {
        name: "`aws s3 cp --recursive`",
        line: [aws, "s3", "cp", "--only-show-errors", "--recursive", tables, `${s3.url}/tables`],
      },
    },
    {
      name: "`restore --verify` of the tables from S3",
      line: debr("restore", "--verify", "--from", `${s3.url}/debr`, "--out", `${work}/restored`),
      why: WHY.verify,
      yardstick: {
        name: "`aws s3 cp --recursive` and `sha256sum`",
        line: shell(
          `${aws} s3 cp --only-show-errors --recursive ${s3.url}/tables ${work}/fetched` +
            ` && find ${work}/fetched -type f -exec sha256sum {} + > /dev/null`,
        ),
      },
    },
  ];
}

/** Returns the shell commands with which a database dumps and restores its tables. */
function programs(server: Servers[Kind]): { readonly dump: string; readonly restore: string } {
  const { kind, port } = server;
  if (kind === "postgres") {
    const where = `-h localhost -p ${port} -U admin`;
    return {
      dump: `pg_dump -Fc ${where} people`,
      restore: `pg_restore ${where} --no-owner --single-transaction -d restored`,
    };
  }
  const where = `-h 127.0.0.1 -P ${port} -u admin`;
  return {
    dump: `mariadb-dump --single-transaction ${where} people | gzip`,
    restore: `gunzip | ${client(server, "restored").join(" ")}`,
  };
}

function databaseBackups({ work, servers, aws }: Night, kind: Kind): Step[] {
  const { s3, [kind]: server } = servers;
  const database = server.url("people");
  const { dump, restore } = programs(server);
  const [folder, file] = [`${work}/backups-${kind}`, `${work}/${kind}.dump`];
  const object = `${s3.url}/${kind}.dump`;
  const tool = kind === "postgres" ? "`pg_dump -Fc`" : "`mariadb-dump | gzip`";
  const back = kind === "postgres" ? "`pg_restore`" : "`gunzip | mariadb`";
  return [
    {
      name: `\`backup\` of ${NAMES[kind]} to a folder`,
      line: debr("backup", "--database", "env", "--to", folder),
      database,
      why: WHY.dump,
      yardstick: { name: tool, line: shell(`${dump} > ${file}`) },
    },
    {
      name: `\`backup\` of ${NAMES[kind]} to S3`,
      line: debr("backup", "--database", "env", "--to", `${s3.url}/debr-${kind}`),
      database,
      why: WHY.dump,
      yardstick: {
        name: `${tool} \`| aws s3 cp\``,
        line: shell(`${dump} | ${aws} s3 cp --only-show-errors - ${object}`),
      },
    },
    {
      name: `\`restore --verify\` of ${NAMES[kind]} from S3`,
      line: debr("restore", "--verify", "--from", `${s3.url}/debr-${kind}`, "--database", "env"),
      database,
      why: WHY.restore,
      yardstick: {
        name: `\`aws s3 cp\` into ${back}`,
        line: shell(`${aws} s3 cp --only-show-errors ${object} - | ${restore}`),
      },
    },
  ];
}

function reportSteps({ work, duckdb }: Night): Step[] {
  const summaries = ["users", "logins", "altids"].map((table) => `summarize ${table};`).join(" ");
  return ["wasm", "native"].map((engine) => ({
    name: `\`report\`, ${engine} engine`,
    line: debr("report", "--data", `${work}/data`, "--out", `${work}/r.html`, "--engine", engine),
    why: WHY.report,
    yardstick: {
      name: "`summarize` of DuckDB's command line",
      line: [duckdb, "-c", `${views(`${work}/data`)} ${summaries}`],
    },
  }));
}

/** Lists all steps of a night in order; each may use the output of earlier steps. */
export function nightSteps(night: Night): Step[] {
  return [
    ...pageSteps(night),
    ...checkSteps(night),
    ...databaseSteps(night, "postgres"),
    ...databaseSteps(night, "mysql"),
    ...datasetBackups(night),
    ...databaseBackups(night, "postgres"),
    ...databaseBackups(night, "mysql"),
    ...reportSteps(night),
  ];
}
