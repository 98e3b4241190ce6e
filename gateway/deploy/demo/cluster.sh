#!/usr/bin/env bash
# A PostgreSQL primary and its hot standby in one folder, for the demo and for tests. Reachable on 127.0.0.1 by
# TLS and SCRAM-SHA-256, and by the Unix sockets in DIR/socket as superuser `postgres` for whoever ran this script.
#
#   cluster.sh start   DIR PRIMARY_PORT STANDBY_PORT   both run and the standby streams; a no-op when they do
#   cluster.sh stop    DIR                             ends the servers of this folder and no other
#   cluster.sh status  DIR                             one line each; exit 0 when both run
#   cluster.sh promote DIR                             makes the standby a primary, as a fail-over would
#   cluster.sh load    DIR DATABASE FILE               fills DATABASE from an SQL file, once per content of the file
#
# In DIR: primary/ standby/ (data), socket/, tls/ca.crt tls/server.crt tls/server.key, reader-password (0600), *.log.
# Exit: 0 done, 1 failed, 2 wrong use, 3 a port is taken, 4 the folder cannot be used, 5 a program is missing.
set -euo pipefail
export LC_ALL=C.UTF-8

fail() { local code=$1; shift; printf 'cluster.sh: %s\n' "$*" >&2; exit "$code"; }
usage() { sed -n '5,9s/^#   /  /p' "$0" >&2; exit 2; }

# ---- who runs the servers: never root
prepare_server_user() {
    server_user=$(id -un)
    [ "$(id -u)" -eq 0 ] || return 0
    command -v setpriv >/dev/null || fail 5 "setpriv is missing (Debian package util-linux)."
    server_user=postgres
    id "$server_user" >/dev/null 2>&1 || server_user=safeconsole-demo
    id "$server_user" >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin "$server_user"
}

# Descriptor 9 is this script's lock: a server that inherited it would hold the lock for ever.
as_server() (
    exec 9>&-
    cd /
    if [ "$(id -u)" -eq 0 ]; then
        exec setpriv --reuid="$server_user" --regid="$(id -g "$server_user")" --init-groups --inh-caps=-all \
            env -i PATH="$PATH" HOME=/ LC_ALL=C.UTF-8 "$@"
    fi
    exec "$@"
)

find_programs() {
    local major
    major=$(cat "$dir/primary/PG_VERSION" 2>/dev/null || true)
    bin=/usr/lib/postgresql/$major/bin
    [ -n "$major" ] && [ -x "$bin/postgres" ] && return 0
    [ -z "$major" ] || fail 5 "PostgreSQL $major, which made $dir, is not installed."
    bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin -type d 2>/dev/null | sort -V | tail -n 1)
    [ -x "${bin:-/nowhere}/postgres" ] || fail 5 "PostgreSQL's server is not installed (Debian package postgresql)."
    command -v openssl >/dev/null || fail 5 "openssl is missing (Debian package openssl)."
}

# ---- folder and secrets
prepare_folder() {
    mkdir -p "$dir/socket" "$dir/tls"
    [ "$(printf %s "$dir/socket/.s.PGSQL.65535.lock" | wc -c)" -le 107 ] || fail 4 "The path $dir is too long for a Unix socket."
    chmod 755 "$dir" "$dir/tls"
    chmod 700 "$dir/socket"
    chown "$server_user" "$dir/socket"
    as_server test -x "$dir/socket" || fail 4 "User $server_user cannot reach $dir; choose a folder that other users may enter."
    [ -s "$dir/tls/server.key" ] || make_certificates
    if [ ! -s "$dir/reader-password" ]; then
        (umask 077; openssl rand -hex 24 >"$dir/reader-password")
    fi
}

# The authority signs one certificate and its key is forgotten: nothing else can be made to look like the demo's replica.
make_certificates() {
    local work; work=$(mktemp -d "$dir/tls/making.XXXXXX")
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=SafeConsole demo authority" \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
        -keyout "$work/ca.key" -out "$work/ca.crt" 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=localhost" \
        -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
    printf '%s\n' 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1' 'basicConstraints=CA:FALSE' \
        'keyUsage=critical,digitalSignature' 'extendedKeyUsage=serverAuth' >"$work/extensions"
    openssl x509 -req -in "$work/server.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -set_serial "0x$(openssl rand -hex 8)" \
        -days 3650 -extfile "$work/extensions" -out "$work/server.crt" 2>/dev/null
    chown "$server_user" "$work/server.key"
    chmod 600 "$work/server.key"
    chmod 644 "$work/ca.crt" "$work/server.crt"
    mv "$work/ca.crt" "$work/server.crt" "$dir/tls/"
    mv "$work/server.key" "$dir/tls/"
    rm -r "$work"
}

