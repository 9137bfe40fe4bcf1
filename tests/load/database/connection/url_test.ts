import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../../etl/common/errors.ts";
import { faultOf, redact } from "../../../../etl/load/database/connection/faults.ts";
import { parseTarget } from "../../../../etl/load/database/connection/url.ts";

Deno.test("a URL is taken apart, and its label has no password", async () => {
  const target = await parseTarget(
    "postgresql://ada:p%40ss%2Fw@db.example:6543/people?sslmode=require",
  );
  assertEquals(target, {
    kind: "postgres",
    host: "db.example",
    port: 6543,
    user: "ada",
    password: "p@ss/w",
    database: "people",
    sslmode: "require",
    label: "postgres://ada@db.example:6543/people",
  });
  const { kind, port, sslmode } = await parseTarget("mysql://ada@[::1]/people\n");
  assertEquals({ kind, port, sslmode }, { kind: "mysql", port: 3306, sslmode: "prefer" });
});

const WRONG = {
  "it is no URL": "postgres//planted@host/db",
  "neither postgres: nor mysql:": "https://u:planted@host/db",
  "it names no user": "postgres://host/planted",
  "it names no database": "postgres://u:planted@host",
  'sslmode "allow"': "postgres://u:planted@host/db?sslmode=allow",
  "parameter ssl-mode is not known": "mysql://u:planted@host/db?ssl-mode=planted",
  "a % in it": "postgres://u:planted%zz@host/db",
  "is not there": "postgres://u:planted@host/db?sslrootcert=/nowhere.pem",
};

for (const [says, url] of Object.entries(WRONG)) {
  Deno.test(`a URL is refused without being shown: ${says}`, async () => {
    const error = await assertRejects(() => parseTarget(url), UsageError, says);
    assert(!`${error.message}${(error as UsageError).next}`.includes("planted"));
  });
}

Deno.test("a password in what a driver says is hidden", async () => {
  const target = await parseTarget("postgres://ada:s3cr%2Fet@h/d");
  assertEquals(redact("no s3cr/et or s3cr%2Fet", target), "no *** or ***");
  const fault = faultOf(Object.assign(new Error("bad s3cr/et"), { code: "XX000" }), target);
  assertEquals(fault.message, "Cannot use postgres://ada@h:5432/d: bad ***");
  assert(!JSON.stringify(fault).includes("s3cr"));
  assertEquals(fault.cause, undefined);
});
