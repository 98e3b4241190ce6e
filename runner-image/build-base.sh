#!/usr/bin/env bash
# Sees to it that the engine of $DOCKER_HOST has debian:bookworm-slim: as it is, from a registry, or made here from Debian's packages.
# What is made here is kept in .artifacts/base/, for the next engine. Root only where it must be made.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
step_logs=$PWD/.artifacts/logs
source gateway/deploy/steps.sh
source gateway/deploy/packages.sh
base=debian:bookworm-slim
rootfs=.artifacts/base/bookworm-slim.tar

# This host's own sources of bookworm, so that nothing is fetched from elsewhere; none on another system: then the tool's defaults.
host_sources() {
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
        awk '$3 ~ /^bookworm(-updates|-security)?$/ && $4 == "main"'
}

# As in Debian's slim images: no manual pages, documents or translations, now and in what is installed later.
make_rootfs() {
    local sources exclude=() path
    mkdir -p "${rootfs%/*}"
    sources=$(host_sources)
    for path in '/usr/share/doc/*' '/usr/share/man/*' '/usr/share/info/*' '/usr/share/locale/*' '/usr/share/lintian/*' '/usr/share/groff/*'; do
        exclude+=(--dpkgopt="path-exclude=$path")
    done
    as_root mmdebstrap --variant=minbase "${exclude[@]}" --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' --aptopt='Dir::Cache::pkgcache ""' --aptopt='Dir::Cache::srcpkgcache ""' \
        --customize-hook='printf "#!/bin/sh\nexit 101\n" >"$1/usr/sbin/policy-rc.d" && chmod 755 "$1/usr/sbin/policy-rc.d"' \
        --customize-hook='rm -f "$1/etc/resolv.conf" "$1/etc/hostname" "$1/etc/hosts"' \
        --customize-hook='printf "force-unsafe-io\n" >"$1/etc/dpkg/dpkg.cfg.d/unsafe-io"' \
        bookworm "${rootfs%.tar}.new.tar" ${sources:+-} <<<"$sources"
    mv "${rootfs%.tar}.new.tar" "$rootfs"
}

import_rootfs() { docker import --change 'CMD ["bash"]' "$rootfs" "$base"; }

if docker image inspect "$base" >/dev/null 2>&1; then
    skipped "Base image $base" "there"
elif [ ! -e "$rootfs" ] && timeout 60 docker pull --quiet "$base" >/dev/null 2>&1; then
    skipped "Base image $base" "from a registry"
else
    if [ ! -e "$rootfs" ]; then
        require_packages "${image_packages[@]}"
        step "Making $base from Debian's packages" make_rootfs
    fi
    step "Importing $base" import_rootfs
fi