# ---- servers
# Prints the pid when the server of data folder $1 runs: a pid file alone proves nothing after an unclean end.
running_pid() {
    local pid
    pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$1" ] && printf '%s\n' "$pid"
}

port_of() { sed -n 4p "$1/postmaster.pid" 2>/dev/null; }

clear_unclean_end() {      # data folder, port
    running_pid "$1" >/dev/null && return 0
    local link deadline=$((SECONDS + 10))
    for link in /proc/[0-9]*/cwd; do      # children of a killed server let go of its shared memory first
        while [ "$(readlink "$link" 2>/dev/null)" = "$1" ] && [ $SECONDS -lt $deadline ]; do sleep 0.1; done
    done
    rm -f "$1/postmaster.pid" "$dir/socket/.s.PGSQL.$2" "$dir/socket/.s.PGSQL.$2.lock"
}

require_free_port() {
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then fail 3 "Port $1 on 127.0.0.1 is in use by another program."; fi
}

write_configuration() {      # data folder, port
    # Loopback and Unix sockets only. No feedback to the primary: a forgotten query must not hold back its vacuum.
    cat >"$1/safeconsole.conf" <<CONF
port = $2
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir/socket'
ssl = on
ssl_cert_file = '$dir/tls/server.crt'
ssl_key_file = '$dir/tls/server.key'
ssl_min_protocol_version = 'TLSv1.2'
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = '64MB'
shared_preload_libraries = 'pg_stat_statements'
wal_level = replica
wal_keep_size = '256MB'
max_wal_size = '512MB'
hot_standby = on
hot_standby_feedback = off
max_standby_streaming_delay = '30s'
wal_receiver_status_interval = '1s'
wal_retrieve_retry_interval = '500ms'
primary_conninfo = 'host=$dir/socket port=$primary_port user=postgres application_name=safeconsole-standby'
log_line_prefix = '%m [%p] %q%u@%d '
timezone = 'UTC'
CONF
    cat >"$1/pg_hba.conf" <<CONF
local    all          postgres                  peer map=operator
local    replication  postgres                  peer map=operator
hostssl  all          postgres    127.0.0.1/32  reject
hostssl  all          all         127.0.0.1/32  scram-sha-256
CONF
    printf 'operator %s postgres\n' "$server_user" "$(id -un)" | sort -u >"$1/pg_ident.conf"
    chown "$server_user" "$1/safeconsole.conf" "$1/pg_hba.conf" "$1/pg_ident.conf"
    chmod 600 "$1/safeconsole.conf" "$1/pg_hba.conf" "$1/pg_ident.conf"
}

make_primary() {
    rm -rf "$dir/primary" "$dir/primary.new"
    install -d -m 700 -o "$server_user" "$dir/primary.new"
    as_server "$bin/initdb" --pgdata="$dir/primary.new" --username=postgres --encoding=UTF8 --locale=C.UTF-8 --no-sync \
        --auth-local=peer --auth-host=scram-sha-256 >/dev/null
    as_server sh -c "echo \"include 'safeconsole.conf'\" >>'$dir/primary.new/postgresql.conf'"
    mv "$dir/primary.new" "$dir/primary"
}

make_standby() {
    stop_server standby
    rm -rf "$dir/standby" "$dir/standby.new"
    install -d -m 700 -o "$server_user" "$dir/standby.new"
    # -R also writes primary_conninfo to postgresql.auto.conf, where it would outlive a change of ports.
    as_server "$bin/pg_basebackup" --host="$dir/socket" --port="$primary_port" --username=postgres --pgdata="$dir/standby.new" \
        --wal-method=stream --checkpoint=fast --no-sync -R
    as_server sh -c ": >'$dir/standby.new/postgresql.auto.conf'"
    mv "$dir/standby.new" "$dir/standby"
}

start_server() {      # primary|standby, port
    local data=$dir/$1 log=$dir/$1.log
    if running_pid "$data" >/dev/null; then
        [ "$(port_of "$data")" = "$2" ] && return 0
        stop_server "$1"
    fi
    require_free_port "$2"
    clear_unclean_end "$data" "$2"
    write_configuration "$data" "$2"
    [ -e "$log" ] || install -m 600 -o "$server_user" /dev/null "$log"
    as_server "$bin/pg_ctl" start --pgdata="$data" --log="$log" --wait --timeout=60 --silent >/dev/null 2>&1 ||
        fail 1 "The $1 did not start: $(grep -E 'FATAL|PANIC|ERROR' "$log" | tail -n 1 | sed 's/^.*: *//') (see $log)."
}

stop_server() {
    running_pid "$dir/$1" >/dev/null || return 0
    as_server "$bin/pg_ctl" stop --pgdata="$dir/$1" --mode=fast --wait --timeout=20 --silent >/dev/null 2>&1 ||
        as_server "$bin/pg_ctl" stop --pgdata="$dir/$1" --mode=immediate --wait --timeout=20 --silent >/dev/null
}

