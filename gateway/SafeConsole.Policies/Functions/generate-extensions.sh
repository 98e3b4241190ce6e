#!/bin/bash
# Writes extensions.tsv beside this script: which functions of further extensions are harmless, beyond those in functions.tsv.
# usage: generate-extensions.sh CONNECTION
#   CONNECTION  libpq connection string of a PostgreSQL 15 database with Debian's packages of the extensions below
# A line is an extension and a function's name, or name(types) where only that overload is harmless, and `fragile` for one that passes in some forms alone. What is not in the list is refused.
# Functions by C code are harmless if they only compute, or read what the server keeps for reading. Bodies in SQL and PL/pgSQL are followed besides.
# The list is read and reviewed as it stands in git; nothing runs this at build time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

psql -X "$1" -v ON_ERROR_STOP=1 -At -F $'\t' <<'SQL' > "$here/.extensions.raw"
SELECT DISTINCT e.extname, p.proname, p.provolatile
FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid
WHERE p.prokind IN ('f', 'a', 'w')
  AND (p.prokind = 'a' OR NOT 'internal'::regtype = ANY (p.proargtypes))
  AND p.prorettype::regtype::text NOT IN ('trigger', 'event_trigger', 'internal', 'language_handler', 'fdw_handler', 'index_am_handler', 'table_am_handler', 'tsm_handler');
SQL

python3 - "$here" <<'PY'
import re, sys
here = sys.argv[1]
# Extensions whose functions only compute, but for those named.
COMPUTE = {
    'extra_window_functions': '', 'first_last_agg': '', 'hll': 'hll_set_.*', 'icu_ext': 'icu_set_default_locale', 'intagg': '', 'ip4r': '', 'isn': 'isn_weak', 'lo': '', 'old_snapshot': '',
    'pg_rational': '', 'prefix': '', 'q3c': '', 'rum': 'rum_.*(page|get).*', 'seg': '', 'semver': '', 'sslinfo': '', 'tdigest': 'tdigest_percentile(_of)?',
    # reading statistics
    'pg_qualstats': '.*reset.*', 'pg_stat_kcache': '.*reset.*', 'pg_wait_sampling': '.*reset.*',
    # session state, messages between sessions, files and dynamic SQL
    'orafce': '''_signal|register|remove|removeall|set_defaults|signal|wait(any|one)|disable|enable|get_lines?|new_line|put|put_line|putf|serveroutput|__list_pipes|create_pipe|next_item_type|pack_message|
        purge|receive_message|remove_pipe|reset_buffer|send_message|unique_session_name|unpack_message_.*|bind_.*|remainder|close_cursor|column_value(_f)?|debug_cursor|define_.*|describe_columns(_f)?|execute|
        execute_and_fetch|fetch_rows|is_open|last_row_count|open_cursor|parse|default_holidays|set_nonbizday|unset_nonbizday|use_.*|including_start|include_start|noinclude_start|unuse_.*|setsubst|fclose|
        fclose_all|fcopy|fflush|fgetattr|fopen|fremove|frename|get_nextline|tmpdir|initialize|seed|terminate|set_nls_sort''',
    # DDL and long locks; tables made of a file; projections and transformations given as text, which name grid files of the server; sampled values without their privileges;
    # bytes taken for a row of any type, which end the server where they are of another; what fills the memory, or computes for the square of the points and looks at no timeout
    'postgis': '''.*geometry_?columns?|addgeometrycolumn|dropgeometry.*|updategeometrysrid|.*auth|.*longtransactions.*|lockrow|unlockrows|gettransactionid|postgis_extensions_upgrade|st_fromflatgeobuftotable|
        postgis_transform_geometry|st_transform|_postgis_stats|_postgis_index_extent|_postgis_selectivity|_postgis_join_selectivity|st_(estimated|find)_?extent|st_findextent|find_extent|
        st_fromflatgeobuf|st_(hausdorff|frechet)distance|_?st_linecrossingdirection|st_minimumclearance(line)?|st_asgeojson''',
}
# C code that ends the server where it is given NULL, a number out of range or another type than it expects; passes where a rule knows what it is given (Meanings/FragileCalls.cs).
FRAGILE = {
    'orafce': ['rvrs'], 'postgis': ['st_asflatgeobuf', 'st_asgeobuf', 'st_asgml', 'st_asmvt'],
    'q3c': ['q3c_ellipse_nearby_it', 'q3c_ellipse_query_it', 'q3c_nearby_it', 'q3c_nearby_pm_it', 'q3c_poly_query_it', 'q3c_radial_query_it'],
}
# Overloads of names that are left out above.
ALSO = [('isn', 'isn_weak()'), *(('orafce', f'remainder({n},{n})') for n in ('int2', 'int4', 'int8')),
    *(('postgis', f'st_asgeojson({types})') for types in ('geography,int4,int4', 'geometry,int4,int4', 'text')),
    *(('postgis', f'st_asgeojson(record,text,int4,bool{more})', 'fragile') for more in ('', ',text')),
    *(('tdigest', f'{n}({a}{last})', *(['fragile'] if last == '_float8' else [])) for n in ('tdigest_percentile', 'tdigest_percentile_of') for a in ('float8,int4,', 'float8,int8,int4,', 'tdigest,') for last in ('_float8', 'float8')), ('postgis', 'st_transform(geometry,int4)'), ('postgis_raster', 'st_convexhull(raster)'), ('postgis_raster', 'box3d(raster)'), ('postgis_raster', 'bytea(raster)')]
