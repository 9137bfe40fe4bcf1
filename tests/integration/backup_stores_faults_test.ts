/**
 * Errors of object stores: each has a next step and contains no secret.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { temporary } from "../temporary.ts";
import {
  done,
  newPlace,
  PLACES,
  refused,
  startStores,
  statesOf,
  stopStores,
} from "./backup_support.ts";
import { startProxy } from "./proxy.ts";

Deno.test.beforeAll(startStores);
Deno.test.afterAll(stopStores);

const SAMPLE = ["backup", "--data", "data/sample", "--to"];

const s3 = { ignore: !PLACES.includes("s3") };
const gs = { ignore: !PLACES.includes("gs") };

Deno.test("s3: wrong or missing credentials are reported", s3, async () => {
  const { url, env } = newPlace("s3");
  const args = [...SAMPLE, url];
  const refusedKeys = {
    says: "the store refused the credentials",
    next: "Check AWS_ACCESS_KEY_ID",
  };
  await refused(args, { ...refusedKeys, env: { ...env, AWS_SECRET_ACCESS_KEY: "pl4nted-wrong" } });
  await refused(args, { ...refusedKeys, env: { ...env, AWS_ACCESS_KEY_ID: "nobody" } });
  await using home = await temporary();
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...without } = env;
  const says = "Could not load credentials";
  await refused(args, {
    says,
    next: "Set AWS_ACCESS_KEY_ID",
    env: { ...without, HOME: home.path },
  });
  const { AWS_REGION: _region, ...nowhere } = env;
  const missing = { says: /region is missing/i, next: "AWS_REGION" };
  await refused(args, { ...missing, env: { ...nowhere, HOME: home.path } });
});

Deno.test("s3: a missing bucket or store is reported", s3, async () => {
  const { env } = newPlace("s3");
  await refused([...SAMPLE, "s3://nowhere/x"], {
    says: "there is no bucket nowhere",
    next: "debr does not create buckets",
    env,
  });
  await refused([...SAMPLE, "s3://backups/x"], {
    says: "ECONNREFUSED",
    next: "check it, then run the same command again",
    env: { ...env, AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" },
  });
});

Deno.test("gs: a missing bucket or store is reported", gs, async () => {
  const { env } = newPlace("gs");
  await refused([...SAMPLE, "gs://nowhere/x"], {
    says: "there is no bucket nowhere",
    next: "debr does not create buckets",
    env,
  });
  await refused(["restore", "--verify", "--from", "gs://nowhere/x"], {
    says: "there is no bucket nowhere",
    next: "debr does not create buckets",
    env,
  });
});

/** Starts a store that always returns one status, because the test servers check no tokens. */
function refusing(status: number) {
  const body = JSON.stringify({ error: { code: status, message: "Invalid Credentials" } });
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(body, { status, headers: { "content-type": "application/json" } }),
  );
}

Deno.test("gs: wrong or missing credentials are reported", gs, async () => {
  const { url, env } = newPlace("gs");
  await using home = await temporary();
  const missing = { HOME: home.path, GOOGLE_APPLICATION_CREDENTIALS: `${home.path}/none.json` };
  await refused([...SAMPLE, url], {
    says: "none.json",
    next: "GOOGLE_APPLICATION_CREDENTIALS",
    env: { ...env, ...missing },
  });
  const answers = { 401: "refused the credentials", 403: "the credentials lack a right" };
  for (const [status, says] of Object.entries(answers)) {
    await using server = refusing(Number(status));
    const endpoint = `http://127.0.0.1:${server.addr.port}`;
    await refused([...SAMPLE, url], {
      says,
      next: status === "401" ? "GOOGLE_APPLICATION_CREDENTIALS" : "roles/storage.objectAdmin",
      env: { CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: endpoint },
    });
  }
});

for (const [direction, how] of [["sent", "while it writes"], ["received", "while it reads"]]) {
  Deno.test(`s3: a connection that breaks ${how} is reported`, s3, async () => {
    const place = newPlace("s3");
    const { url, env } = place;
    const port = Number(new URL(env["AWS_ENDPOINT_URL_S3"]!).port);
    if (direction === "received") await done([...SAMPLE, url], { env });
    await using proxy = startProxy(port, { cutAfter: { [direction!]: 60_000 } });
    const cut = { ...env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxy.port}` };
    const args = direction === "sent" ? [...SAMPLE, url] : ["restore", "--verify", "--from", url];
    await refused(args, {
      says: direction === "sent" ? "Cannot write s3://" : "Cannot read s3://",
      next: "then run the same command again",
      env: cut,
    });
    // A broken connection does not mark a backup as failed.
    assertEquals(await statesOf(place), [direction === "sent" ? "unfinished" : "complete"]);
    const again = direction === "sent" ? [...SAMPLE, url] : args;
    await done(again, { env });
  });
}

Deno.test("s3: --encryption is requested for every object", s3, async () => {
  const { url, env } = newPlace("s3");
  const port = Number(new URL(env["AWS_ENDPOINT_URL_S3"]!).port);
  for (
    const [encryption, header] of [
      ["aes256", /x-amz-server-side-encryption: AES256/gi],
      ["kms:alias/people", /x-amz-server-side-encryption-aws-kms-key-id: alias\/people/gi],
    ] as const
  ) {
    let sent = "";
    await using proxy = startProxy(port, {
      onSent: (bytes) => sent += new TextDecoder("latin1").decode(bytes),
    });
    const through = { ...env, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxy.port}` };
    const args = [...SAMPLE, `${url}-${encryption.slice(0, 3)}`, "--encryption", encryption];
    const { objects } = await done(args, { env: through });
    assertEquals(sent.match(header)?.length, objects.length + 1);
  }
});

Deno.test("invalid arguments are usage errors", async () => {
  const { url } = newPlace("folder");
  const usage = { status: 2 };
  await refused([...SAMPLE, url, "--encryption", "rot13"], {
    ...usage,
    says: "it should be aes256 or kms:KEY",
    next: "See deno task backup --help",
  });
  await refused([...SAMPLE, url, "--encryption", "aes256"], {
    ...usage,
    says: "a folder has no encryption of its own",
    next: "encrypted disk",
  });
  await refused(["backup"], { ...usage, says: "no place is given", next: "DEBR_BACKUP_URL" });
  await refused(["backup", "--to", "s3://key:pl4nted@bucket"], {
    ...usage,
    says: "it contains credentials",
    next: "environment variables",
  });
  await refused(["backup", "--to", url, "--database", "postgres://a:pl4nted@localhost/b"], {
    ...usage,
    says: "it holds a password",
    next: "See deno task backup --help",
  });
  await refused(["restore", "--from", url], {
    says: "none of this kind is complete",
    next: "deno task backup --list",
  });
});
