// `deno task bench --night`: every step of a night in order, each compared with a yardstick.
import { pythonTool } from "../../integration/tools.ts";
import { run } from "../../integration/servers.ts";
import { measure } from "../measure.ts";
import { written } from "../report.ts";
import { writeSection } from "../section.ts";
import { makeNdjson, makePages, pinned, WORK } from "../setup.ts";
import { client, environment, type Servers, startServers } from "./servers.ts";
import { type Night, nightSteps } from "./steps.ts";
import { nightTable, type Row } from "./table.ts";

/** Amazon's own client. */
const AWS = "awscli==1.46.3";

/** Options of {@link measureNight}. */
export interface NightOptions {
  readonly people: number;
  /** The document whose section `night` is written. */
  readonly report?: string | undefined;
  readonly say: (text: string) => void;
}

/** Makes the pages and installs the tools of the night in a new folder. */
async function makeReady(people: number): Promise<Omit<Night, "servers">> {
  const work = `${WORK}/night`;
  await Deno.remove(work, { recursive: true }).catch(() => undefined);
  await Deno.mkdir(work, { recursive: true });
  return {
    work,
    pages: await makePages(people),
    ndjson: await makeNdjson(people),
    duckdb: await pythonTool("duckdb", pinned("duckdb-cli")),
    python: await pythonTool("python", pinned("duckdb")),
    aws: await pythonTool("aws", AWS),
  };
}

/** Makes the databases of the yardsticks: `baseline` for CSV, `restored` for a dump. */
async function makeDatabases(servers: Servers): Promise<void> {
  for (const server of [servers.postgres, servers.mysql]) {
    const [program, ...args] = client(server, "people");
    for (const name of ["baseline", "restored"]) {
      const option = server.kind === "postgres" ? "-c" : "-e";
      const statement = `create database ${name}`;
      await run(program, [...args, option, statement], { env: environment(servers) });
    }
  }
}

/** Runs each step and then its yardstick. */
async function measureSteps(night: Night, say: (text: string) => void): Promise<Row[]> {
  const env = environment(night.servers);
  const rows: Row[] = [];
  for (const { name, line, database, yardstick, why } of nightSteps(night)) {
    const url = database === undefined ? {} : { DEBR_DATABASE_URL: database };
    const debr = await measure(line, { ...env, ...url });
    await yardstick.prepare?.();
    const other = await measure(yardstick.line, env);
    say(`${name}: ${debr.seconds.toFixed(1)} s, ${yardstick.name}: ${other.seconds.toFixed(1)} s`);
    rows.push({ step: name, debr, yardstick: { ...other, name: yardstick.name }, why });
  }
  return rows;
}

/** Measures a night and returns its section of the report. */
export async function measureNight({ people, report, say }: NightOptions): Promise<string> {
  say("Making pages, installing yardsticks and starting servers");
  const ready = await makeReady(people);
  await using servers = await startServers();
  await makeDatabases(servers);
  const rows = await measureSteps({ ...ready, servers }, say);
  const tools = await Promise.all(
    ["psql", "mariadb"].map(async (name) => (await run(name, ["--version"])).split(",")[0]!.trim()),
  );
  const pins = [pinned("duckdb"), pinned("duckdb-cli"), AWS];
  const text = `${written("deno task bench --night", pins)} ${tools.join(", ")}.

${
    people.toLocaleString("en")
  } synthetic people. Every step of a night runs once as a process, in order,
followed by its yardstick. Memory is the peak of the whole process tree without the servers, which
run on the same cores. Absolute times depend on the machine: compare the ratios.

${nightTable(rows)}`;
  if (report !== undefined) await writeSection(report, { name: "night", text });
  await Deno.remove(ready.work, { recursive: true });
  return text;
}
