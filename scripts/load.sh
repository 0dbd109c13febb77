#!/usr/bin/env bash
# Puts a load on an example with wrk, good and hostile credentials alike, and measures. A wrong answer fails it.
#
#   scripts/load.sh cost [OPTION]...    what the filters cost: the example, its handlers without them, and these behind two
#                                       filters that do nothing, by turns
#   scripts/load.sh flood [OPTION]...   how soon good requests are answered alone, beside more good ones, and in a flood of bad ones
#   scripts/load.sh mixed [OPTION]...   good and bad requests mixed: how each kind was answered, and how soon
#   scripts/load.sh heap [OPTION]...    the same for ten minutes, with what is alive after full collections; fails if it grows
#
#   --example NAME         tomcat (unless given), spring, or plain: Spring Boot without Spring Security
#   --seconds NUMBER       of one measurement (5; heap: 600)
#   --rounds NUMBER        how often each side is measured (8)
#   --starts NUMBER        of cost: how often both sides are started anew (1): compilers do not come to the same code each time
#   --connections NUMBER   that ask all the time (8)
#   --url URL              of mixed: loads an example that runs, with TOKEN=eyJ… KEY=grd_live_… in the environment
#
# A quick try: scripts/load.sh cost --seconds 1 --rounds 2. JAVA_OPTIONS are given to both sides (-Xms512m -Xmx512m).
# It needs a JDK of version 17 or newer, curl, wrk (apt-get install wrk), Linux for its figures of processor time, and the
# examples: mvn -q -DskipTests package -pl auth-example-spring -am
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# Of a hundred requests.
good='token=40 key=20 x-api-key=10'
bad='forged=7 stranger=4 expired=4 garbage=3 malformed=3 unknown=4 none=4 oversize=1'

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; }
fail() { echo "$1" >&2; exit "${2:-1}"; }

seconds='' rounds=8 starts=1 connections=8 example=tomcat url=''
task=${1:-}
case $task in
  cost | flood | mixed | heap) shift ;;
  --help) usage; exit ;;
  *) usage >&2; exit 2 ;;
esac
while [ $# -gt 0 ]; do
  case $1 in
    --example | --url) [ $# -gt 1 ] || fail "$1 needs a value" 2 ;;
    --seconds | --rounds | --starts | --connections)
      [[ ${2:-} =~ ^[1-9][0-9]{0,4}$ ]] || fail "$1 is '${2:-}': write a number from 1 on" 2 ;;
    --help) usage; exit ;;
    *) fail "There is no option $1: scripts/load.sh --help tells which there are" 2 ;;
  esac
  declare "${1#--}=$2"
  shift 2
done
[ -z "$url" ] || [ "$task" = mixed ] || fail "--url is for mixed: all else starts examples of its own" 2
command -v wrk >/dev/null || fail "There is no wrk on the path: apt-get install wrk" 2

directory=$(mktemp -d)
started=()
cleanup() {
  for process in "${started[@]}"; do
    # A load is a shell with its wrk.
    pkill -P "$process" 2>/dev/null || true
    kill "$process" 2>/dev/null && wait "$process" || true
  done
  rm -rf "$directory"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

tomcat_jar=$root/auth-example/target/portcullis-example.jar
tomcat_tests=$(echo "$root"/auth-example/target/auth-example-*-tests.jar)
spring_jar=$root/auth-example-spring/target/portcullis-example-spring.jar
spring_tests=$root/auth-example-spring/target/portcullis-example-spring-tests.jar
package=dev.portcullis.auth.example

# start NAME COMMAND...: a process that says READY; what stands behind that is in $ready, its id in $process.
start() {
  local out=$directory/$1.out
  : >"$out"
  "${@:2}" >"$out" 2>"$directory/$1.err" &
  process=$!
  started+=("$process")
  until grep -q '^READY ' "$out"; do
    kill -0 "$process" 2>/dev/null || { cat "$directory/$1.err" >&2; exit 1; }
    sleep 0.2
  done
  ready=$(sed -n 's/^READY //p' "$out")
}

stop() { kill "$1" && wait "$1" || true; }

start_issuer() {
  for jar in "$tomcat_jar" "$tomcat_tests" "$spring_jar" "$spring_tests"; do
    [ -f "$jar" ] || fail "There is no $jar: mvn -q -DskipTests package -pl auth-example-spring -am" 2
  done
  start issuer java -cp "$tomcat_jar:$tomcat_tests" "$package.LoadCredentials" "$directory"
  read -r JWKS_URL ISSUER AUDIENCE <<<"$ready"
  export JWKS_URL ISSUER AUDIENCE CREDENTIALS=$directory
}

# start_example guarded|bare|idle: the process is in $process, its address in $ready.
start_example() {
  local options=(--port 0 --data "$directory/data-$1") java=(java) side=$1
  read -ra more <<<"${JAVA_OPTIONS:--Xms512m -Xmx512m}"
  java+=("${more[@]}")
  [ "$example" != plain ] || options+=(--plain)
  [ "$side" != idle ] || { java+=(-Didle=true); side=bare; }
  case $example-$side in
    tomcat-guarded) java+=(-jar "$tomcat_jar") ;;
    tomcat-bare) java+=(-cp "$tomcat_jar:$tomcat_tests" "$package.BareServer") ;;
    spring-guarded | plain-guarded) java+=(-jar "$spring_jar") ;;
    spring-bare | plain-bare)
      java+=(-cp "$spring_jar" -Dloader.path="$spring_tests" -Dloader.main="$package.spring.BareApplication")
      java+=(org.springframework.boot.loader.launch.PropertiesLauncher) ;;
    *) fail "--example is '$example': there are tomcat, spring and plain" 2 ;;
  esac
  start "$1" "${java[@]}" "${options[@]}"
}

