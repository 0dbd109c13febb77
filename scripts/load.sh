#!/usr/bin/env bash
# Puts a load on an example: good tokens and keys, and bad credentials of every kind, all mixed; tells how soon each was
# answered, and fails if an answer is not as it must be.
#
#   scripts/load.sh                                starts an example of its own on a free port, and stops it afterwards
#   TOKEN=eyJ… KEY=grd_live_… scripts/load.sh --url http://127.0.0.1:8080          loads one that runs
#
# Further options: --seconds NUMBER (20), --connections NUMBER (16). JAR=… loads another example's jar.
# It needs a JDK of version 17 or newer, and nothing else.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
load=$root/scripts/LoadGenerator.java

command -v java >/dev/null || { echo "There is no java on the path: install a JDK, 17 or newer" >&2; exit 2; }
for argument in "$@"; do
  if [ "$argument" = --help ]; then
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
    exit 0
  fi
  if [ "$argument" = --url ]; then
    exec java "$load" "$@"
  fi
done

jar=${JAR:-$root/auth-example/target/portcullis-example.jar}
if [ ! -f "$jar" ]; then
  echo "There is no $jar: build it with mvn -q -DskipTests package -pl auth-example -am" >&2
  exit 2
fi
directory=$(mktemp -d)
java -jar "$jar" --port 0 --data "$directory/keys" >"$directory/out" 2>"$directory/err" &
example=$!
trap 'kill "$example" 2>/dev/null || true; wait "$example" 2>/dev/null || true; rm -rf "$directory"' EXIT
until grep -q '^READY ' "$directory/out"; do
  kill -0 "$example" 2>/dev/null || { cat "$directory/err" >&2; exit 1; }
  sleep 0.2
done

printed=$(<"$directory/out")
[[ $printed =~ eyJ[A-Za-z0-9_.-]+ ]] && export TOKEN=${BASH_REMATCH[0]}
[[ $printed =~ grd_live_[0-9a-f]{48} ]] && export KEY=${BASH_REMATCH[0]}
[[ $printed =~ READY\ ([^[:space:]]+) ]]
java "$load" --url "${BASH_REMATCH[1]}" "$@"
