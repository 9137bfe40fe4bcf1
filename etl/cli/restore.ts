import { options } from "./command.ts";
import { custom, dumpedDatabase, flag, JSON_OUTPUT, OUT, pathOr } from "./options.ts";

export const restore = options({
  name: "restore",
  description:
    "Restore a backup into an empty folder or database, and compare rows and content with the backup.",
  args: {
    from: custom(
      { "URL|DIR": pathOr() },
      "Location of the backups, as in backup --to, and optionally /id of one; otherwise the newest complete one (default: DEBR_BACKUP_URL)",
    ),
    database: dumpedDatabase("Database to restore a dump into"),
    out: { ...OUT, description: "Folder to restore the dataset to" },
    verify: flag(
      "Restore into a temporary folder or database, compare, and delete it",
    ),
    json: JSON_OUTPUT,
  },
  examples: {
    "test the newest backup of the dataset":
      "deno task restore --verify --from /mnt/backups/people",
    "test the newest dump; the user needs the right to create databases":
      "deno task restore --verify --from s3://backups/people --database @/run/secrets/database-url",
    "a backup from --list, into an empty database":
      "deno task restore --from s3://backups/people/20261124T010000Z-postgres-5f0c1d2e3a4b --database env",
    "the dataset, into another folder":
      "deno task restore --from /mnt/backups/people --out data/restored",
  },
});
