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

# outage STATUS: whether the log describes an outage: no answer, or one of a proxy, or the API's own
# error. A page of the API that breaks another rule, or a version that is gone, is a difference.
outage() {
  case $1 in
    3)
      grep -Eq '^Error: .*\(rule (content-type|json|error)\)' "$log" ||
        ! grep -Eq '^Error: .*(\(rule |: status 4(00|04|10)$)' "$log"
      ;;
    4) true ;;
    6) grep -q ' unreadable ' "$log" ;;
    *) false ;;
  esac
}

# step VERSION TASK ARGUMENTS...
step() {
  version=$1
  shift
  npx -y deno@2.9.6 task -q "$@" >"$log" 2>&1
  status=$?
  if [ "$status" -eq 0 ]; then
    echo "- $version \`$1\`: no difference"
  elif outage "$status"; then
    unreached=1
    echo "- $version \`$1\`: the API was unreachable or refused the request, status $status"
  else
    changed=1
    printf -- '- %s `%s`: status %s\n\n```\n%s\n```\n\n' "$version" "$1" "$status" "$(tail -n 30 "$log")"
  fi
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
