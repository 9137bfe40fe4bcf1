/**
 * The prompt for the password of a database on a terminal.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { Project } from "../project.ts";
import { KINDS, newDatabase, startServers, stopServers } from "./load_support.ts";
import { PASSWORD } from "./servers.ts";

/** Runs a command on a terminal, types a line at the prompt, and prints the terminal's output. */
const TYPE = `
import os, pty, subprocess, sys
leader, terminal = pty.openpty()
command = subprocess.Popen(sys.argv[2:], stdin=terminal, stdout=terminal, stderr=terminal)
os.close(terminal)
shown, typed = b"", False
while True:
    try:
        chunk = os.read(leader, 65536)
    except OSError:
        break
    if not chunk:
        break
    shown += chunk
    if not typed and b"Password of" in shown:
        os.write(leader, (sys.argv[1] + "\\n").encode())
        typed = True
sys.stdout.buffer.write(shown)
sys.exit(command.wait())
`;

Deno.test("load prompts for a password that the URL lacks and does not show it", async () => {
  await startServers();
  try {
    await using project = await Project.copy({ sample: true });
    for (const kind of KINDS) {
      const { url } = await newDatabase(kind);
      const bare = url.replace(/:[^:@/]+@/, "@");
      assert(bare !== url);
      const load = project.args(["load", "--to", bare, "--data", "data/sample"]);
      const attempt = async (typed: string) => {
        const { code, stdout } = await new Deno.Command("python3", {
          args: ["-c", TYPE, typed, "deno", ...load],
          cwd: project.path(),
        }).output();
        const shown = new TextDecoder().decode(stdout);
        assert(/Password of \w+:\/\//.test(shown), shown);
        assert(!shown.includes(typed), shown);
        return code;
      };
      assertEquals(await attempt(PASSWORD), 0);
      assertEquals(await attempt("wr0ng-planted"), 7);
    }
  } finally {
    await stopServers();
  }
});
