#!/bin/sh
# Makes the files of a release: the source archive, its CycloneDX SBOM and their checksums.
#
#   deploy/release/build.sh v0.2.0 dist
set -eu
tag=$1 out=$2
name=debr-${tag#v}
mkdir -p "$out"
git archive --format=tar.gz --prefix="$name/" -o "$out/$name.tar.gz" "$tag"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -xzf "$out/$name.tar.gz" -C "$work"
npx -y @cyclonedx/cdxgen@12.8.4 -t deno --no-install-deps --no-recurse \
  -o "$work/sbom.json" "$work/$name" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
mv "$work/sbom.json" "$out/$name.cdx.json"
cd "$out"
sha256sum "$name.tar.gz" "$name.cdx.json" >SHA256SUMS
