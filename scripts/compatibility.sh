#!/usr/bin/env bash
# Compares the published modules with the last release: an incompatible change of what is public fails.
set -euo pipefail
cd "$(dirname "$0")/.."
baseline=$(sed -n 's|.*<compatible-with>\(.*\)</compatible-with>.*|\1|p' pom.xml)
if [ -z "$baseline" ]; then
  echo "There is no release to be compatible with yet: compatible-with in pom.xml names none."
  exit 0
fi
exec mvn -B -ntp -q -Pcompatibility -DskipTests "$@" verify