# issue_keys URL: some keys that do not expire, so that nothing is said about their end.
issue_keys() {
  local key
  : >"$directory/keys"
  for key in 1 2 3 4 5 6 7 8; do
    curl -sf -H @- -H 'Content-Type: application/json' -d "{\"name\":\"load $key\",\"scopes\":[\"catalog:read\"]}" \
      "$1/api/v1/api-keys/" <<<"Authorization: Bearer $(head -1 "$directory/tokens")" |
      grep -o 'grd_live_[0-9a-f]\{48\}' >>"$directory/keys" || fail "No key could be issued at $1"
  done
}

# load URL CONNECTIONS SECONDS: what wrk and its script say; the environment tells which requests.
load() {
  local threads=2
  [ "${TIMED:-}" != yes ] || threads=$2
  THREADS=$threads wrk -t"$threads" -c"$2" -d"$3s" --timeout 20s -s "$root/scripts/load.lua" "$1/" | grep -E '^(KIND|RESULT) '
}

# The same; $result are its figures, and a wrong answer ends all.
measured() {
  local said
  said=$(load "$@")
  sed -n 's/^KIND //p' <<<"$said"
  result=$(sed -n 's/^RESULT //p' <<<"$said")
  read -r -a figures <<<"$result"
  [ "${figures[4]}" = 0 ] || fail "${figures[4]} of ${figures[3]} answers were not as they must be, or did not come"
}

ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{print $12 + $13}'; }

# median of the numbers on standard input; spread: least and greatest too.
median() { sort -g | awk '{v[NR]=$1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }

# Bare and guarded give the same answer, to the byte, but for the date.
compare_answers() {
  local url
  for url in "$@"; do
    curl -si -H @- "$url/api/v1/leagues/" <<<"Authorization: Bearer $(head -1 "$directory/tokens")" |
      grep -vi '^date:' >"$directory/answer-${url##*:}"
  done
  head -1 "$directory/answer-${1##*:}" | grep -q ' 200' || fail "A good token is not let in"
  cmp -s "$directory/answer-${1##*:}" "$directory/answer-${2##*:}" || {
    diff "$directory/answer-${1##*:}" "$directory/answer-${2##*:}" >&2 || true
    fail "The answers of the two sides differ"
  }
}

# one_side SIDE TRAFFIC URL PROCESS: measures, and appends to a file: requests a second, p50, p99, microseconds of processors.
one_side() {
  local before
  before=$(ticks "$4")
  export OPEN=no
  [ "$1" = guarded ] || OPEN=yes
  case $2 in
    tokens) KINDS='token=1' TIMED=no measured "$3" "$connections" "$seconds" >/dev/null ;;
    keys) KINDS='key=1' TIMED=no measured "$3" "$connections" "$seconds" >/dev/null ;;
    mixed) KINDS="$good $bad" TIMED=yes measured "$3" "$connections" "$seconds" >/dev/null ;;
  esac
  [ "$round" -gt 0 ] || return 0
  awk -v ticks=$(($(ticks "$4") - before)) -v hertz="$(getconf CLK_TCK)" \
    '{printf "%s %s %s %.2f\n", $1, $2, $3, ticks * 1e6 / hertz / $4}' <<<"$result" >>"$directory/$2-$1"
}

