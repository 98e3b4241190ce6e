#!/usr/bin/env bash
# Builds the runner image with the engine that runs, or with one that it starts; does nothing when the image was built from these very sources.
#
#   build-image.sh [NAME]     NAME is safeconsole/runner:dev unless it is given
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
name=${1:-safeconsole/runner:dev}
step_logs=$PWD/.artifacts/logs
context=.artifacts/runner-image
source gateway/deploy/steps.sh
sources_label=safeconsole.sources

collect_context() {
    rm -rf "$context"
    mkdir -p "$context"
    cp runner-image/Dockerfile "$context/"
    cp "$(bash runner-image/build-agent.sh)" "$context/"
}

# The host's network is for apt alone. The classic builder needs no plug-in and no image beside the base.
build_image() {
    DOCKER_BUILDKIT=0 docker build --network host --build-arg http_proxy --build-arg https_proxy --label "$sources_label=$sources" --tag "$name" "$context"
}

bash gateway/deploy/engine.sh start .artifacts/engine
DOCKER_HOST=$(bash gateway/deploy/engine.sh running .artifacts/engine)
export DOCKER_HOST
bash runner-image/build-base.sh
step "Collecting what goes into $name" collect_context
sources=$({ fingerprint "$context"; docker image inspect --format '{{.Id}}' debian:bookworm-slim; } | sha256sum | cut -d ' ' -f 1)
if [ "$(docker image inspect --format "{{index .Config.Labels \"$sources_label\"}}" "$name" 2>/dev/null)" = "$sources" ]; then
    skipped "Building $name" "unchanged"
else
    step "Building $name" build_image
fi
