#!/usr/bin/env bash
# Builds everything and runs all tests: C#, web, and end to end on a real standby in a real browser.
# The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.
#
#   bash tests/run.sh [--only NAME]     NAME is a part of a suite's name, for example "Policies" or "web"
#
# Each suite's whole output is in .artifacts/test-logs/.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
logs=$root/.artifacts/test-logs
step_logs=$root/.artifacts/logs
source gateway/deploy/steps.sh
source gateway/deploy/packages.sh
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

only=''
while [ $# -gt 0 ]; do
    case $1 in
        --only) only=${2:-}; [ -n "$only" ] || stop_with "--only takes a part of a suite's name."; shift 2 ;;
        --help | -h) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) stop_with "Unknown option $1. Usage: bash tests/run.sh [--only NAME]" ;;
    esac
done

rm -rf "$logs"
mkdir -p "$logs"
tally=$logs/tally      # a line for each suite: passed failed
: >"$tally"

wanted() { [[ ${1,,} == *"${only,,}"* ]]; }

# failures LOG: what failed and why, without what passed and without stack traces; the log's end where nothing says so.
failures() {
    awk '/^ *Failed SafeConsole|^ *(FAIL|×) |error (CS|TS)|✖/ { shown = 12 } /^ *Passed |Stack Trace:/ { shown = 0 } shown-- > 0 { print; found = 1 }
         END { exit !found }' "$1" || tail -n 15 "$1"
}

# result NAME PASSED FAILED SECONDS LOG: one line, and what failed.
result() {
    printf '%d %d\n' "$2" "$3" >>"$tally"
    if [ "$3" -eq 0 ]; then
        printf '  ✓ %s: %d passed (%d s)\n' "$1" "$2" "$4"
    else
        printf '  ✗ %s: %d passed, %d failed (%d s), see %s\n' "$1" "$2" "$3" "$4" "${5#"$root"/}"
        failures "$5" | head -n 80 | cut -c 1-240 | sed 's/^/    /' || true
    fi
}