column() { awk -v at="$1" '{print $at}' "$directory/$2" | median; }

print_cost() {
  local traffic side
  printf '\n%-8s %-8s %10s %9s %9s %12s\n' '' '' 'requests/s' 'p50 ms' 'p99 ms' 'processor us'
  for traffic in tokens keys mixed; do
    for side in bare idle guarded; do
      printf '%-8s %-8s %10.0f %9.3f %9.3f %12.1f\n' "$traffic" "$side" "$(column 1 "$traffic-$side")" \
        "$(column 2 "$traffic-$side")" "$(column 3 "$traffic-$side")" "$(column 4 "$traffic-$side")"
    done
    print_ratio "$traffic" idle bare
    print_ratio "$traffic" guarded bare
    print_ratio "$traffic" guarded idle
  done
}

# print_ratio TRAFFIC SIDE OTHER: round by round.
print_ratio() {
  local ratios
  paste -d' ' "$directory/$1-$3" "$directory/$1-$2" >"$directory/both"
  ratios=$(awk '{print $5 / $1}' "$directory/both" | sort -g)
  printf '%-8s %-7s by %-5s %.3f of the throughput (median of %d; quarters %.3f and %.3f), %+.1f us of processor time\n' \
    "$1" "$2" "$3:" "$(median <<<"$ratios")" "$(wc -l <<<"$ratios")" \
    "$(awk '{v[NR]=$1} END {print v[int(NR / 4) + 1]}' <<<"$ratios")" \
    "$(awk '{v[NR]=$1} END {print v[int(3 * NR / 4 + 0.99)]}' <<<"$ratios")" \
    "$(awk '{print $8 - $4}' "$directory/both" | median)"
}

cost() {
  local round traffic sides side number
  local -A urls processes
  for ((number = 1; number <= starts; number++)); do
    for side in guarded bare idle; do
      start_example "$side"
      urls[$side]=$ready processes[$side]=$process
    done
    issue_keys "${urls[guarded]}"
    compare_answers "${urls[guarded]}" "${urls[bare]}"
    compare_answers "${urls[guarded]}" "${urls[idle]}"
    # Before the first round there are three for the compilers, which count for nothing. The sides take turns in going first.
    for ((round = -2; round <= rounds; round++)); do
      case $(((round + 3) % 3)) in
        0) sides='bare idle guarded' ;;
        1) sides='idle guarded bare' ;;
        2) sides='guarded bare idle' ;;
      esac
      for traffic in tokens keys mixed; do
        for side in $sides; do one_side "$side" "$traffic" "${urls[$side]}" "${processes[$side]}"; done
      done
    done
    for side in guarded bare idle; do stop "${processes[$side]}"; done
  done
  print_cost
}

# A flood: eight connections ask at a steady pace with good credentials, and how soon they are answered is what counts. Beside
# them others ask at ten times the pace, or all the time, and each time with good credentials for once and bad ones for
# another: whatever is asked beside them takes processors away, so that both are needed to see what is due to the bad ones.
floods=(nothing paced-good paced-bad good bad)

flood() {
  local round beside
  start_example guarded
  issue_keys "$ready"
  echo "Good: 8 connections with a pause of 20 ms on average, some 370 requests/s."
  for ((round = -1; round <= rounds; round++)); do
    for beside in "${floods[@]}"; do one_flood "$beside" "$ready"; done
  done
  print_flood
}

# one_flood BESIDE URL: the good ones' requests a second, p50 and p99, and the others' requests a second.
one_flood() {
  local other=0 rest=''
  export OPEN=no
  rm -f "$directory/begun"
  case $1 in
    paced-good) { BEGUN=$directory/begun KINDS='token=2 key=1' TIMED=yes PAUSE=2 load "$2" 8 $((seconds + 1)) >"$directory/others"; } & rest=$! ;;
    paced-bad) { BEGUN=$directory/begun KINDS=$bad TIMED=yes PAUSE=2 load "$2" 8 $((seconds + 1)) >"$directory/others"; } & rest=$! ;;
    good) { BEGUN=$directory/begun KINDS='token=2 key=1' TIMED=yes load "$2" "$connections" $((seconds + 1)) >"$directory/others"; } & rest=$! ;;
    bad) { BEGUN=$directory/begun KINDS=$bad TIMED=yes load "$2" "$connections" $((seconds + 1)) >"$directory/others"; } & rest=$! ;;
  esac
  if [ -n "$rest" ]; then
    started+=("$rest")
    # Bad ones take longer to make ahead, which takes processors too.
    until [ -f "$directory/begun" ]; do sleep 0.05; done
    sleep 0.3
  fi
  KINDS='token=2 key=1' TIMED=no PAUSE=20 measured "$2" 8 "$seconds" >/dev/null
  if [ -n "$rest" ]; then
    wait "$rest"
    grep -q '^RESULT .* 0$' "$directory/others" || { cat "$directory/others"; fail 'A wrong answer, or none, in the flood'; }
    other=$(awk '/^RESULT/ {print $2}' "$directory/others")
  fi
  [ "$round" -le 0 ] || echo "${figures[0]} ${figures[1]} ${figures[2]} $other" >>"$directory/flood-$1"
}

