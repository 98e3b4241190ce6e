# Sourced by scripts that show their progress: one line a step, with its seconds, and the log's end where one fails.
# The sourcing script sets step_logs to the folder of the logs.

# step TITLE COMMAND...: runs the command silently, its output in a log; ends the script with one sentence when it fails.
step() {
    local title=$1 begun=$SECONDS log back=''
    shift
    mkdir -p "$step_logs"
    log=$step_logs/$(printf %s "$title" | tr -cs 'A-Za-z0-9' '-' | tr 'A-Z' 'a-z').log
    if [ -t 1 ]; then printf '  … %s' "$title"; back=$'\r'; fi
    if ("$@") >"$log" 2>&1 </dev/null; then
        printf '%s  ✓ %s (%d s)\n' "$back" "$title" $((SECONDS - begun))
    else
        printf '%s  ✗ %s (%d s)\n\n' "$back" "$title" $((SECONDS - begun))
        tail -n 15 "$log" | sed 's/^/    /' >&2
        printf '\n%s failed; the whole output is in %s.\n' "$title" "$log" >&2
        exit 1
    fi
}

# skipped TITLE WHY: a step that had nothing to do.
skipped() { printf '  ✓ %s (%s)\n' "$1" "$2"; }

# stop_with SENTENCE: ends the script, saying why.
stop_with() { printf '%s\n' "$*" >&2; exit 1; }

# fingerprint PATH...: one hash over the names and contents of all source files below the paths.
fingerprint() {
    find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name coverage \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}
