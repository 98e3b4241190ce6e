#!/usr/bin/env bash
# Builds the example applications' images and, from each by three lines, its console's image: recipes-rails-console, recipes-django-console.
# Needs the engine and the images of runner-image/build-image.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
DOCKER_HOST=$(bash ../../gateway/deploy/engine.sh running ../../.artifacts/engine) || { echo "No Docker engine answers; run runner-image/build-image.sh first." >&2; exit 1; }
export DOCKER_HOST

# The engine keeps the layers that have not changed. The host's network is for apt alone.
build() {
    DOCKER_BUILDKIT=0 docker build --network host --build-arg http_proxy --build-arg https_proxy --tag "recipes-$1" "$1/application"
    DOCKER_BUILDKIT=0 docker build --network none --tag "recipes-$1-console" - <"$1/Dockerfile"
}

examples=("${@:-rails django}")
builds=()
for example in ${examples[*]}; do build "$example" & builds+=($!); done
for build in "${builds[@]}"; do wait "$build"; done
