import { assert, assertEquals } from "@std/assert";
import { Airflow } from "../integration/airflow.ts";
import { SECRET } from "../integration/object_stores.ts";
import { PASSWORD } from "../integration/servers.ts";
import { ROOT } from "../layers.ts";
import { TOKEN } from "../alert/receiver.ts";
import { commandLines } from "../operations.ts";
import { temporary } from "../temporary.ts";
import { Kubelet } from "./kubelet.ts";
import { argsOf, startCluster } from "./setup.ts";

Deno.test("kubectl and Airflow accept the commands of the runbook", async (t) => {
  await using here = await temporary();
  await using cluster = await startCluster();
  await using kubelet = await Kubelet.start(cluster.api, {
    images: { "debr:latest": { command: ["echo"], folder: "/" } },
    ...await cluster.certificate(),
  });
  await Deno.symlink(`${ROOT}deploy`, `${here.path}/deploy`);
  await Deno.writeTextFile(`${here.path}/database-url`, PASSWORD);
  await Deno.writeTextFile(`${here.path}/webhook`, TOKEN);
  await Deno.writeTextFile(`${here.path}/backup.env`, `AWS_SECRET_ACCESS_KEY=${SECRET}`);
  const lines = commandLines("kubectl");
  assert(lines.length > 5);
  for (const line of lines) {
    await t.step(line, async () => {
      // A pod that does not run yet has no log.
      while (/ logs /.test(line) && kubelet.started[0]?.status === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await cluster.shell(line, here.path);
    });
  }
  const [started] = kubelet.started;
  assertEquals(argsOf(started!), ["verify"]);
  assertEquals(kubelet.started.length, 1);
  await using airflow = await Airflow.start({});
  const parse = "import shlex, sys; from airflow.cli.cli_parser import get_parser; " +
    "get_parser().parse_args(shlex.split(sys.argv[1])[1:])";
  for (const line of commandLines("airflow")) {
    await t.step(line, async () => {
      const { status, printed } = await airflow.run("python", ["-c", parse, line]);
      assertEquals(status, 0, printed);
    });
  }
});
