/**
 * A real Airflow that runs the DAGs of `deploy/airflow`, installed once into a folder that git ignores.
 * Each instance has a separate home and database.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { retried, run } from "./servers.ts";
import { pythonTool } from "./tools.ts";

const ROOT = pathOfUrl(new URL("../../", import.meta.url));

/** Folder of the deployed files. */
export const DEPLOY = `${ROOT}deploy/airflow`;

const WORK = `${ROOT}data/airflow`;
const BIN = `${WORK}/venv/bin`;

/** Returns the path of uv, which installs in seconds what takes pip minutes. */
export const uv = () => pythonTool("uv", "uv==0.13.9");

/** Installs the pinned requirements once and returns the folder of programs; other processes wait. */
export async function installAirflow(): Promise<string> {
  const files = ["requirements.txt", "requirements-dev.txt"].map((name) => `${DEPLOY}/${name}`);
  const pins = (await Promise.all(files.map((path) => Deno.readTextFile(path)))).join("\n");
  await Deno.mkdir(WORK, { recursive: true });
  using lock = await Deno.open(`${WORK}/.lock`, { write: true, create: true });
  await lock.lock(true);
  const marker = `${WORK}/installed`;
  if (await Deno.readTextFile(marker).catch(() => "") === pins) return BIN;
  await run(await uv(), ["venv", "-q", "--clear", "--python", "python3", `${WORK}/venv`]);
  const wanted = files.flatMap((path) => ["-r", path]);
  const install = ["pip", "install", "-q", "--python", `${BIN}/python`, ...wanted];
  await retried(async () => await run(await uv(), install));
  await Deno.writeTextFile(marker, pins);
  return BIN;
}

/** The output of a program, stdout and stderr, and its exit code. */
export interface Ran {
  readonly status: number;
  readonly printed: string;
}

/** A new Airflow instance. */
export class Airflow implements AsyncDisposable {
  /** Folder with its database, configuration and logs. */
  readonly home: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(home: string, env: Readonly<Record<string, string>>) {
    this.home = home;
    this.#env = env;
  }

  /** Makes its database. The DAGs run with `env`, and retries wait one second. */
  static async start(env: Readonly<Record<string, string>>): Promise<Airflow> {
    await installAirflow();
    const home = await Deno.makeTempDir({ prefix: "debr-airflow-" });
    const airflow = new Airflow(home, {
      AIRFLOW_HOME: home,
      AIRFLOW__API__BASE_URL: "https://airflow.example",
      AIRFLOW__CORE__DAGS_FOLDER: `${DEPLOY}/dags`,
      AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY: "1",
      AIRFLOW__CORE__LOAD_EXAMPLES: "False",
      AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: "False",
      PYTHONDONTWRITEBYTECODE: "1",
      NO_COLOR: "1",
      ...env,
    });
    const { status, printed } = await airflow.run("airflow", ["db", "migrate"]);
    if (status !== 0) throw new Error(`Cannot make Airflow's database: ${printed}`);
    return airflow;
  }

  /** Runs a program of the installation in `deploy/airflow`. */
  async run(program: string, args: readonly string[]): Promise<Ran> {
    const { code, stdout, stderr } = await new Deno.Command(`${BIN}/${program}`, {
      args: [...args],
      cwd: DEPLOY,
      env: { ...this.#env },
      stdin: "null",
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { status: code, printed: `${out}${err}` };
  }

  /** Runs a DAG for a day; the exit code is 1 if a task failed. */
  async testDag(dag: string, day: string, params: Readonly<Record<string, unknown>>): Promise<Ran> {
    return await this.run("airflow", ["dags", "test", dag, day, "--conf", JSON.stringify(params)]);
  }

  /** Queries its database; each row is an object by column. */
  async rows(query: string): Promise<Record<string, unknown>[]> {
    const program = [
      "import json, sqlite3, sys",
      "found = sqlite3.connect(sys.argv[1]).execute(sys.argv[2])",
      "names = [each[0] for each in found.description]",
      "print(json.dumps([dict(zip(names, row)) for row in found]))",
    ].join("\n");
    const { printed } = await this.run("python", ["-c", program, `${this.home}/airflow.db`, query]);
    return JSON.parse(printed);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Deno.remove(this.home, { recursive: true });
  }
}
