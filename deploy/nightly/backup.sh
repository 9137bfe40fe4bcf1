#!/bin/sh
# Backs up the dataset or a database, proves that the backup restores, and ends with the exit status
# of what failed (0: all is well), so that cron, systemd, Airflow or Kubernetes can tell. What it does
# is in the environment:
#
#   DEBR_BACKUP_URL          where to: s3://bucket/prefix, gs://bucket/prefix or a folder
#   DEBR_DATABASE_URL        dump this database in place of the dataset in DEBR_DATA; or
#   DEBR_DATABASE_URL_FILE   a file that holds that URL
#   DEBR_DATA                folder of the dataset (data)
#   DEBR_KEEP                what to keep (--keep-daily 14 --keep-weekly 8 --keep-monthly 12)
#   DEBR_ENCRYPTION          aes256 or kms:KEY, where the bucket is not set so already
#   DEBR_SLACK_WEBHOOK_URL   tell Slack when it fails, and when it works again
#   DEBR_PIPELINE            name of its incidents (nightly-backup-dataset, nightly-backup-database);
#                            where several databases are backed up, each needs one of its own
set -u
cd "$(dirname "$0")/../.." || exit 1

: "${DEBR_BACKUP_URL:?says where backups go: s3://bucket/prefix, gs://bucket/prefix or a folder}"
command -v deno > /dev/null || {
  echo "Cannot back up: there is no deno in $PATH" >&2
  echo "Install it in /usr/local/bin, or set PATH where the other settings are" >&2
  exit 127
}
data=${DEBR_DATA:-data}
keep=${DEBR_KEEP:---keep-daily 14 --keep-weekly 8 --keep-monthly 12}
kind=database
if [ -n "${DEBR_DATABASE_URL_FILE:-}" ]; then
  database=@$DEBR_DATABASE_URL_FILE
elif [ -n "${DEBR_DATABASE_URL:-}" ]; then
  database="env"
else
  database=
  kind=dataset
fi

# tell STEP STATUS SUMMARY: lets Slack know, where it is set up; what becomes of that changes nothing.
tell() {
  [ -n "${DEBR_SLACK_WEBHOOK_URL:-}" ] || return 0
  printf '%s' "$3" | deno task -q notify --pipeline "${DEBR_PIPELINE:-nightly-backup-$kind}" \
    --run "$(uname -n)" --step "$1" --status "$2" --summary - ||
    echo "Slack was not notified: notify ended with status $?" >&2
}

# ended STEP STATUS SUMMARY: goes on where a step did what it should, and ends the script where not.
ended() {
  [ "$2" -eq 0 ] && return
  tell "$@"
  echo "Nightly backup of the $kind failed in $1, status $2" >&2
  exit "$2"
}

# shellcheck disable=SC2086 # what to keep is several options
summary=$(deno task -q backup --json --data "$data" ${database:+--database "$database"} \
  ${DEBR_ENCRYPTION:+--encryption "$DEBR_ENCRYPTION"} $keep)
ended "backup${database:+ database}" $? "$summary"

# That one, whatever else is in the same place.
id=$(printf '%s' "$summary" | sed 's/.*"id":"\([^"]*\)".*/\1/')
echo "Backed up: ${DEBR_BACKUP_URL%/}/$id" >&2
summary=$(deno task -q restore --verify --json --from "${DEBR_BACKUP_URL%/}/$id" \
  ${database:+--database "$database"})
verify="verify ${database:+database }backup"
ended "$verify" $? "$summary"
# Only now is an incident over: a backup counts once it was restored.
tell "$verify" 0 "$summary"
echo "Verified: ${DEBR_BACKUP_URL%/}/$id" >&2
