#!/bin/bash
# Publishes the agent as one native executable: .artifacts/agent/safeconsole-agent at the top of the repository.
# Does nothing when it was built from these very sources. Prints the path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=.artifacts/agent
source_hash=$( { find runner-image/agent -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 | sort -z | xargs -0 sha256sum
                 sha256sum Directory.Build.props Directory.Packages.props global.json; } | sha256sum | cut -d' ' -f1)
if [[ ! -x $out/safeconsole-agent || "$(cat "$out/sources" 2>/dev/null)" != "$source_hash" ]]; then
    for tool in clang gcc; do command -v $tool >/dev/null && linker=$tool && break; done
    [[ -n ${linker:-} ]] || { echo "build-agent: a C linker is needed (apt-get install clang zlib1g-dev)" >&2; exit 1; }
    rm -rf "$out.new"
    dotnet publish runner-image/agent/SafeConsole.Agent.csproj -c Release -r linux-x64 -o "$out.new" -p:CppCompilerAndLinker=$linker -nologo -v quiet >&2
    mkdir -p "$out"
    mv -f "$out.new/safeconsole-agent" "$out/safeconsole-agent"
    rm -rf "$out.new"
    echo "$source_hash" > "$out/sources"
fi
echo "$PWD/$out/safeconsole-agent"
