/**
 * dbt on DuckDB and on Spark, as `deploy/dbt` has it: installed once into folders that git ignores,
 * and Java where it is missing and may be.
 *
 * @module
 */
import { ROOT } from "../layers.ts";
import { run } from "./servers.ts";

/** What runs the models. */
export type DbtEngine = "duckdb" | "spark";

const PROJECT = `${ROOT}deploy/dbt`;

const REQUIREMENTS = {
  duckdb: `${PROJECT}/requirements.txt`,
  spark: `${PROJECT}/requirements-spark.txt`,
} as const;

const venv = (engine: DbtEngine) => `${ROOT}data/dbt-${engine}/venv`;

async function hasJava(): Promise<boolean> {
  return await run("java", ["-version"]).then(() => true, () => false);
}

async function installJava(): Promise<void> {
  if (await hasJava()) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["install", "-y", "-q", "openjdk-17-jre-headless"], { env });
}

/** Installs what an engine needs, unless it is there. */
export async function installDbt(engine: DbtEngine): Promise<void> {
  if (engine === "spark") await installJava();
  const folder = venv(engine);
  const marker = `${folder}/installed`;
  const pins = await Deno.readTextFile(REQUIREMENTS[engine]);
  if (await Deno.readTextFile(marker).catch(() => "") === pins) return;
  await run("python3", ["-m", "venv", "--clear", folder]);
  await run(`${folder}/bin/python`, ["-m", "pip", "install", "-q", "uv==0.9.30"]);
  await run(`${folder}/bin/uv`, [
    ...["pip", "install", "-q", "--python", `${folder}/bin/python`, "-r", REQUIREMENTS[engine]],
  ]);
  await Deno.writeTextFile(marker, pins);
}

/** Where the models read and write. */
export interface DbtRun {
  readonly engine: DbtEngine;
  /** Folder of landed files. */
  readonly raw: string;
  /** Folder the tables are written under. */
  readonly data: string;
  /** Folder for everything else that the engines leave behind. */
  readonly scratch: string;
}

/** What the models are reported, and what keeps the engines to this machine and the scratch folder. */
function environment({ raw, data, scratch }: DbtRun): Record<string, string> {
  return {
    DEBR_RAW: raw,
    DEBR_DATA: data,
    DEBR_WORK: scratch,
    DBT_PROJECT_DIR: PROJECT,
    DBT_PROFILES_DIR: PROJECT,
    DBT_TARGET_PATH: `${scratch}/target`,
    DBT_LOG_PATH: `${scratch}/logs`,
    DBT_SEND_ANONYMOUS_USAGE_STATS: "false",
    PYTHONDONTWRITEBYTECODE: "1",
    SPARK_LOCAL_IP: "127.0.0.1",
    NO_COLOR: "1",
  };
}

/** The command line of a run: Spark leaves its catalogue in the folder it is started in. */
export async function dbtCommand(
  run: DbtRun,
  args: readonly string[],
): Promise<[string, ...string[]]> {
  await Deno.mkdir(`${run.data}/tables`, { recursive: true });
  await Deno.mkdir(run.scratch, { recursive: true });
  const set = Object.entries(environment(run)).map(([name, value]) => `${name}=${value}`);
  const dbt = `${venv(run.engine)}/bin/dbt`;
  return ["env", "-C", run.scratch, ...set, dbt, ...args, "--target", run.engine];
}

/** Runs dbt; answers its exit code and what it said. */
export async function dbt(
  run: DbtRun,
  args: readonly string[],
): Promise<{ status: number; said: string }> {
  const [program, ...words] = await dbtCommand(run, args);
  const { code, stdout, stderr } = await new Deno.Command(program, { args: words }).output();
  const decoder = new TextDecoder();
  return { status: code, said: decoder.decode(stdout) + decoder.decode(stderr) };
}
