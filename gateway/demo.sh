#!/usr/bin/env bash
# SafeConsole on this machine: installs what is missing, builds, starts a PostgreSQL primary with a hot standby, fills it,
# and runs the gateway until Ctrl-C. State (transcripts, accounts, the database) is kept in .demo/ for the next time.
#
#   bash gateway/demo.sh [--port N]     the gateway's port on 127.0.0.1; 8080 unless told
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
state=$root/.demo
step_logs=$root/.artifacts/logs
source gateway/deploy/steps.sh
source gateway/deploy/packages.sh

port=8080 primary_port=55432 standby_port=55433
while [ $# -gt 0 ]; do
    case $1 in
        --port) port=${2:-}; shift $(($# < 2 ? $# : 2)) ;;
        --help | -h) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) stop_with "Unknown option $1. Usage: bash gateway/demo.sh [--port N]" ;;
    esac
done
[[ $port =~ ^[0-9]{1,5}$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ] || stop_with "--port takes a number from 1 to 65535."
address=http://127.0.0.1:$port

only_one_here() {
    mkdir -p "$state"
    exec 8>>"$state/demo.lock"
    flock --nonblock 8 || stop_with "A demo of this folder runs already, at $(cat "$state/address" 2>/dev/null || echo 'an address that it will print soon')."
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        stop_with "Port $port on 127.0.0.1 is in use by another program; choose one with --port."
    fi
    printf '%s\n' "$address" >"$state/address"
}

# PostgreSQL and the runners are other users than root, and a clone below /root is closed to them.
choose_open_folder() {
    open=$state
    if [ "$(id -u)" -eq 0 ] && ! setpriv --reuid=nobody --clear-groups test -x "$state"; then
        open=/var/tmp/safeconsole-demo-$(printf %s "$root" | sha256sum | cut -c 1-12)
        mkdir -p "$open"
        [ -O "$open" ] || stop_with "The folder $open belongs to another user."
        chmod 755 "$open"
    fi
}

cluster() { bash gateway/deploy/demo/cluster.sh "$1" "$open/database" "${@:2}" 8>&-; }

# In a session of its own, so that Ctrl-C reaches this script alone; told to stop if this script is killed.
start_gateway() {
    local credential authority
    credential=$(cat "$open/database/reader-password")
    authority=$(cat "$open/database/tls/ca.crt")
    cd "$root/.artifacts/gateway"
    SAFECONSOLE_DEMO_PASSWORD=$credential SAFECONSOLE_DEMO_CA=$authority \
    SafeConsole__Urls=$address \
    SafeConsole__Demo__Enabled=true \
    SafeConsole__Policies__Folder=$root/policies \
    SafeConsole__Transcripts__Folder=$state/transcripts \
    SafeConsole__Data__Database=$state/gateway.db \
    SafeConsole__Runtime__Directory=$open/runtime \
    SafeConsole__Runners__AgentPath=$root/.artifacts/agent/safeconsole-agent \
    SafeConsole__Web__Folder=$root/.artifacts/web \
        setsid setpriv --pdeathsig TERM dotnet SafeConsole.Gateway.dll >"$state/gateway.log" 2>&1 </dev/null 8>&- &
    gateway=$!
    cd "$root"
}

gateway_answers() {
    local deadline=$((SECONDS + 60))
    until curl --silent --fail --output /dev/null --max-time 2 --noproxy '*' "$address/health"; do
        kill -0 "$gateway" 2>/dev/null || { cat "$state/gateway.log"; return 1; }
        [ $SECONDS -lt $deadline ] || { cat "$state/gateway.log"; echo "The gateway did not answer within a minute."; return 1; }
        sleep 0.2
    done
}

gateway='' stopping=''
stop_everything() {
    local code=$?
    trap '' INT TERM HUP
    trap - EXIT
    if [ -n "$gateway" ] && kill -TERM "$gateway" 2>/dev/null; then
        printf '\nStopping the gateway and ending its sessions …\n'
        local deadline=$((SECONDS + 20))
        while kill -0 "$gateway" 2>/dev/null && [ $SECONDS -lt $deadline ]; do sleep 0.1; done
        kill -KILL "$gateway" 2>/dev/null || true
    fi
    if [ -n "${open:-}" ] && [ -d "$open/database" ]; then cluster stop || true; fi
    [ -z "$stopping" ] || { printf 'Stopped. Transcripts are kept in %s.\n' "$state/transcripts"; code=0; }
    exit "$code"
}

printf '\nSafeConsole demo\n\n'
require_packages "${demo_packages[@]}"
require_dotnet
only_one_here
trap stop_everything EXIT
trap 'stopping=yes; exit 0' INT TERM HUP
bash gateway/build.sh 8>&-
choose_open_folder
step "Starting a PostgreSQL primary (port $primary_port) and its hot standby (port $standby_port)" cluster start "$primary_port" "$standby_port"
step "Filling the recipe database" cluster load recipes "$root/gateway/deploy/demo/recipes.sql"
start_gateway
step "Starting the gateway" gateway_answers

cat <<READY

  Open  $address

    developer  dana  password  demo-dana
    reviewer   rosa  password  demo-rosa
    SRE        sam   password  demo-sam

  Policies are read from policies/ as you edit them. Log: .demo/gateway.log. Ctrl-C stops everything.

READY
wait "$gateway" || true
[ -n "$stopping" ] || stop_with "The gateway ended by itself; the end of its log: $(tail -n 3 "$state/gateway.log")"
