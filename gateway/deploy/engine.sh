#!/usr/bin/env bash
# A Docker engine for whoever needs one: the running one where there is one, else one of our own, which we can end again.
#
#   engine.sh running DIR   prints the DOCKER_HOST of an engine that answers; exit 1 where none does
#   engine.sh start   DIR   sees to it that one answers, and installs docker.io where it is missing
#   engine.sh own     DIR   the same, with an engine of this folder even where another one runs
#   engine.sh stop    DIR   ends the engine of this folder and all of its containers, and no other engine
#
# Looked for in this order: the engine of DIR, $DOCKER_HOST, /var/run/docker.sock. In DIR: data/, engine.pid, engine.log.
# An engine of our own has no bridge and changes neither firewall nor forwarding: runners have no network.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$scripts/steps.sh"
source "$scripts/packages.sh"

usage() { sed -n '4,7s/^#   /  /p' "$0" >&2; exit 2; }

answers() { DOCKER_HOST=$1 timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# is_command PID ARGUMENT: the process lives and has this argument. A pid file alone proves nothing after an unclean end.
is_command() { { tr '\0' '\n' <"/proc/$1/cmdline"; } 2>/dev/null | grep -qxF -- "$2"; }

# The pid of this folder's engine.
own_pid() {
    local pid
    pid=$(cat "$dir/engine.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && is_command "$pid" "--pidfile=$dir/engine.pid" && printf '%s\n' "$pid"
}

# The engine believes pid files, and waits for a containerd that is not there.
clear_unclean_end() {
    local containerd=$sockets/containerd/containerd.pid
    own_pid >/dev/null || as_root rm -f "$dir/engine.pid"
    is_command "$(cat "$containerd" 2>/dev/null)" "$sockets/containerd/containerd.toml" || as_root rm -f "$containerd"
}

running() {
    local host
    for host in "unix://$sockets/docker.sock" "${DOCKER_HOST:-}" unix:///var/run/docker.sock; do
        case $host in
            "unix://$sockets/docker.sock") own_pid >/dev/null || continue ;;
            unix://*) [ -S "${host#unix://}" ] || continue ;;
            '') continue ;;
        esac
        if answers "$host"; then printf '%s\n' "$host"; return 0; fi
    done
    return 1
}

# Descriptor 9 is this script's lock, and a caller may hold one there too: an engine that inherited it would hold it for ever.
launch() {
    as_root mkdir -p "$sockets"
    clear_unclean_end
    : >"$dir/engine.log"
    as_root setsid dockerd --data-root="$dir/data" --exec-root="$sockets" --pidfile="$dir/engine.pid" --host="unix://$sockets/docker.sock" --group="$(id -gn)" \
        --bridge=none --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false --shutdown-timeout=5 \
        >"$dir/engine.log" 2>&1 </dev/null 9>&- &
}

start_own() {
    own_pid >/dev/null && answers "unix://$sockets/docker.sock" && return 0
    local deadline=$((SECONDS + 60))
    launch
    until own_pid >/dev/null && answers "unix://$sockets/docker.sock"; do
        if [ $SECONDS -ge $deadline ] || [ ! -d "/proc/$!" ]; then
            stop_with "The Docker engine did not start: $(grep -oE 'failed to .*|msg=.*' "$dir/engine.log" | tail -n 1) (see $dir/engine.log)."
        fi
        sleep 0.1
    done
}

start() {
    running >/dev/null && return 0
    # On a system that starts services, the package's own engine comes with the installation.
    require_packages "${engine_packages[@]}"
    running >/dev/null || start_own
}

# The engine leaves the mount of the host's network namespace behind, and one that was killed its data folder's.
mounts() { awk -v sockets="$sockets/" -v data="$dir/data" 'index($2, sockets) == 1 || index($2, data) == 1 { print $2 }' /proc/mounts; }

stop() {
    local pid deadline=$((SECONDS + 60))
    # Without its engine a container lives on; the engine's next start ends it.
    own_pid >/dev/null || { [ -d "$sockets" ] && start_own; } || return 0
    pid=$(own_pid)
    # A container whose process 1 ignores SIGTERM would be waited for.
    docker --host "unix://$sockets/docker.sock" ps --quiet | xargs --no-run-if-empty docker --host "unix://$sockets/docker.sock" kill >/dev/null || true
    as_root kill -TERM "$pid"
    while own_pid >/dev/null; do
        [ $SECONDS -lt $deadline ] || stop_with "The Docker engine in $dir (process $pid) does not end."
        sleep 0.1
    done
    # Processes of an engine that was killed may have files open there for a moment more.
    while mounts | sort -r | as_root xargs --no-run-if-empty umount 2>>"$dir/engine.log"; [ -n "$(mounts)" ]; do
        [ $SECONDS -lt $deadline ] || stop_with "What the Docker engine in $dir mounted stays in use: $(mounts | head -n 1) (see $dir/engine.log)."
        sleep 0.2
    done
    as_root rm -rf "$sockets"
}

[ $# -eq 2 ] || usage
mkdir -p "$2" && dir=$(cd "$2" && pwd -P)
step_logs=$dir
# A socket's path may have 107 bytes, and containerd's are below this one: not in DIR, which may be deep.
sockets=/run/safeconsole-engine-$(printf %s "$dir" | sha256sum | cut -c 1-12)
exec 9>"$dir/engine.lock"
flock --timeout 300 9 || stop_with "Another engine.sh has been working in $dir for five minutes."
case $1 in
    running) running ;;
    start) start ;;
    own) require_packages "${engine_packages[@]}"; start_own ;;
    stop) stop ;;
    *) usage ;;
esac
