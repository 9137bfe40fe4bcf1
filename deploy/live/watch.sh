#!/bin/sh
# Requests 100 people of each version from the live API and reports differences in Markdown:
# validity (extract), expectations (check), fields (drift), the dataset itself (verify).
# Exit code: 0 no difference, 1 a difference, 75 the API was not reached.
#
#   deploy/live/watch.sh [API_URL] >report.md
set -u
api=${1:-https://randomuser.me/api}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
changed=0
unreached=0

# step VERSION TASK ARGUMENTS...
step() {
  version=$1
  shift
  npx -y deno@2.9.6 task -q "$@" >"$log" 2>&1
  status=$?
  case $status in
    0) echo "- $version \`$1\`: no difference" ;;
    3 | 4)
      unreached=1
      echo "- $version \`$1\`: the API was unreachable or refused the request, status $status"
      ;;
    *)
      changed=1
      printf -- '- %s `%s`: status %s\n\n```\n%s\n```\n\n' "$version" "$1" "$status" "$(tail -n 30 "$log")"
      ;;
  esac
  return "$status"
}

for version in 1.3 1.4; do
  data=data/live-$version
  step "$version" drift --source api --api "$api" --api-version "$version"
  step "$version" extract --api "$api" --api-version "$version" --results 100 --seed debr-live \
    --out "$data" || continue
  step "$version" check --data "$data"
  step "$version" verify --data "$data"
done
[ "$changed" -eq 0 ] || exit 1
[ "$unreached" -eq 0 ] || exit 75