# pgvector 0.8, which Debian 12 does not carry; from its published SQL.
VECTOR = '''array_to_halfvec array_to_sparsevec array_to_vector avg binary_quantize cosine_distance halfvec halfvec_accum halfvec_add halfvec_avg halfvec_cmp halfvec_combine halfvec_concat halfvec_eq
    halfvec_ge halfvec_gt halfvec_in halfvec_l2_squared_distance halfvec_le halfvec_lt halfvec_mul halfvec_ne halfvec_negative_inner_product halfvec_out halfvec_recv halfvec_send halfvec_spherical_distance
    halfvec_sub halfvec_to_float4 halfvec_to_sparsevec halfvec_to_vector halfvec_typmod_in hamming_distance inner_product jaccard_distance l1_distance l2_distance l2_norm l2_normalize sparsevec sparsevec_cmp
    sparsevec_eq sparsevec_ge sparsevec_gt sparsevec_in sparsevec_l2_squared_distance sparsevec_le sparsevec_lt sparsevec_ne sparsevec_negative_inner_product sparsevec_out sparsevec_recv sparsevec_send
    sparsevec_to_halfvec sparsevec_to_vector sparsevec_typmod_in subvector sum vector vector_accum vector_add vector_avg vector_cmp vector_combine vector_concat vector_dims vector_eq vector_ge vector_gt
    vector_in vector_l2_squared_distance vector_le vector_lt vector_mul vector_ne vector_negative_inner_product vector_norm vector_out vector_recv vector_send vector_spherical_distance vector_sub
    vector_to_float4 vector_to_halfvec vector_to_sparsevec vector_typmod_in'''.split()
lines = {('vector', name) for name in VECTOR} | set(ALSO)
for line in open(here + '/.extensions.raw'):
    extension, name, _ = line.rstrip('\n').split('\t')
    if extension in COMPUTE and not re.fullmatch(re.sub(r'\s+', '', COMPUTE[extension]) or r'(?!)', name):
        lines.add((extension, name, 'fragile') if name in FRAGILE.get(extension, []) else (extension, name))
with open(here + '/extensions.tsv', 'w') as out:
    out.writelines('\t'.join(line) + '\n' for line in sorted(lines))
PY
rm -f "$here/.extensions.raw"
