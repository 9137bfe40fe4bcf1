import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { hidePasswords } from "../../../../etl/common/passwords.ts";
import { errorJson } from "../../../../etl/cli/log.ts";
import { UsageError } from "../../../../etl/common/errors.ts";
import { faultOf, redact } from "../../../../etl/load/database/connection/faults.ts";
import { parseTarget } from "../../../../etl/load/database/connection/url.ts";

Deno.test("a URL is parsed, and its label has no password", async () => {
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

const WRONG: Readonly<Record<string, string>> = {
  "postgres//planted@host/db": "begins with neither postgres:// nor mysql://",
  "https://u:planted@host/db": "begins with neither",
  "planted:word@host/db": "neither postgres:// nor",
  "postgres://host/planted": "it names no user",
  "postgres://u:planted@host": "it names no database",
  "postgres://u:planted@host:planted/db": "its host or port is not valid",
  "postgres://u:planted@host/db?sslmode=allow": 'sslmode "allow"',
  "mysql://u:planted@host/db?ssl-mode=planted": "parameter ssl-mode is unknown",
  "postgres://u:planted@host/db#planted": "Write # as %23",
  "postgres://u:planted%ff@host/db": "Write % as %25",
  "postgres://u:planted@host/db?sslrootcert=/nowhere.pem": "no such file",
  "postgres://debr:planted:c@planted/1@host/db": "write @ as %40, / as %2F and : as %3A",
  "postgres://u:planted%zz@host/db": "write % as %25",
  "postgres://u:pla nted?planted@host/db": "write a space as %20 and ? as %3F",
  "mysql://u:[planted]#\n@host/db": "write [ as %5B, ] as %5D, # as %23 and a control character",
  "mysql://planted/u:x@host/db": "write / as %2F",
};

function shown(error: unknown): string {
  const { message, next } = error as UsageError;
  return `${message} ${next} ${errorJson(error)} ${Deno.inspect(error)}`;
}

for (const [url, says] of Object.entries(WRONG)) {
  Deno.test(`a wrong URL is refused and not printed: ${says}`, async () => {
    const error = await assertRejects(() => parseTarget(url), UsageError);
    assertStringIncludes(`${error.message} ${error.next}`, says);
    assert(!shown(error).includes("planted"));
  });
}

/** Passwords made of pieces. Pieces like x…z are marks that no message may contain. */
const PASSWORDS = fc.array(
  fc.oneof(
    fc.constantFrom(..."@/:#?%[] \\\"'<>^`{|}&=+,;!$()*~.-_é€👍\t\n", "%41", "://", "@h:1/d"),
    fc.stringMatching(/^x[a-z0-9]{4,8}z$/),
  ),
  { minLength: 1, maxLength: 6 },
).filter((pieces) => pieces.some((piece) => /^x\w+z$/.test(piece)));

Deno.test("an escaped password is parsed unchanged, and no password is printed", async () => {
  await fc.assert(
    fc.asyncProperty(
      PASSWORDS,
      fc.constantFrom("postgres", "mysql", "mariadb"),
      async (pieces, kind) => {
        const password = pieces.join("");
        const marks = pieces.filter((piece) => /^x\w+z$/.test(piece));
        const place = "host.example:5/db";
        const escaped = await parseTarget(`${kind}://ada:${encodeURIComponent(password)}@${place}`);
        assertEquals([escaped.password, escaped.host], [password, "host.example"]);
        const url = `${kind}://ada:${password}@${place}`;
        const text = await parseTarget(url).then(
          (target) => {
            assertEquals([target.host, decodeURIComponent(password)], [
              "host.example",
              target.password,
            ]);
            return `${target.label} ${shown(faultOf(new Error(`no ${target.password}`), target))}`;
          },
          (error) => {
            assert(error instanceof UsageError);
            return shown(error);
          },
        );
        const hidden = hidePasswords(`not ${JSON.stringify(url)}`);
        for (const mark of marks) assert(!`${text} ${hidden}`.includes(mark), `${text} ${hidden}`);
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("a password in a driver's message is hidden", async () => {
  const target = await parseTarget("postgres://ada:s3cr%2Fet@h/d");
  assertEquals(redact("no s3cr/et or s3cr%2Fet", target), "no *** or ***");
  const fault = faultOf(Object.assign(new Error("bad s3cr/et"), { code: "XX000" }), target);
  assertEquals(fault.message, "Cannot use postgres://ada@h:5432/d: bad ***");
  assert(!JSON.stringify(fault).includes("s3cr"));
  assertEquals(fault.cause, undefined);
});
