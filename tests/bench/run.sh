#!/usr/bin/env bash
# Builds what is needed, starts a gateway of its own on free ports with a fresh primary and standby, and prints the table.
#
#   bash tests/bench/run.sh [--seconds N]     how long each load runs; 10 unless told
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
step_logs=$PWD/.artifacts/logs
source gateway/deploy/steps.sh
bash gateway/build.sh
step "Building the benchmark" dotnet build tests/bench --configuration Release
exec dotnet tests/bench/bin/Release/net10.0/SafeConsole.Bench.dll "$@"
