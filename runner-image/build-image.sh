#!/usr/bin/env bash
# Builds the runner image with the engine that runs, or with one that it starts; does nothing when the image was built from these very sources.
#
#   build-image.sh [NAME]     NAME is safeconsole/runner:dev unless it is given
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
name=${1:-safeconsole/runner:dev}
step_logs=$PWD/.artifacts/logs
context=.artifacts/runner-image
csharprepl=0.7.1
source gateway/deploy/steps.sh
source gateway/deploy/packages.sh
sources_label=safeconsole.sources

# Of the SDK, CSharpRepl loads its NuGet and MSBuild assemblies when it starts; they are found where dotnet.dll and .version say that an SDK is.
collect_dotnet() {
    local root sdk=sdk/$(dotnet --version) reference
    root=$(dirname "$(readlink -f "$(command -v dotnet)")")
    mkdir -p "$context/dotnet/shared" "$context/dotnet/$sdk"
    cp -r "$root/dotnet" "$root/host" "$context/dotnet/"
    cp -r "$root/shared/Microsoft.NETCore.App" "$context/dotnet/shared/"
    (cd "$root/$sdk" && cp .version dotnet.dll Microsoft.Build.dll Microsoft.Build.Framework.dll Newtonsoft.Json.dll NuGet.*.dll "$OLDPWD/$context/dotnet/$sdk/")
    rm -f "$context/dotnet/$sdk"/NuGet.{Build,CommandLine,Commands}*
    for reference in "$root"/packs/Microsoft.NETCore.App.Ref/*/ref/*; do
        mkdir -p "$context/dotnet/${reference#"$root"/}"
        cp "$reference"/*.dll "$context/dotnet/${reference#"$root"/}/"
    done
}

collect_csharprepl() {
    local tool=.artifacts/csharprepl-$csharprepl
    if [ ! -d "$tool" ]; then
        rm -rf "$tool.new"
        dotnet tool install csharprepl --version "$csharprepl" --tool-path "$tool.new"
        mv "$(dirname "$(find "$tool.new" -name CSharpRepl.dll | head -n 1)")" "$tool"
        rm -rf "$tool.new"
    fi
    cp -r "$tool" "$context/repls/csharp/tool"
    # Translations, symbols, and hosts for building projects.
    rm -rf "$context/repls/csharp/tool"/{BuildHost-*,*.pdb,cs,de,es,fr,it,ja,ko,pl,pt,pt-BR,ru,sv,tr,zh-*}
    dotnet publish runner-image/repls/csharp/SafeConsole.CSharpRepl.csproj -c Release -o "$context/repls/csharp/lib" -nologo -v quiet
    rm -f "$context"/repls/csharp/*.{csproj,json} "$context"/repls/csharp/lib/SafeConsole.*
}

collect_context() {
    rm -rf "$context"
    mkdir -p "$context"
    cp -r runner-image/Dockerfile runner-image/repls "$context/"
    rm -rf "$context"/repls/csharp/{bin,obj}
    cp "$agent" "$context/"
    collect_dotnet
    collect_csharprepl
    chmod -R a+rX,go-w "$context"
}

# The host's network is for apt alone. The classic builder needs no plug-in and no image beside the base.
build_image() {
    local before
    before=$(docker image inspect --format '{{.Id}}' "$name" 2>/dev/null || true)
    DOCKER_BUILDKIT=0 docker build --network host --build-arg http_proxy --build-arg https_proxy --label "$sources_label=$sources" --tag "$name" "$context"
    # The one that had this name goes, but where it has another one, or a container still runs from it.
    if [ "$(docker image inspect --format '{{len .RepoTags}}' "$before" 2>/dev/null)" = 0 ]; then docker image rm "$before" || true; fi
}

require_dotnet
bash gateway/deploy/engine.sh start .artifacts/engine
DOCKER_HOST=$(bash gateway/deploy/engine.sh running .artifacts/engine)
export DOCKER_HOST
bash runner-image/build-base.sh
step "Building the agent" bash runner-image/build-agent.sh
agent=$(bash runner-image/build-agent.sh)
sources=$({ fingerprint runner-image/Dockerfile runner-image/repls runner-image/build-image.sh Directory.Build.props Directory.Packages.props "$agent"
            dotnet --version
            docker image inspect --format '{{.Id}}' debian:bookworm-slim; } | sha256sum | cut -d ' ' -f 1)
if [ "$(docker image inspect --format "{{index .Config.Labels \"$sources_label\"}}" "$name" 2>/dev/null)" = "$sources" ]; then
    skipped "Building $name" "unchanged"
else
    step "Collecting what goes into $name" collect_context
    step "Building $name" build_image
fi
