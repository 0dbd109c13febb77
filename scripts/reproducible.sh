#!/usr/bin/env bash
# Builds one commit twice, in two directories and two surroundings, and compares all that comes out, byte for byte.
# Usage: scripts/reproducible.sh [REVISION]
set -euo pipefail
cd "$(dirname "$0")/.."
revision=$(git rev-parse --verify "${1:-HEAD}^{commit}")
work=$(mktemp -d)
umask 022 # what Maven's archiver writes into jars as the files' modes, and everybody's default

build() { # in a directory of this name; prints the hash of everything that would be published or run
  mkdir -p "$work/$1"
  git archive "$revision" | tar -x -C "$work/$1"
  cd "$work/$1"
  mvn -B -ntp -q -Prelease -DskipTests package >&2
  find . -type f \( -path './*/target/*.jar' -o -path '*/target/bom.*' -o -path './*/target/licences/*' \) |
    LC_ALL=C sort | xargs sha256sum
}

(TZ=UTC LC_ALL=C.UTF-8 build one) >"$work/one.sums"
(TZ=Pacific/Auckland LC_ALL=C build a/longer/way/to/another) >"$work/another.sums"

cat "$work/one.sums"
if ! diff "$work/one.sums" "$work/another.sums"; then
  echo "These differ: the build of $revision is not reproducible. Both builds are kept in $work." >&2
  exit 1
fi
count=$(wc -l <"$work/one.sums")
rm -rf "$work"
echo "$count files of $revision are the same in both builds."
