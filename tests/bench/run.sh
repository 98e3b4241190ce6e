#!/usr/bin/env bash
# Builds what is needed, starts a gateway of its own on free ports with a fresh primary, standby and pgbouncer, and prints the table.
#
#   bash tests/bench/run.sh [--seconds N] [--only NAME]     how long pgbench runs, 10 unless told; NAME is one of
#                                                           launch stages echo output judge statements pipeline copy memory;
#                                                           stages has rows for Docker where an engine has the runner image
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
step_logs=$PWD/.artifacts/logs
source gateway/deploy/steps.sh
source gateway/deploy/packages.sh
require_packages "${demo_packages[@]}" pgbouncer=/usr/sbin/pgbouncer 'python3-botocore=/usr/lib/python3/dist-packages/botocore/data/ecs'
bash gateway/build.sh
step "Building the benchmark" dotnet build tests/bench --configuration Release
exec dotnet tests/bench/bin/Release/net10.0/SafeConsole.Bench.dll "$@"
