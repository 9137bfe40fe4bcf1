import { assert, assertEquals } from "@std/assert";
import { temporary } from "./temporary.ts";
import { windowsLacks } from "./windows.ts";

/** Paths of private files; the test must find at least one file for each. */
const PLACES = [
  /\/data\/tables\/users\/part-\d+\.parquet$/,
  /\/data\/tables\/manifest\.json$/,
  /\/data\/forgotten\.txt$/,
  /\/data\/rejects\/[^/]*\.ndjson$/,
  /\/data\/\.staging\/[^/]*\/batch-[^/]*\/users\.parquet$/,
  /\/data\/\.staging\/[^/]*\/pages\/page-[^/]*\.json\.gz$/,
  /\/data\/\.verify-[^/]*\/tables\/users\/part-\d+\.parquet$/,
  /\/data\/runs\.ndjson$/,
  /\/data\/checks\/history\.ndjson$/,
  /\/data\/alerts\/nightly\.lock$/,
  /\/raw\/saved\/pages-[^/]*\.ndjson\.gz$/,
  /\/raw\/api\/\.pages-[^/]*\/pages\/page-[^/]*\.json\.gz$/,
  /\/backups\/[^/]*\/tables\/users\/part-\d+\.parquet$/,
  /\/backups\/[^/]*\/.*\.partial-[^/]*$/,
  /\/restored\/\.restoring\/tables\/users\/part-\d+\.parquet$/,
  /\/restored\/tables\/users\/part-\d+\.parquet$/,
  /\/linked$/,
];

for (const umask of ["000", "022"]) {
  Deno.test({
    name: `files with people are readable only by their owner with umask ${umask}`,
    ignore: windowsLacks("modes of files"),
    fn: async () => {
      await using folder = await temporary();
      const script = `umask ${umask} && exec "$0" run -q -A tests/private.ts "$1"`;
      const { success, stdout, stderr } = await new Deno.Command("sh", {
        args: ["-c", script, Deno.execPath(), folder.path],
      }).output();
      assert(success, new TextDecoder().decode(stderr));
      const seen: [string, number][] = JSON.parse(new TextDecoder().decode(stdout));
      const open = seen.filter(([, mode]) => (mode & 0o077) !== 0);
      assertEquals(open.map(([path, mode]) => `${mode.toString(8)} ${path}`), []);
      for (const place of PLACES) assert(seen.some(([path]) => place.test(path)), `${place}`);
    },
  });
}
