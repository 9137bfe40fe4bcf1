/**
 * Searches for planted values in every byte that a run writes or prints.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { gunzipSync } from "node:zlib";
import { fakeApi } from "../fake_api.ts";
import { ada, type Loose, pageOf } from "../people.ts";
import { type Ended, filesUnder, Project } from "../project.ts";
import { readFile } from "../read_back.ts";

const SECRETS = ["PlantedPassword", "PlantedSalt", "PlantedMd5", "PlantedSha1"] as const;
const [PASSWORD, SALT, MD5, SHA1] = SECRETS;

const SHA256 = "5ec7e7".padEnd(64, "0");
const UUID = "5ec7e75e-c7e7-4000-8000-5ec7e75ec7e7";
/** Allowed only in `logins` and `altids`. */
const SENSITIVE = [SHA256, UUID, "planted-username", "planted-altid"];
/** Allowed only in tables. */
const PERSONAL = ["Plantedfirst", "Plantedlast", "planted@mail", "Plantedstreet", "555-planted"];

/** Makes a person with planted values. */
function planted(changes: Loose = {}): Loose {
  return ada({
    "name.first": PERSONAL[0],
    "name.last": PERSONAL[1],
    email: `${PERSONAL[2]}.example`,
    "location.street.name": PERSONAL[3],
    phone: PERSONAL[4],
    "id.value": SENSITIVE[3],
    login: {
      uuid: UUID,
      username: SENSITIVE[2],
      password: PASSWORD,
      salt: SALT,
      md5: MD5,
      sha1: SHA1,
      sha256: SHA256,
    },
    ...changes,
  });
}

const SECRET = SECRETS.join(" ");

/** People with secrets in unexpected places: in unknown fields and in place of objects. */
const MISPLACED: readonly Loose[] = [
  planted({ extra: SECRET, "name.password": PASSWORD, "location.deep": { password: [PASSWORD] } }),
  planted({ login: `${SENSITIVE[2]}:${SECRET}` }),
  planted({ login: [SECRET] }),
  planted({ "login.uuid": { password: PASSWORD } }),
  planted({ id: SECRET }),
  planted({ "id.value": { value: SECRET } }),
  planted({ name: SECRET }),
  planted({ location: SECRET }),
  planted({ "location.street": `${PERSONAL[3]} ${SECRET}` }),
  planted({ picture: SECRET }),
  planted({ dob: SECRET }),
  planted({ nat: { nat: SECRET } }),
  planted({ "location.postcode": [SECRET] }),
  planted({ cell: `${PERSONAL[4]}\u0000` }),
  SECRET as Loose,
  [planted()] as Loose,
];

/** People with secrets in place of texts: these break a rule and are protected like the text. */
const IN_TEXTS: readonly Loose[] = [
  planted({ "login.sha256": SECRET }),
  planted({ "login.uuid": SECRET }),
  planted({ "dob.date": `${PERSONAL[0]} ${SECRET}` }),
  planted({ email: `${PERSONAL[2]} ${SECRET}` }),
  planted({ "picture.large": SECRET }),
];

/** Returns the decompressed content of a file as text. */
async function textOf(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = new TextDecoder("latin1").decode(bytes);
  if (path.endsWith(".parquet")) return raw + JSON.stringify(await readFile(path));
  return path.endsWith(".gz") ? raw + gunzipSync(bytes).toString("utf8") : raw;
}

/** Asserts that planted values are only where allowed, and returns the paths of all files. */
async function assertPrivate(root: string, { out, err }: Ended): Promise<string[]> {
  const files = await filesUnder(root);
  for (const [path, bytes] of files) {
    const text = await textOf(`${root}/${path}`, bytes);
    const isPage = path.startsWith(".staging/") && path.endsWith(".json.gz");
    const isTable = path.endsWith(".parquet");
    const isSensitive = isTable && /(logins|altids)/.test(path);
    const forbidden = [
      ...SECRETS,
      ...(isPage || isSensitive ? [] : SENSITIVE),
      ...(isPage || isTable ? [] : PERSONAL),
    ];
    for (const value of forbidden) assert(!text.includes(value), `${value} in ${path}`);
  }
  for (const value of [...SECRETS, ...SENSITIVE, ...PERSONAL]) {
    assert(!(out + err).includes(value), `${value} is printed: ${out}${err}`);
  }
  return [...files.keys()];
}

async function save(project: Project, name: string, text: string): Promise<string> {
  await Deno.writeTextFile(project.path(name), text);
  return name;
}

Deno.test("no file has secrets, and only the right tables have sensitive and personal values", async (t) => {
  await using project = await Project.copy();
  const valid = { ...pageOf([planted()]), password: SECRET };
  const mixed = pageOf([planted(), ...MISPLACED, ...IN_TEXTS]);
  const fetched = pageOf([planted(), ...MISPLACED], { seed: "s" });

  const extracted = async (out: string, args: readonly string[], status: number) => {
    let files: string[] = [];
    for (const log of [["--log", "text"], ["--log", "json"], []]) {
      const ended = await project.run(["extract", ...args, "--out", `data/${out}`, ...log]);
      assertEquals(ended.status, status, ended.err);
      files = await assertPrivate(project.path(`data/${out}`), ended);
    }
    return files;
  };

  await t.step("when all people are valid", async () => {
    const source = await save(project, "valid.json", JSON.stringify(valid));
    const files = await extracted("valid", ["--source", source, "--json"], 0);
    assert(files.includes("tables/logins/part-00001.parquet"));
    const [login] = await readFile(project.path("data/valid/tables/logins/part-00001.parquet"));
    assertEquals<unknown>(Object.values(login ?? {}).slice(1), [UUID, SENSITIVE[2], SHA256]);
  });

  await t.step("when many people are rejected and the summary gives the reasons", async () => {
    const source = await save(project, "mixed.json", JSON.stringify(mixed));
    for (const more of [[], ["--json"]]) {
      const args = ["--source", source, "--max-rejects", "100%", ...more];
      const files = await extracted("mixed", args, 0);
      assert(files.some((path) => path.startsWith("rejects/")));
    }
  });

  await t.step("when too many people are rejected, also in staging", async () => {
    const files = await extracted("limit", ["--source", "mixed.json"], 5);
    assert(files.some((path) => /^\.staging\/.+\/logins\.parquet$/.test(path)), `${files}`);
  });

  await t.step("when a page cannot be parsed", async () => {
    const text = JSON.stringify(mixed);
    const cut = text.slice(0, text.indexOf(PASSWORD) + PASSWORD.length);
    await extracted("cut", ["--source", await save(project, "cut.json", cut)], 3);
  });

  await t.step("when the API fails, also in staged pages", async () => {
    await using api = fakeApi((query) =>
      query.get("page") === "1"
        ? Response.json(fetched)
        : Response.json({ error: "Not Found", login: planted().login }, { status: 404 })
    );
    const size = String(fetched.results.length);
    const args = ["--api", api.url, "--seed", "s", "--results", "100", "--page-size", size];
    const files = await extracted("api", args, 3);
    assert(files.some((path) => /^\.staging\/.+\/page-00001\.json\.gz$/.test(path)), `${files}`);
  });
});