sql() { psql --no-psqlrc --host="$dir/socket" --username=postgres --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$@" 9>&-; }

standby_follows() {
    local deadline=$((SECONDS + 10)) caught_up
    while [ $SECONDS -lt $deadline ]; do
        caught_up=$(sql --port="$primary_port" --dbname=postgres --command="SELECT count(*) FROM pg_stat_replication
            WHERE application_name = 'safeconsole-standby' AND state = 'streaming' AND replay_lsn >= pg_current_wal_flush_lsn()")
        [ "$caught_up" = 1 ] && return 0
        sleep 0.1
    done
    return 1
}

ensure_reader() {
    local exists
    exists=$(sql --port="$primary_port" --dbname=postgres --command="SELECT count(*) FROM pg_authid WHERE rolname = 'safe_reader' AND rolpassword LIKE 'SCRAM%'")
    [ "$exists" = 1 ] && return 0
    sql --port="$primary_port" --dbname=postgres <<SQL
DO \$\$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'safe_reader') THEN CREATE ROLE safe_reader; END IF;
END \$\$;
ALTER ROLE safe_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '$(cat "$dir/reader-password")';
SQL
}

# ---- commands
start() {
    primary_port=$1 standby_port=$2
    [ "$primary_port" != "$standby_port" ] || fail 2 "The primary and the standby need two different ports."
    find_programs
    prepare_folder
    [ -d "$dir/primary" ] || make_primary
    start_server primary "$primary_port"
    ensure_reader
    [ -d "$dir/standby" ] || make_standby
    if [ ! -e "$dir/standby/standby.signal" ]; then make_standby; fi      # it was promoted: begin again as a standby
    start_server standby "$standby_port"
    standby_follows && return 0
    make_standby                                                           # it fell too far behind
    start_server standby "$standby_port"
    standby_follows || fail 1 "The standby does not follow the primary (see $dir/standby.log)."
}

stop() {
    running_pid "$dir/standby" >/dev/null || running_pid "$dir/primary" >/dev/null || return 0
    find_programs
    stop_server standby
    stop_server primary
}

status() {
    local server code=0
    for server in primary standby; do
        if running_pid "$dir/$server" >/dev/null; then
            printf '%s runs on port %s\n' "$server" "$(port_of "$dir/$server")"
        else
            printf '%s is stopped\n' "$server"; code=1
        fi
    done
    return $code
}

promote() {
    find_programs
    running_pid "$dir/standby" >/dev/null || fail 1 "The standby in $dir does not run."
    as_server "$bin/pg_ctl" promote --pgdata="$dir/standby" --wait --timeout=30 --silent >/dev/null
}

load() {
    local database=$1 file=$2 content loaded
    [[ $database =~ ^[a-z_][a-z0-9_]*$ ]] || fail 2 "The database name $database is not plain lower case."
    [ -r "$file" ] || fail 2 "The file $file cannot be read."
    running_pid "$dir/primary" >/dev/null || fail 1 "The primary in $dir does not run."
    primary_port=$(port_of "$dir/primary")
    content="filled from $(sha256sum "$file" | cut -d ' ' -f 1)"
    loaded=$(sql --port="$primary_port" --dbname=postgres --command="SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$database'")
    [ "$loaded" = "$content" ] && return 0
    sql --port="$primary_port" --dbname=postgres --command="DROP DATABASE IF EXISTS $database WITH (FORCE)" 2>/dev/null
    sql --port="$primary_port" --dbname=postgres --command="CREATE DATABASE $database TEMPLATE template0"
    sql --port="$primary_port" --dbname="$database" --file="$file" >/dev/null
    sql --port="$primary_port" --dbname=postgres --command="COMMENT ON DATABASE $database IS '$content'"
    standby_follows || fail 1 "The standby did not receive $database (see $dir/standby.log)."
}

[ $# -ge 2 ] || usage
command=$1
mkdir -p "$2" 2>/dev/null || fail 4 "The folder $2 cannot be made."
dir=$(cd "$2" && pwd -P)
[ -O "$dir" ] || fail 4 "The folder $dir belongs to another user."
shift 2
prepare_server_user
exec 9>"$dir/cluster.lock" || fail 4 "The folder $dir cannot be written."
flock --timeout 120 9 || fail 1 "Another cluster.sh has been working in $dir for two minutes."
case $command/$# in
    start/2) [[ $1$2 =~ ^[0-9]+$ ]] || usage; start "$1" "$2" ;;
    stop/0) stop ;;
    status/0) status ;;
    promote/0) promote ;;
    load/2) load "$1" "$2" ;;
    *) usage ;;
esac
