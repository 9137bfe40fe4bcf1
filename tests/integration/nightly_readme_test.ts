/**
 * Runs the commands of `deploy/nightly/README.md` on a new Debian, and its services as systemd does:
 * as their user and only with their environment.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Debian, SYSTEM_PATH } from "./debian.ts";
import { runLoad } from "./load_support.ts";
import { available, run, startPostgres } from "./servers.ts";
import { debianTools } from "./tools.ts";
import { blocksBelow, copyProject } from "./typed.ts";

const HEADING = "## With systemd, on Debian";

const ignore = Deno.build.os !== "linux" || !await available("postgresql") ||
  !await debianTools({ debootstrap: "debootstrap" });

/** Variables with which this machine reaches registries: certificates and a proxy. */
const NETWORK = Object.fromEntries(
  Object.entries(Deno.env.toObject()).filter(([name]) =>
    /CERT|_CA_|SSL|DENO_TLS|_proxy$/i.test(name)
  ),
);

/** Returns a function that looks up settings of a unit; `%i` is the part of its name after the @. */
function settings(unit: string, instance: string): (name: string) => string[] {
  const lines = unit.replaceAll("%i", instance).split("\n");
  return (name) =>
    lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1));
}

/** Reads the environment files of a unit; a file with a leading hyphen may be missing. */
async function environment(root: string, files: readonly string[]) {
  const texts = await Promise.all(files.map((file) => {
    const path = root + file.replace(/^-/, "");
    return Deno.readTextFile(path).catch((error) => {
      if (!file.startsWith("-")) throw error;
      return "";
    });
  }));
  const lines = texts.join("\n").split("\n").filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
}

/** Starts a service like systemd: `/etc` and `/usr` read-only, a private `/tmp`, no new rights. */
async function startService(debian: Debian, name: string) {
  const [, template, instance = ""] = /^(.*@)(.*)$/.exec(name) ?? [];
  const unit = await Deno.readTextFile(
    `${debian.root}/etc/systemd/system/${template}.service`,
  );
  const of = settings(unit, instance);
  assertEquals(["User", "ProtectSystem", "PrivateTmp"].flatMap(of), ["debr", "full", "true"]);
  const variables = {
    ...NETWORK,
    ...await environment(debian.root, of("EnvironmentFile")),
    ...{ PATH: SYSTEM_PATH, HOME: "/var/lib/debr", USER: "debr", LOGNAME: "debr" },
  };
  const script = "for name in usr etc; do mount --bind /$name /$name; " +
    "mount -o remount,bind,ro /$name; done; mount -t tmpfs tmpfs /tmp; " +
    `cd ${of("WorkingDirectory")[0]}; ` +
    'exec setpriv --reuid=debr --regid=debr --init-groups --no-new-privs env -i "$@"';
  const set = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
  return await debian.run(["sh", "-ec", script, "sh", ...set, ...of("ExecStart")]);
}

Deno.test({
  name: "the commands of the nightly README work on a new Debian",
  ignore,
  fn: async (t) => {
    const readme = await Deno.readTextFile(
      new URL("../../deploy/nightly/README.md", import.meta.url),
    );
    assertEquals(readme.match(/(?<=-)\d+\.\d+\.\d+(?=\.tgz)/g), [Deno.version.deno]);
    const blocks = blocksBelow(readme, HEADING).map(({ lines }) => lines);
    const starts = blocks.pop()!;
    await using postgres = await startPostgres(["fsync=off"]);
    const url = postgres.url("people");
    assertEquals((await runLoad(url, ["--data", "data/sample"])).status, 0);
    await using debian = await Debian.copy();
    // debootstrap does not install systemd, which every real Debian has.
    await copyProject(`${debian.root}/opt/debr`);
    await run("cp", ["-r", "data/sample/tables", "data/"], { cwd: `${debian.root}/opt/debr` });
    const fresh = await debian.run([
      "sh",
      "-ec",
      "apt-get update -q; apt-get install -y -q systemd",
    ]);
    assertEquals(fresh.status, 0, fresh.output);

    await t.step("set up", async () => {
      const script = blocks.join("").replace("enable --now", "enable")
        .replace("postgres://debr:secret@localhost:5432/people", url);
      assertStringIncludes(script, url);
      const { status, output } = await debian.run(["bash", "-euxc", script], {
        env: { ...NETWORK, SYSTEMD_OFFLINE: "1" },
      });
      assertEquals(status, 0, output);
      const verify = ["systemd-analyze", "verify", "debr-backup@dataset.timer"];
      const verified = await debian.run(verify);
      assertEquals([verified.status, verified.output], [0, ""]);
      for (const kind of ["dataset", "database"]) {
        const wants = `${debian.root}/etc/systemd/system/timers.target.wants`;
        await Deno.lstat(`${wants}/debr-backup@${kind}.timer`);
      }
    });

    const units = /^systemctl start (.*)$/m.exec(starts)?.[1]?.split(" ") ?? [];
    assertEquals(units, ["debr-backup@dataset", "debr-backup@database"]);
    for (const unit of units) {
      await t.step(`start ${unit}`, async () => {
        const { status, output } = await startService(debian, unit);
        assertEquals(status, 0, output);
        assertMatch(output, /Verified: \/var\/backups\/debr\/.*-(dataset|postgres)-/);
      });
    }

    await t.step("missing programs are reported", async () => {
      await Deno.rename(`${debian.root}/usr/bin/pg_dump`, `${debian.root}/usr/bin/other`);
      const lacking = await startService(debian, "debr-backup@database");
      assertEquals(lacking.status, 7, lacking.output);
      assertStringIncludes(lacking.output, "apt-get install postgresql-client");
      await Deno.remove(`${debian.root}/usr/local/bin/deno`);
      const without = await startService(debian, "debr-backup@dataset");
      assertEquals(without.status, 127, without.output);
      assertStringIncludes(without.output, "there is no deno in /usr/local/sbin:/usr/local/bin:");
    });
  },
});
