/**
 * Runs dbt on DuckDB and on Spark as `deploy/dbt` describes. Installs both once into folders that git
 * ignores, and Java if it is missing and we are root.
 *
 * @module
 */
import { ROOT } from "../layers.ts";
import { aptInstall, retried, run } from "./servers.ts";

/** The engine that runs the models. */
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
  if (!await hasJava()) await aptInstall("openjdk-17-jre-headless");
}

/** Installs the requirements of an engine if they are missing. */
export async function installDbt(engine: DbtEngine): Promise<void> {
  if (engine === "spark") await installJava();
  const folder = venv(engine);
  const marker = `${folder}/installed`;
  const pins = await Deno.readTextFile(REQUIREMENTS[engine]);
  if (await Deno.readTextFile(marker).catch(() => "") === pins) return;
  const python = `${folder}/bin/python`;
  await retried(async () => {
    await run("python3", ["-m", "venv", "--clear", folder]);
    await run(python, ["-m", "pip", "install", "-q", "uv==0.9.30"]);
    const wanted = ["--python", python, "-r", REQUIREMENTS[engine]];
    await run(`${folder}/bin/uv`, ["pip", "install", "-q", ...wanted]);
  });
  await Deno.writeTextFile(marker, pins);
}

/** The engine and folders of a dbt run. */
export interface DbtRun {
  readonly engine: DbtEngine;
  /** Folder of landed files. */
  readonly raw: string;
  /** Folder for the tables. */
  readonly data: string;
  /** Folder for all other output of the engines. */
  readonly scratch: string;
}

/** Returns the variables of the models, and those that restrict the engines to this machine. */
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

/** Returns the command line of a run, in the scratch folder because Spark writes its catalog there. */
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

/** Runs dbt and returns its exit code and output. */
export async function dbt(
  run: DbtRun,
  args: readonly string[],
): Promise<{ status: number; output: string }> {
  const [program, ...words] = await dbtCommand(run, args);
  const { code, stdout, stderr } = await new Deno.Command(program, { args: words }).output();
  const decoder = new TextDecoder();
  return { status: code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}
