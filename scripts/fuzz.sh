#!/usr/bin/env bash
# Fuzzes what reads bytes from the network, by Jazzer, and tells how far it has come.
#
#   scripts/fuzz.sh                    lists the targets
#   scripts/fuzz.sh TARGET SECONDS     fuzzes one target; further arguments go to the fuzzer (-help=1 lists them)
#   scripts/fuzz.sh all SECONDS        fuzzes every target for so long, one after the other
#
# What it has learnt stays in auth-fuzz/target/corpus/TARGET, and the next run begins with it. A finding ends the run with
# status 77 and is written to auth-fuzz/target/findings/TARGET: mend the fault, and put the input, made small, among the
# seeds in auth-fuzz/src/test/resources/seeds/TARGET, which every mvn verify replays. MEMORY=1g bounds the heap;
# HANG=60 is after how many seconds one input counts as a hang, which a very busy machine needs more of.
# It needs a JDK of version 17 or newer and Maven, on Linux (x86_64), macOS or Windows (x86_64); BUILT=1 skips the build.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
module=$root/auth-fuzz

declare -A targets=(
  [token]=TokenFuzz
  [claims]=ClaimsFuzz
  [jwks]=JWKSFuzz
  [api-key]=APIKeyFuzz
  [authorization]=AuthorizationFuzz
  [cookie]=CookieFuzz
  [forwarded]=ForwardedFuzz
  [signature]=SimpleSignatureFuzz
  [message-signature]=MessageSignatureFuzz
  [target]=TargetFuzz
  [key-body]=KeyBodyFuzz
  [signing-key-body]=SigningKeyBodyFuzz
  [login-body]=LoginBodyFuzz
  [leak]=LeakFuzz
)

if [ $# -lt 2 ]; then
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
  printf '\nTargets: %s\n' "$(printf '%s\n' "${!targets[@]}" | sort | paste -sd ' ')"
  exit 2
fi
if [ "$1" = all ]; then
  status=0
  for target in $(printf '%s\n' "${!targets[@]}" | sort); do
    "$0" "$target" "${@:2}" || status=$?
    export BUILT=1
  done
  exit "$status"
fi
target=$1
seconds=$2
shift 2
class=${targets[$target]:-}
[ -n "$class" ] || { echo "There is no target $target: scripts/fuzz.sh lists them" >&2; exit 2; }

if [ -z "${BUILT:-}" ]; then
  (cd "$root" && mvn -q -pl auth-fuzz -am process-test-classes)
fi
seeds=$module/src/test/resources/seeds/$target
mkdir -p "$module/target/corpus/$target" "$module/target/findings/$target"

# The key set is fetched once from this machine, so that connections are no finding here.
exec java "-Xmx${MEMORY:-1g}" -Xss8m -cp "$module/target/test-classes:$(<"$module/target/class-path")" \
  com.code_intelligence.jazzer.Jazzer \
  --target_class="dev.portcullis.auth.fuzz.$class" \
  --instrumentation_includes='dev.portcullis.**:tools.jackson.core.**' \
  --instrumentation_excludes='dev.portcullis.auth.fuzz.**:dev.portcullis.auth.testkit.**' \
  --custom_hook_excludes='dev.portcullis.auth.fuzz.**' \
  --disabled_hooks='com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery' \
  --reproducer_path="$module/target/findings/$target" \
  -artifact_prefix="$module/target/findings/$target/" \
  -dict="$module/src/test/resources/words.dict" \
  -max_total_time="$seconds" -max_len=4096 -timeout="${HANG:-60}" -rss_limit_mb=0 -print_final_stats=1 \
  "$@" "$module/target/corpus/$target" "$seeds"
