import { options } from "./command.ts";
import { custom, dumpedDatabase, flag, JSON_OUTPUT, OUT, pathOr } from "./options.ts";

export const restore = options({
  name: "restore",
  description:
    "Bring a backup back into an empty folder or database, and compare rows and content with what was backed up.",
  args: {
    from: custom(
      { "URL|DIR": pathOr() },
      "Where backups are, as for backup --to: the newest good one; or one of them, with its id at the end (default: DEBR_BACKUP_URL)",
    ),
    database: dumpedDatabase("Database to restore a dump into"),
    out: { ...OUT, description: "Folder to restore the dataset to" },
    verify: flag(
      "Restore into a scratch folder, or a scratch database on the same server, compare, and drop it",
    ),
    json: JSON_OUTPUT,
  },
  examples: [
    "# does the newest backup of the dataset restore?",
    "deno task restore --verify --from /mnt/backups/people",
    "# does the newest dump? Its user must be allowed to create databases",
    "deno task restore --verify --from s3://backups/people --database @/run/secrets/database-url",
    "# one of the backups that --list shows, into an empty database",
    "deno task restore --from s3://backups/people/20261124T010000Z-postgres-5f0c1d2e3a4b --database env",
    "# the dataset, beside the one that exists",
    "deno task restore --from /mnt/backups/people --out data/restored",
  ].join("\n"),
});