dotnet_suite() {      # project folder
    local name=${1##*/} begun=$SECONDS counters total=0 good=0 code=0 log
    name=${name#SafeConsole.}
    wanted "$name" || return 0
    log=$logs/$name.log
    dotnet test "$1" --no-build --configuration Release --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=normal' \
        --results-directory "$logs" --blame-hang --blame-hang-timeout 6m --blame-hang-dump-type none >"$log" 2>&1 </dev/null || code=$?
    counters=$(grep -o '<Counters [^>]*' "$logs/$name.trx" 2>/dev/null | tail -n 1 || true)
    total=$(sed -n 's/.* total="\([0-9]*\)".*/\1/p' <<<"$counters")
    good=$(sed -n 's/.* passed="\([0-9]*\)".*/\1/p' <<<"$counters")
    total=${total:-0} good=${good:-0}
    # A suite that ended badly, or ran nothing, has failed whatever it counted.
    if [ "$total" -eq 0 ] || { [ $code -ne 0 ] && [ "$total" -eq "$good" ]; }; then total=$((good + 1)); fi
    result "$name" "$good" $((total - good)) $((SECONDS - begun)) "$log"
}

web_check() {      # NAME npm-arguments...: a check that passes or fails as a whole
    local name=$1 begun=$SECONDS
    shift
    wanted "$name" || return 0
    if (cd web && npm "$@") >"$logs/$name.log" 2>&1 </dev/null; then
        result "$name" 1 0 $((SECONDS - begun)) "$logs/$name.log"
    else
        result "$name" 0 1 $((SECONDS - begun)) "$logs/$name.log"
    fi
}

web_tests() {
    local name=web-tests begun=$SECONDS code=0 good=0 bad=0 report=$logs/web-tests.json
    wanted "$name" || return 0
    (cd web && npm run test -- --reporter=default --reporter=json --outputFile.json="$report") >"$logs/$name.log" 2>&1 </dev/null || code=$?
    read -r good bad < <(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.numPassedTests, r.numTotalTests - r.numPassedTests)' "$report" 2>/dev/null || echo 0 1)
    if [ $code -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    result "$name" "$good" "$bad" $((SECONDS - begun)) "$logs/$name.log"
}

web_checks() {
    web_check web-typecheck run typecheck
    web_check web-lint run lint
    web_tests
}

# Two lines of suites, each one after another, that take about the same time: runners and browsers wait most of theirs, for engines, containers and pages.
runners=(Runners.Tests)
beside_runners=(Clients.Tests Gateway.Tests)
browsers=(EndToEnd)
beside_browsers=(Proxy.Tests Policies.Tests Transcripts.Tests Repository.Tests Deploy.Tests)

no_suite_is_forgotten() {
    local project
    for project in tests/SafeConsole.*.Tests; do
        [[ " ${runners[*]} ${beside_runners[*]} ${beside_browsers[*]} " == *" ${project#tests/SafeConsole.} "* ]] || stop_with "$project is in no list of suites in tests/run.sh."
    done
}

dotnet_suites() {
    local suite
    for suite in "$@"; do dotnet_suite "tests/SafeConsole.$suite"; done
}

# Beside what waits much, or uses one core, goes something else. One at a time; what it says is shown when it is done.
beside='' engine=''
begin_beside() {      # COMMAND...
    set -m      # a process group of its own, so that all of it can be ended
    "$@" >"$logs/beside.txt" 2>&1 </dev/null &
    beside=$!
    set +m
}

await_beside() {
    local code=0
    wait "$beside" || code=$?
    beside=''
    cat "$logs/beside.txt"
    return $code
}

finish() {
    [ -z "$beside" ] || kill -- "-$beside" 2>/dev/null || true
    [ -z "$engine" ] || bash gateway/deploy/engine.sh stop .artifacts/engine
}
trap finish EXIT

# What SafeConsole.Clients.Tests runs inside a runner, beside what the demo has.
client_packages=(
    'python3-psycopg2=/usr/lib/python3/dist-packages/psycopg2' 'python3-sqlalchemy=/usr/lib/python3/dist-packages/sqlalchemy'
    'python3-django=/usr/lib/python3/dist-packages/django' ruby-railties=rails 'ruby-activerecord=/usr/share/rubygems-integration/all/gems/activerecord-*'
    'ruby-pg=/usr/lib/ruby/vendor_ruby/pg.rb' 'libpostgresql-jdbc-java=/usr/share/java/postgresql.jar' default-jdk-headless=javac
)

# What the tests of ECS and the Parameter Store compare themselves with: the official service models, and another client.
cloud_packages=('python3-botocore=/usr/lib/python3/dist-packages/botocore/data/ecs' awscli=/usr/bin/aws)

# What needs containers.
needs_images() { wanted Runners.Tests || wanted EndToEnd; }

# The engine that runs already, or one that ends with this script.
start_engine() {
    bash gateway/deploy/engine.sh running .artifacts/engine >/dev/null && return 0
    engine=ours
    step "Starting a Docker engine" bash gateway/deploy/engine.sh start .artifacts/engine
}

build_images() {
    start_engine
    bash runner-image/build-image.sh
    step "Building the example applications" bash runner-image/examples/build.sh
}

install_node_client() (
    cd tests/SafeConsole.Clients.Tests/Scripts/node
    [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund
)

no_suite_is_forgotten
printf '\nSafeConsole tests\n\n'
require_packages "${demo_packages[@]}" chromium=chromium 'fonts-dejavu-core=/usr/share/fonts/truetype/dejavu/*' git=git "${client_packages[@]}" "${image_packages[@]}" "${cloud_packages[@]}"
require_dotnet
step "Installing node-postgres" install_node_client
step "Installing the CloudFormation specification" npm ci --prefix tests/SafeConsole.Deploy.Tests --no-audit --no-fund
bash gateway/build.sh
begin_beside web_checks
if needs_images; then build_images; fi
step "Building the solution" dotnet build SafeConsole.sln --configuration Release --disable-build-servers
printf '\n'

await_beside
begin_beside dotnet_suites "${beside_runners[@]}"
dotnet_suites "${runners[@]}"
await_beside
begin_beside dotnet_suites "${beside_browsers[@]}"
dotnet_suites "${browsers[@]}"
await_beside

read -r passed failed < <(awk '{ passed += $1; failed += $2 } END { print passed + 0, failed + 0 }' "$tally")
[ $((passed + failed)) -gt 0 ] || stop_with "No suite's name contains \"$only\"."
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
