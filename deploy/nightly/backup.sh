#!/bin/sh
# Backs up the dataset or a database and restores the backup to verify it. Its exit code is that of
# the failed step, or 0, so that cron, systemd, Airflow or Kubernetes can react.
# Environment variables, with defaults in parentheses:
#
#   DEBR_BACKUP_URL          destination: s3://bucket/prefix, gs://bucket/prefix or a folder
#   DEBR_DATABASE_URL        dump this database instead of the dataset in DEBR_DATA; or
#   DEBR_DATABASE_URL_FILE   a file with that URL
#   DEBR_DATA                folder of the dataset (data)
#   DEBR_KEEP                backups to keep (--keep-daily 14 --keep-weekly 8 --keep-monthly 12)
#   DEBR_ENCRYPTION          aes256 or kms:KEY, unless the bucket encrypts by default
#   DEBR_SLACK_WEBHOOK_URL   notify Slack of failures and recoveries
#   DEBR_PIPELINE            name of its incidents (nightly-backup-dataset, nightly-backup-database);
#                            with several databases, each needs its own name
set -u
cd "$(dirname "$0")/../.." || exit 1

: "${DEBR_BACKUP_URL:?set the destination of backups: s3://bucket/prefix, gs://bucket/prefix or a folder}"
command -v deno > /dev/null || {
  echo "Cannot back up: there is no deno in $PATH" >&2
  echo "Install it in /usr/local/bin, or set PATH with the other settings" >&2
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

# notify STEP STATUS SUMMARY: notifies Slack if configured. Its own failure does not end the script.
notify() {
  [ -n "${DEBR_SLACK_WEBHOOK_URL:-}" ] || return 0
  printf '%s' "$3" | deno task -q notify --pipeline "${DEBR_PIPELINE:-nightly-backup-$kind}" \
    --run "$(uname -n)" --step "$1" --status "$2" --summary - ||
    echo "Slack was not notified: notify ended with status $?" >&2
}

# require STEP STATUS SUMMARY: returns if the step succeeded; otherwise reports it and ends the script.
require() {
  [ "$2" -eq 0 ] && return
  notify "$@"
  echo "Nightly backup of the $kind failed in $1, status $2" >&2
  exit "$2"
}

# shellcheck disable=SC2086 # $keep has several options
summary=$(deno task -q backup --json --data "$data" ${database:+--database "$database"} \
  ${DEBR_ENCRYPTION:+--encryption "$DEBR_ENCRYPTION"} $keep)
require "backup${database:+ database}" $? "$summary"

# Verify exactly this backup; others may be in the same place.
id=$(printf '%s' "$summary" | sed 's/.*"id":"\([^"]*\)".*/\1/')
echo "Backed up: ${DEBR_BACKUP_URL%/}/$id" >&2
summary=$(deno task -q restore --verify --json --from "${DEBR_BACKUP_URL%/}/$id" \
  ${database:+--database "$database"})
verify="verify ${database:+database }backup"
require "$verify" $? "$summary"
# Only a verified backup resolves an incident.
notify "$verify" 0 "$summary"
echo "Verified: ${DEBR_BACKUP_URL%/}/$id" >&2
