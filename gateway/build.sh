#!/usr/bin/env bash
# Builds what has changed since the last time into .artifacts/: gateway/ (Release), agent/ (native), web/ (the pages).
set -euo pipefail
cd "$(dirname "$0")/.."
artifacts=$PWD/.artifacts
step_logs=$artifacts/logs
source gateway/deploy/steps.sh
source gateway/deploy/packages.sh

# No build server is left behind when this ends.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

# unless_unchanged TITLE PART SOURCES... -- COMMAND...: runs the step when the part's sources differ from those it was built from.
unless_unchanged() {
    local title=$1 part=$2 sources=() now
    shift 2
    while [ "$1" != -- ]; do sources+=("$1"); shift; done
    shift
    now=$(fingerprint "${sources[@]}")
    if [ -d "$artifacts/$part" ] && [ "$(cat "$artifacts/$part.built-from" 2>/dev/null)" = "$now" ]; then
        skipped "$title" "unchanged"
        return 0
    fi
    rm -f "$artifacts/$part.built-from"
    step "$title" "$@"
    printf '%s\n' "$now" >"$artifacts/$part.built-from"
}

publish_gateway() { rm -rf "$artifacts/gateway" && dotnet publish gateway/SafeConsole.Gateway --configuration Release --output "$artifacts/gateway"; }
publish_agent() { bash runner-image/build-agent.sh; }
install_web() { cd web && npm ci --no-audit --no-fund && mkdir -p "$artifacts/web-packages"; }
build_web() { (cd web && npm run build) && rm -rf "$artifacts/web" && cp -r web/dist "$artifacts/web"; }

require_dotnet
mkdir -p "$artifacts"
common=(Directory.Build.props Directory.Packages.props global.json .editorconfig)
unless_unchanged "Building the gateway" gateway gateway/SafeConsole.* "${common[@]}" -- publish_gateway
unless_unchanged "Building the agent" agent runner-image/agent runner-image/build-agent.sh "${common[@]}" -- publish_agent
[ -d web/node_modules ] || rm -rf "$artifacts/web-packages"
unless_unchanged "Installing the web packages" web-packages web/package.json web/package-lock.json -- install_web
unless_unchanged "Building the web pages" web web -- build_web
