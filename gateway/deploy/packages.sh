# Sourced by scripts that need programs of the Debian system; needs steps.sh.

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# missing_packages WHAT...: prints the Debian packages to install. WHAT is PACKAGE=command or PACKAGE=/path/pattern;
# it asks for commands and files, because the same program often comes from another package or another source.
missing_packages() {
    local need package proof
    for need in "$@"; do
        package=${need%%=*} proof=${need#*=}
        case $proof in
            /*) compgen -G "$proof" >/dev/null || printf '%s ' "$package" ;;
            *) command -v "$proof" >/dev/null || printf '%s ' "$package" ;;
        esac
    done
}

install_packages() {
    # PostgreSQL's package starts a server on port 5432 of its own accord; nobody asked for that one.
    local no_server=/etc/postgresql-common/createcluster.d/safeconsole.conf
    as_root mkdir -p "${no_server%/*}"
    printf 'create_main_cluster = false\n' | as_root tee "$no_server" >/dev/null
    as_root apt-get update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
    local code=$?
    as_root rm -f "$no_server"
    return $code
}

# require_packages WHAT...: installs what is missing, or stops and says which line installs it.
require_packages() {
    local missing
    missing=$(missing_packages "$@")
    if [ -z "$missing" ]; then skipped "Debian packages" "all there"; return 0; fi
    command -v apt-get >/dev/null || stop_with "These are missing and this system has no apt-get to install them: $missing"
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        stop_with "Some packages are missing. Run this as root first:  apt-get install --no-install-recommends $missing"
    fi
    # shellcheck disable=SC2086
    step "Installing ${missing% }" install_packages $missing
}

require_dotnet() {
    [[ $(dotnet --version 2>/dev/null) == 10.* ]] || stop_with "The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download (dotnet --version must print 10)."
}

demo_packages=(
    'postgresql=/usr/lib/postgresql/*/bin/initdb' bubblewrap=bwrap 'libpg-query-dev=/usr/lib/*/libpg_query.so' clang=clang
    'zlib1g-dev=/usr/include/zlib.h' openssl=openssl util-linux=setpriv curl=curl nodejs=node npm=npm
    'python3=/usr/bin/python3' 'python3-psycopg=/usr/lib/python3/dist-packages/psycopg' iputils-ping=ping
)

engine_packages=('docker.io=/usr/*bin/dockerd')
image_packages=("${engine_packages[@]}" mmdebstrap=mmdebstrap)
