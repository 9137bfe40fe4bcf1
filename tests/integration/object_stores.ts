/**
 * Real object stores: an S3 server that checks signatures and a GCS server, built if they are missing.
 * Each has one bucket and listens on a free port; disposing it stops it.
 *
 * @module
 */
import { freePort } from "./servers.ts";
import { goTool } from "./tools.ts";
import { killIfRunning } from "../kill.ts";

const MODULES = {
  versitygw: "github.com/versity/versitygw/cmd/versitygw@v1.8.0",
  "fake-gcs-server": "github.com/fsouza/fake-gcs-server@v1.56.1",
} as const;

const NAMES = ["versitygw", "fake-gcs-server"] as const;

/** The secret of the S3 server; tests assert that no output contains it. */
export const SECRET = "pl4nted-s3-secret/+key";

/** The bucket of every store. */
export const BUCKET = "backups";

/** A running store. */
export interface ObjectStore extends AsyncDisposable {
  readonly kind: "s3" | "gs";
  readonly port: number;
  /** `s3://backups` or `gs://backups`. */
  readonly url: string;
  /** Folder of the bucket, with a file for each object. */
  readonly bucket: string;
  /** Environment variables with which the cloud's libraries and tools find the store. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Builds the stores if they are missing, which takes minutes, and returns whether they are available.
 * Without them, tests are skipped, or fail in continuous integration.
 */
export async function storesAvailable(): Promise<boolean> {
  try {
    for (const name of NAMES) await goTool(name, MODULES[name]);
    return true;
  } catch (error) {
    if (Deno.env.get("CI") === "true") throw error;
    console.warn(`Skipped: object stores cannot be built: ${(error as Error).message}`);
    return false;
  }
}

/** Waits until a server answers an HTTP request. */
async function answers(url: string, child: Deno.ChildProcess): Promise<void> {
  let ended = false;
  child.status.then(() => ended = true);
  for (let attempt = 0; attempt < 300 && !ended; attempt++) {
    try {
      await (await fetch(url)).body?.cancel();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`Cannot start the store at ${url}: it does not answer`);
}

async function serve(
  name: keyof typeof MODULES,
  { args, env, port }: {
    readonly args: readonly string[];
    readonly env?: Record<string, string>;
    readonly port: number;
  },
): Promise<() => Promise<void>> {
  const child = new Deno.Command(await goTool(name, MODULES[name]), {
    args: [...args],
    env: env ?? {},
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const stop = async () => {
    killIfRunning(child);
    await child.status;
  };
  try {
    await answers(`http://127.0.0.1:${port}`, child);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts an S3 server that checks signatures, with the bucket `backups`. */
export async function startS3(): Promise<ObjectStore> {
  const folder = await Deno.makeTempDir({ prefix: "debr-s3-" });
  for (const name of ["data", "sidecar", "data/" + BUCKET]) await Deno.mkdir(`${folder}/${name}`);
  const port = freePort();
  const account = { AWS_ACCESS_KEY_ID: "debr", AWS_SECRET_ACCESS_KEY: SECRET };
  const stop = await serve("versitygw", {
    // Stores metadata in separate files, because not every disk has extended attributes.
    args: [
      ...["--port", `127.0.0.1:${port}`, "--quiet", "posix", "--sidecar", `${folder}/sidecar`],
      `${folder}/data`,
    ],
    env: { ROOT_ACCESS_KEY: account.AWS_ACCESS_KEY_ID, ROOT_SECRET_KEY: SECRET },
    port,
  });
  return {
    kind: "s3",
    port,
    url: `s3://${BUCKET}`,
    bucket: `${folder}/data/${BUCKET}`,
    env: {
      ...account,
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Starts a GCS server with the bucket `backups`. It accepts any credentials. */
export async function startGcs(): Promise<ObjectStore> {
  const folder = await Deno.makeTempDir({ prefix: "debr-gcs-" });
  await Deno.mkdir(`${folder}/${BUCKET}`);
  const port = freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = await serve("fake-gcs-server", {
    args: [
      ...["-scheme", "http", "-host", "127.0.0.1", "-port", String(port)],
      ...["-backend", "filesystem", "-filesystem-root", folder],
      ...["-external-url", endpoint, "-public-host", `127.0.0.1:${port}`, "-log-level", "error"],
    ],
    port,
  });
  return {
    kind: "gs",
    port,
    url: `gs://${BUCKET}`,
    bucket: `${folder}/${BUCKET}`,
    env: { CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: endpoint },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
