#!/usr/bin/env bash
# Changes the code that decides, one small thing at a time, and tells which changes no test notices (PIT).
#
#   scripts/mutate.sh                  lists the areas
#   scripts/mutate.sh AREA             mutates one area; further arguments go to Maven, such as -Dthreads=4
#   scripts/mutate.sh all              mutates every area, one after the other
#
# The report is written to target/mutation/AREA: index.html for people, mutations.xml for machines. An area takes from
# minutes to an hour on one core. The survivors that are known, and why they are let be: docs/mutation.md.
# It needs a JDK of version 17 or newer and Maven. MILLIS_TO_WAIT=10000 is how much longer than usual a test can take before
# a change counts as found by its hanging: give more on a busy machine.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
auth=dev.portcullis.auth
areas=(jwt rules apikey copies session place account signature filter endpoints spring settings)

# What of an area decides, without counters, threads and what is told to people, and the tests that know it. The copies near
# by, which decide whether a change is in force yet, are an area of their own. Slow tests of memory and cost are left out.
describe() {
  module=auth-core left_out='' slow=''
  case $1 in
    jwt)
      classes="$auth.jwt.*"
      left_out="$auth.jwt.TokenC*,$auth.jwt.TokenI*,$auth.jwt.TokenParts*,$auth.jwt.KeySetReport*,$auth.jwt.LogText"
      tests="$auth.jwt.*" ;;
    rules)
      classes="$auth.PermissionRules*,$auth.Gate,$auth.R*,$auth.Segment,$auth.ServedHosts,$auth.Host,$auth.BareRequest"
      classes+=",$auth.Decision*,$auth.PresentedCredentials,$auth.A*,$auth.IPAddress,$auth.FirstOf,$auth.Excepting"
      classes+=",$auth.Caller,$auth.KeyVerdict*,$auth.NoKeys,$auth.O*,$auth.SHA256*,$auth.SecretText"
      left_out="$auth.AuthEvent*"
      tests="$auth.R*Test,$auth.P*Test,$auth.A*Test,$auth.H*Test,$auth.S*Test,$auth.CallerTest,$auth.KeyVerdictTest"
      slow="$auth.PermissionRulesCostTest,$auth.SecondChanceCacheTest" ;;
    apikey)
      classes="$auth.apikey.*"
      left_out="$auth.apikey.Cache*,$auth.apikey.KeyCop*,$auth.apikey.KeyLo*,$auth.apikey.ChangeStamps"
      left_out+=",$auth.apikey.Horizon*,$auth.apikey.LoadThreads,$auth.apikey.HitCounter"
      tests="$auth.apikey.*"
      slow="$auth.apikey.Cach*,$auth.apikey.LastUseTest,$auth.apikey.*FootprintTest" ;;
    copies)
      classes="$auth.NearCopies*,$auth.ChangeCount,$auth.UnknownAllowance,$auth.SecondChanceCache*"
      classes+=",$auth.InMemoryChangeNotices*,$auth.session.Cached*,$auth.account.Cached*,$auth.signature.Cached*"
      classes+=",$auth.apikey.Cache*,$auth.apikey.KeyCop*,$auth.apikey.KeyLo*,$auth.apikey.ChangeStamps"
      classes+=",$auth.apikey.Horizon*"
      left_out="$auth.apikey.KeyCacheStatistics"
      tests="$auth.N*Test,$auth.S*CacheTest,$auth.I*NoticesTest,$auth.apikey.C*Test"
      tests+=",$auth.session.Cached*Test,$auth.account.Cached*Test,$auth.signature.Cached*Test"
      slow="$auth.apikey.*FootprintTest" ;;
    session | place | account | signature)
      classes="$auth.$1.*" left_out="$auth.$1.Cached*" tests="$auth.$1.*" ;;
    filter)
      module=auth-servlet
      classes="$auth.servlet.*" left_out="$auth.servlet.keys.*,$auth.servlet.session.*"
      tests="$auth.servlet.*Test,$auth.blackbox.TomcatTest,$auth.blackbox.SignedTomcatTest" ;;
    # The key page and the OpenAPI document are for people: browsers and a schema test look at them.
    endpoints)
      module=auth-servlet
      classes="$auth.servlet.keys.*,$auth.servlet.session.*"
      left_out="$auth.servlet.keys.KeyPageServlet*,$auth.servlet.keys.PageFile*,$auth.servlet.keys.OpenAPIDocument"
      tests="$auth.servlet.*Test,$auth.blackbox.KeyEndpointsTomcatTest,$auth.blackbox.TradingTomcatTest"
      tests+=",$auth.blackbox.SignedTomcatTest,$auth.blackbox.LeakTest" ;;
    # What judges requests in Spring. What applications are watched by is left out.
    spring)
      module=auth-spring
      classes="$auth.spring.Caller*,$auth.spring.AuthenticationArgumentResolver,$auth.spring.NotSignedIn*"
      classes+=",$auth.spring.Method*,$auth.spring.Ref*,$auth.spring.Rej*,$auth.spring.RuleR*,$auth.spring.RulesA*"
      classes+=",$auth.spring.RequestFilters,$auth.spring.PathAsSentFilter*,$auth.spring.HeadersAsSent"
      classes+=",$auth.spring.PermissionInterceptor,$auth.spring.PortcullisConfigurer,$auth.spring.FormOrder"
      classes+=",$auth.spring.On*"
      tests="$auth.spring.A*Test,$auth.spring.C*Test,$auth.spring.Method*Test,$auth.spring.P*Test,$auth.spring.Ref*Test"
      tests+=",$auth.spring.RulesInSecurityTest,$auth.spring.SettingsTest,$auth.spring.FormOrderTest"
      tests+=",$auth.spring.BackOffTest" ;;
    # What is made of properties, and which are refused. The other auto-configurations only say which bean is made of which;
    # what a database or Redis is asked when an application starts is tried with real ones, too slow for this. So is the
    # start of a context for each change: these tests do without.
    settings)
      module=auth-spring
      classes="$auth.spring.*Settings,$auth.spring.*Contents,$auth.spring.*Paths,$auth.spring.SettingCheck"
      classes+=",$auth.spring.CoreSetting,$auth.spring.ReadCheck,$auth.spring.MissingStore"
      classes+=",$auth.spring.PortcullisProperties*,$auth.spring.PortcullisAutoConfiguration"
      left_out="$auth.spring.StoreSettings,$auth.spring.RedisSettings"
      tests="$auth.spring.ContentsTest,$auth.spring.SettingValuesTest,$auth.spring.SettingEffectsTest"
      tests+=",$auth.spring.TokenSettingsTest,$auth.spring.PortcullisAutoConfigurationTest" ;;
    *) echo "There is no area $1: scripts/mutate.sh lists them" >&2; exit 2 ;;
  esac
}

if [ $# -lt 1 ]; then
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
  printf '\nAreas: %s\n' "${areas[*]}"
  exit 2
fi
if [ "$1" = all ]; then
  for area in "${areas[@]}"; do
    "$0" "$area" "${@:2}"
  done
  exit
fi
area=$1
shift
describe "$area"
cd "$root"
# The modules below it are built with it, and are not mutated.
exec mvn -B -pl "$module" -am test-compile org.pitest:pitest-maven:mutationCoverage \
  -DtargetClasses="$classes" -DexcludedClasses="$left_out" -DtargetTests="$tests" -DexcludedTestClasses="$slow" \
  -DtimeoutConstant="${MILLIS_TO_WAIT:-10000}" -DfailWhenNoMutations=false \
  -DreportsDirectory="$root/target/mutation/$area" "$@"
