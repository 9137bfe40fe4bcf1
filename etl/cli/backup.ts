import { options } from "./command.ts";
import { custom, DATA, dumpedDatabase, flag, JSON_OUTPUT, pathOr, wholeNumber } from "./options.ts";

function keep(period: string) {
  return custom(
    { N: wholeNumber(0) },
    `Keep the newest backup of each of the last n ${period} with a backup`,
  );
}

function encryption(text: string) {
  if (text === "aes256") return { kind: "aes256" } as const;
  if (/^kms:./.test(text)) return { kind: "kms", key: text.slice("kms:".length) } as const;
  throw new RangeError(`it should be aes256 or kms:KEY, not ${JSON.stringify(text)}`);
}

export const backup = options({
  name: "backup",
  description:
    "Copy the dataset, or a database, to S3, Google Cloud Storage or a folder. Test each backup with restore --verify.",
  args: {
    to: custom(
      { "URL|DIR": pathOr() },
      "s3://bucket/prefix, gs://bucket/prefix or a folder (default: DEBR_BACKUP_URL); credentials come from the cloud's own environment variables",
    ),
    database: dumpedDatabase("Dump this database instead of the dataset"),
    data: DATA,
    encryption: custom(
      { "aes256|kms:KEY": encryption },
      "Server-side encryption (default: the setting of the bucket)",
    ),
    keepDaily: keep("days"),
    keepWeekly: keep("weeks"),
    keepMonthly: keep("months"),
    list: flag("List the backups and change nothing"),
    json: JSON_OUTPUT,
  },
  examples: {
    "the dataset to a folder on another disk": "deno task backup --to /mnt/backups/people",
    "a database with its URL from the environment; keeps 14 days, 8 weeks and 12 months": [
      "export DEBR_DATABASE_URL=postgres://debr:secret@localhost:5432/people",
      "deno task backup --to s3://backups/people --database env --keep-daily 14 --keep-weekly 8 --keep-monthly 12",
    ],
    "the existing backups": "deno task backup --list --to s3://backups/people",
  },
});