print_flood() {
  local beside
  printf '\n%-12s %10s %9s %9s %10s\n' 'beside' 'good/s' 'p50 ms' 'p99 ms' 'others/s'
  for beside in "${floods[@]}"; do
    printf '%-12s %10.0f %9.3f %9.3f %10.0f\n' "$beside" "$(column 1 "flood-$beside")" "$(column 2 "flood-$beside")" \
      "$(column 3 "flood-$beside")" "$(column 4 "flood-$beside")"
  done
  ratio paced-bad paced-good
  ratio bad good
}

# ratio FLOOD WITHOUT: that of their p99; more than 1.5 fails.
ratio() {
  local by
  by=$(awk -v flood="$(column 3 "flood-$1")" -v without="$(column 3 "flood-$2")" 'BEGIN {printf "%.2f", flood / without}')
  echo "p99 of the good ones beside $1 by that beside $2: $by"
  awk -v by="$by" 'BEGIN {exit by > 1.5}' || failed=yes
}

print_kinds() {
  printf '%-10s %9s %8s %8s %8s\n' '' requests 'per s' 'p50 ms' 'p99 ms'
  cat
}

mixed() {
  export OPEN=no
  if [ -n "$url" ]; then
    CREDENTIALS=$directory
    export CREDENTIALS
    [[ ${TOKEN:-} =~ ^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$ ]] || fail 'TOKEN is no JWT: copy the whole of it, from eyJ on' 2
    [ -n "${KEY:-}" ] || fail 'KEY is not set: copy it from what the example prints' 2
    printf '%s\n' "$TOKEN" >"$directory/tokens"
    printf '%s\n' "$KEY" >"$directory/keys"
    bad=${bad/stranger=* expired=4 /}
  else
    start_example guarded
    issue_keys "$ready"
    url=$ready
  fi
  KINDS="$good $bad" TIMED=yes measured "$url" "$connections" "$seconds" | print_kinds
  echo "Every answer was as it must be."
}

alive() { jcmd "$1" GC.class_histogram | awk '$1 == "Total" {printf "%.2f", $3 / 1e6}'; }

# What is alive after a full collection, every tenth of the time. The first four are for what is bounded to fill itself; from then
# on the median of the last three must not lie a twentieth above that of the first three.
heap() {
  local at samples=() early late loading
  start_example guarded
  issue_keys "$ready"
  export OPEN=no
  KINDS="$good $bad" TIMED=yes load "$ready" "$connections" "$seconds" >"$directory/load" &
  loading=$!
  started+=("$loading")
  for ((at = 1; at <= 20; at++)); do
    sleep "$(awk -v all="$seconds" 'BEGIN {print all / 21}')"
    samples+=("$(alive "$process")")
    printf '%4d s  %s MB alive, %.0f MB resident\n' $((at * seconds / 21)) "${samples[-1]}" \
      "$(awk '/VmRSS/ {print $2 / 1000}' "/proc/$process/status")"
  done
  wait "$loading"
  sed -n 's/^KIND //p' "$directory/load" | print_kinds
  early=$(printf '%s\n' "${samples[@]:4:3}" | median)
  late=$(printf '%s\n' "${samples[@]: -3}" | median)
  echo "$early MB alive early, $late MB late"
  awk -v early="$early" -v late="$late" 'BEGIN {exit late > 1.05 * early}' || failed=yes
  grep -q '^RESULT .* 0$' "$directory/load" || fail 'Some answers were not as they must be'
}

[ "$task" != heap ] || seconds=${seconds:-600}
seconds=${seconds:-5}
failed=no
[ -n "$url" ] || start_issuer
"$task"
[ "$failed" = no ] || fail 'That is more than it may be.'
