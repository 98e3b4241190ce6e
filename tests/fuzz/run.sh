#!/usr/bin/env bash
# Fuzzes everything that reads hostile bytes, for longer than the tests do, at low priority.
#
#   bash tests/fuzz/run.sh [--minutes N] [--only NAME]     N minutes for each suite (15 where not given); NAME is a part of a test's name
#
# A failure prints the input and its seed: SAFECONSOLE_FUZZ_SEED=<seed> dotnet test <project> --filter Fuzzing runs it again.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=15 only=Fuzzing
while [ $# -gt 0 ]; do
    case $1 in
        --minutes) minutes=${2:?--minutes takes a number}; shift 2 ;;
        --only) only=${2:?--only takes a part of a name}; shift 2 ;;
        --help | -h) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) echo "Unknown option $1" >&2; exit 2 ;;
    esac
done

failed=0
for suite in Policies Proxy Transcripts; do
    project=tests/SafeConsole.$suite.Tests
    dotnet build "$project" --configuration Release --disable-build-servers --verbosity quiet
    # They run one after the other and share the suite's time.
    targets=$(grep -rh '\[Fact\]' "$project"/Fuzzing | wc -l)
    SAFECONSOLE_FUZZ_SECONDS=$((minutes * 60 / (targets > 0 ? targets : 1))) nice -n 19 dotnet test "$project" --no-build --configuration Release \
        --filter "FullyQualifiedName~Fuzzing&FullyQualifiedName~$only" --logger 'console;verbosity=detailed' -- xUnit.ParallelizeTestCollections=false || failed=1
done
exit $failed
