#!/bin/bash
# Writes functions.tsv and operators.txt beside this script: what a statement may call by name.
# usage: generate.sh CONNECTION REVIEW
#   CONNECTION  libpq connection string of a PostgreSQL 15 database with the extensions of tests/statements/schema.sql
#   REVIEW      tests/statements/pg_functions_review.tsv, whose verdicts go before volatility
# The lists are read and reviewed as they stand in git; nothing runs this at build time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
connection=$1
review=$2

psql -X "$connection" -v ON_ERROR_STOP=1 -At -F $'\t' <<'SQL' > "$here/.functions.raw"
-- verdict by volatility; functions that no SQL text can call (internal arguments, triggers, handlers) and the input functions
-- of composed types, which run a domain's checks, are left out
SELECT p.proname, p.pronargs, p.provolatile, coalesce(e.extname, n.nspname)
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
LEFT JOIN pg_extension e ON e.oid = d.refobjid
WHERE (n.nspname IN ('pg_catalog', 'information_schema') OR e.oid IS NOT NULL)
  AND p.prokind IN ('f', 'a', 'w')
  AND NOT 'internal'::regtype = ANY (p.proargtypes)
  AND p.prorettype::regtype::text NOT IN ('trigger', 'event_trigger', 'internal', 'language_handler', 'fdw_handler', 'index_am_handler', 'table_am_handler', 'tsm_handler')
  AND p.proname !~ '^(domain|record|array|range|multirange|anyarray|anyrange|anycompatible.*|any|anyelement|anyenum|anynonarray|anymultirange)_(in|recv)$'
  AND p.proname !~ '_validator$'
ORDER BY 1, 2;
SQL

psql -X "$connection" -v ON_ERROR_STOP=1 -At <<'SQL' > "$here/operators.txt"
SELECT o.oprname FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
WHERE n.nspname = 'pg_catalog' OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')
GROUP BY o.oprname ORDER BY o.oprname COLLATE "C";
SQL

# A type's name works as a function of one argument: date('today'), regclass('users').
psql -X "$connection" -v ON_ERROR_STOP=1 -At <<'SQL' > "$here/.types.raw"
SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname = 'pg_catalog' AND t.typtype IN ('b', 'r', 'm') AND t.typname NOT LIKE E'\\_%' AND t.typcategory <> 'Z' ORDER BY 1;
SQL

python3 - "$here" "$review" <<'PY'
import collections, re, sys
here, review = sys.argv[1:]

# Decisions that differ from the review, each with its reason.
ALLOW = {
    'pg_sleep': 'ended by the statement timeout', 'pg_sleep_for': 'ended by the statement timeout', 'pg_sleep_until': 'ended by the statement timeout',
    'pg_advisory_unlock_all': 'pools send it on release; there is nothing to unlock',
    'pgstatginindex': 'reads sizes, as pgstatindex does', 'pgstathashindex': 'reads sizes, as pgstatindex does',
}
DENY = dict.fromkeys(
    'xmlexists xpath xpath_exists xpath_bool xpath_list xpath_nodeset xpath_number xpath_string'.split(),
    'libxml2 evaluates an XPath to its end, whatever the statement timeout; a harmless path passes by its form')
# PostgreSQL 16 to 18: harmless functions that 15 does not have yet.
NEWER = '''any_value array_reverse array_sample array_shuffle array_sort casefold crc32 crc32c date_add date_subtract erf erfc gamma icu_unicode_version
json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_value jsonb_path_exists_tz lgamma
pg_basetype pg_column_toast_chunk_id pg_get_acl pg_get_loaded_modules pg_get_wait_events pg_settings_get_flags pg_split_walfile_name
pg_stat_get_io random_normal regexp_like system_user to_bin to_oct to_regtypemod unicode_assigned unicode_version uuid_extract_timestamp
uuid_extract_version uuidv4 uuidv7 xmltext'''.split()
CLASSES = [
    ('lock', r'advisory'), ('signal', r'(terminate|cancel)_backend|reload_conf|rotate_logfile|promote|wal_replay_(pause|resume)|log_backend|restore_point|switch_wal|backup_st'),
    ('file', r'read_(binary_)?file|pg_ls_|stat_file|pg_file_|logdir_ls|lo_(import|export)|hba_file|ident_file|file_settings|autoprewarm'),
    ('large-object', r'^lo_|^loread|^lowrite'), ('sequence', r'^(nextval|setval)$'), ('statistics', r'stat.*reset|force_next_flush'), ('replication', r'replication|logical_|slot'),
    ('sql-text', r'_to_xml|^ts_stat|^ts_rewrite|crosstab|connectby|xpath_table|^dblink'), ('notify', r'notify'), ('transaction-id', r'txid|xact_id|export_snapshot'),
    ('setting', r'^set_config$'), ('xml-path', r'^(xpath|xmlexists)'), ('page', r'page|^bt_|^brin_|^gin_|^gist_|^hash_|heap_|verify_heapam|visibility_map|wal_(record|stats)|prewarm|pgstat'),
]
verdicts = {}
for line in list(open(review))[1:]:
    f = line.rstrip('\n').split('\t')
    name, verdict = f[0].split('.', 1)[1], f[8]
    verdict = 'allow' if verdict.startswith('allow') else 'deny'
    if verdicts.get(name) != 'deny':
        verdicts[name] = verdict
names = collections.defaultdict(list)
for line in open(here + '/.functions.raw'):
    name, args, volatility, origin = line.rstrip('\n').split('\t')
    names[name].append((volatility, origin))
rows = {}
for name, overloads in names.items():
    origin = ','.join(sorted({o for _, o in overloads}))
    verdict = verdicts.get(name) or ('deny' if any(v == 'v' for v, _ in overloads) else 'allow')
    if name in ALLOW:
        verdict = 'allow'
    if name in DENY:
        verdict = 'deny'
    rows[name] = (verdict, origin)
for name in open(here + '/.types.raw').read().split():
    rows.setdefault(name, ('allow', 'pg_catalog'))
for name in NEWER:
    rows.setdefault(name, ('allow', 'pg_catalog'))
for name, verdict in verdicts.items():
    if verdict == 'deny':
        rows.setdefault(name, ('deny', 'other'))
with open(here + '/functions.tsv', 'w') as out:
    for name in sorted(rows):
        verdict, origin = rows[name]
        kind = '' if verdict == 'allow' else next((k for k, p in CLASSES if re.search(p, name)), 'effect')
        out.write('\t'.join((verdict, name, origin, kind)) + '\n')
PY
rm -f "$here/.functions.raw" "$here/.types.raw"
