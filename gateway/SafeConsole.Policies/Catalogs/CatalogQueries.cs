using System.Collections.Immutable;

namespace SafeConsole.Policies.Catalogs;

/// <summary>
/// What is read of a database before statements on it can be judged by meaning, for PostgreSQL 14 and later. Objects with an oid below 16384 are PostgreSQL's own
/// (FirstNormalObjectId in access/transam.h): of them only what overload resolution and types need is read.
/// </summary>
public static class CatalogQueries
{
    /// <summary>The queries; run them in one REPEATABLE READ transaction and hand every row to <see cref="CatalogBuilder.Add"/>.</summary>
    public static ImmutableArray<CatalogQuery> All { get; } =
    [
        new("session", """
            SELECT current_database()::text, $1::text,
              coalesce((SELECT substr(setting, 13) FROM pg_db_role_setting, unnest(setconfig) setting
                WHERE setting LIKE 'search_path=%' AND setrole IN (0, to_regrole(quote_ident($1))) AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                ORDER BY setrole = 0, setdatabase = 0 LIMIT 1), (SELECT boot_val FROM pg_settings WHERE name = 'search_path'))
            """),
        new("schema", "SELECT oid::text, nspname::text, has_schema_privilege($1::name, oid, 'USAGE')::text FROM pg_namespace"),
        new("member", """
            SELECT d.classid::regclass::text, d.objid::text, e.extname::text FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
            WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass AND d.classid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass, 'pg_class'::regclass)
            """),
        new("type", """
            SELECT oid::text, typname::text, typnamespace::text, typtype::text, typcategory::text, typispreferred::text, typbasetype::text, typelem::text, typarray::text,
              typrelid::text, typsubscript::oid::text, array_to_json(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typsubscript]::oid[]::bigint[])::text,
              CASE WHEN oid >= 16384 THEN typdefaultbin::text END
            FROM pg_type WHERE typisdefined
            """),
        new("range", """
            SELECT rngtypid::text, rngsubtype::text, rngmultitypid::text, rngcanonical::oid::text, rngsubdiff::oid::text,
              (SELECT json_agg(p.amproc::oid::bigint)::text FROM pg_opclass c JOIN pg_amproc p ON p.amprocfamily = c.opcfamily WHERE c.oid = rngsubopc AND c.oid >= 16384 AND p.oid >= 16384) FROM pg_range
            """),
        new("function", """
            SELECT p.oid::text, p.proname::text, p.pronamespace::text, p.prokind::text, p.proretset::text, p.prorettype::text, p.proargtypes::text, p.pronargdefaults::text,
              p.provariadic::text, l.name, p.prosecdef::text, p.prosupport::oid::text, array_to_json(p.proallargtypes::bigint[])::text, array_to_json(p.proargmodes)::text,
              array_to_json(p.proargnames)::text, array_to_json(p.proconfig)::text,
              CASE WHEN l.name = 'internal' OR p.oid >= 16384 AND l.name IN ('sql', 'plpgsql') THEN p.prosrc END,
              CASE WHEN p.oid >= 16384 AND l.name = 'sql' THEN p.prosqlbody::text END,
              CASE WHEN p.oid >= 16384 THEN p.proargdefaults::text END, p.provolatile::text, p.proisstrict::text
            FROM pg_proc p JOIN (
              SELECT g.oid, CASE g.oid WHEN 12 THEN 'internal' WHEN 13 THEN 'c' WHEN 14 THEN 'sql' ELSE CASE
                WHEN h.prosrc = 'plpgsql_call_handler' AND h.probin = '$libdir/plpgsql' AND h.prolang = 13 THEN 'plpgsql'
                WHEN g.lanname IN ('internal', 'c', 'sql', 'plpgsql') THEN 'another ' || g.lanname ELSE g.lanname::text END END
              FROM pg_language g LEFT JOIN pg_proc h ON h.oid = g.lanplcallfoid) l (oid, name) ON l.oid = p.prolang
            """),
        new("dictionary", """
            SELECT DISTINCT used.function::text
            FROM (SELECT unnest(ARRAY[tmplinit, tmpllexize]::oid[]) FROM pg_ts_template UNION ALL SELECT unnest(ARRAY[prsstart, prstoken, prsend, prsheadline, prslextype]::oid[]) FROM pg_ts_parser)
              used (function)
            WHERE used.function >= 16384
            """),
        // What runs for a name or an oid that is a value: functions of base types, handlers of access methods and foreign data wrappers, and options of operator classes. A stored expression
        // depends on the types of its constants (catalog/dependency.c); one of a composite type, a range or a domain can hold values of any other. Partition keys are compared with columns' constants.
        new("found", """
            WITH constant AS MATERIALIZED (
              SELECT DISTINCT u.oid, u.typtype, u.typelem FROM pg_depend d JOIN pg_type u ON u.oid = d.refobjid
                LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid LEFT JOIN pg_proc f ON d.classid = 'pg_proc'::regclass AND f.oid = d.objid
              WHERE d.refclassid = 'pg_type'::regclass AND d.refobjid >= 16384
                AND (d.classid IN ('pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass, 'pg_statistic_ext'::regclass, 'pg_publication_rel'::regclass)
                  OR c.relkind IN ('i', 'I', 'p') OR f.prosqlbody IS NOT NULL OR f.proargdefaults IS NOT NULL))
            SELECT DISTINCT one.kind, one.function::text
            FROM (SELECT 'modifier', typmodin::oid FROM pg_type UNION ALL SELECT 'shown', typmodout FROM pg_type UNION ALL SELECT 'sample', typoutput FROM pg_type
              UNION ALL SELECT 'constant', t.typoutput FROM pg_type t WHERE EXISTS (SELECT FROM constant u WHERE u.oid IN (t.oid, t.typarray) OR u.typtype IN ('c', 'd', 'r', 'm') OR u.typelem NOT IN (0, t.oid))
              UNION ALL SELECT 'handler', amhandler::oid FROM pg_am UNION ALL SELECT 'wrapper', fdwhandler FROM pg_foreign_data_wrapper
              UNION ALL SELECT 'handler', p.oid FROM pg_amproc JOIN pg_proc p ON p.oid = amproc WHERE p.oid >= 16384 AND 'internal'::regtype = ANY (p.proargtypes)) one (kind, function)
            WHERE one.function >= 16384
            """),
        new("conversion", "SELECT DISTINCT conproc::oid::text FROM pg_conversion WHERE conproc::oid >= 16384"),
        new("filled", "SELECT DISTINCT atttypid::text FROM pg_attribute WHERE atthasmissing"),
        new("aggregate", """
            SELECT aggfnoid::oid::text, array_to_json(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[]::bigint[])::text,
              aggsortop::text, aggtranstype::text, aggmtranstype::text FROM pg_aggregate WHERE aggfnoid::oid >= 16384
            """),
        new("operator", """
            SELECT oid::text, oprname::text, oprnamespace::text, oprleft::text, oprright::text, oprresult::text, oprcom::text, oprnegate::text, oprcode::oid::text,
              oprrest::oid::text, oprjoin::oid::text FROM pg_operator
            """),
        new("cast", "SELECT oid::text, castsource::text, casttarget::text, castfunc::text, castcontext::text, castmethod::text FROM pg_cast"),
        new("relation", """
            SELECT oid::text, relname::text, relnamespace::text, relkind::text, reltype::text, relrowsecurity::text, reloftype::text FROM pg_class
            WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c', 't') AND relpersistence <> 't'
            """),
        new("column", """
            SELECT a.attrelid::text, a.attname::text, a.atttypid::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND c.relpersistence <> 't' ORDER BY a.attrelid, a.attnum
            """),
        new("child", "SELECT inhparent::text, inhrelid::text FROM pg_inherits"),
        new("rule", "SELECT ev_class::text, ev_type::text, ev_action::text FROM pg_rewrite WHERE ev_class >= 16384 OR oid >= 16384"),
        new("policy", "SELECT polrelid::text, polcmd::text, polqual::text, polwithcheck::text FROM pg_policy"),
        new("check", "SELECT contypid::text, conrelid::text, conbin::text FROM pg_constraint WHERE contype = 'c' AND conbin IS NOT NULL AND oid >= 16384"),
        new("planned", """
            SELECT indrelid::text, indexprs::text FROM pg_index WHERE indexprs IS NOT NULL AND indexrelid >= 16384
            UNION ALL SELECT indrelid::text, indpred::text FROM pg_index WHERE indpred IS NOT NULL AND indexrelid >= 16384
            UNION ALL SELECT stxrelid::text, stxexprs::text FROM pg_statistic_ext WHERE stxexprs IS NOT NULL
            UNION ALL SELECT partrelid::text, partexprs::text FROM pg_partitioned_table WHERE partexprs IS NOT NULL
            """),
        new("default", "SELECT d.adrelid::text, d.adbin::text, a.attgenerated::text FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.oid >= 16384"),
        new("support", """
            SELECT amproc::oid::text, amproclefttype::text, amprocrighttype::text, EXISTS (SELECT FROM pg_opclass WHERE opcfamily = amprocfamily AND opcdefault)::text
            FROM pg_amproc WHERE amproc::oid >= 16384
            UNION ALL SELECT o.oprcode::oid::text, m.amoplefttype::text, m.amoprighttype::text, EXISTS (SELECT FROM pg_opclass WHERE opcfamily = amopfamily AND opcdefault)::text
            FROM pg_amop m JOIN pg_operator o ON o.oid = m.amopopr WHERE o.oprcode::oid >= 16384
            """),
        new("index", $"""
            SELECT DISTINCT used.relation::text, one.function::text
            FROM (SELECT indrelid, unnest(indclass) FROM pg_index WHERE indexrelid >= 16384 UNION SELECT partrelid, unnest(partclass) FROM pg_partitioned_table) used (relation, class)
            JOIN pg_opclass c ON c.oid = used.class JOIN ({FamilyFunctions}) one ON one.family = c.opcfamily
            WHERE c.oid >= 16384
            UNION SELECT c.oid::text, a.amhandler::oid::text FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amhandler::oid >= 16384 AND c.relkind <> 'i'
            UNION SELECT i.indrelid::text, a.amhandler::oid::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam WHERE a.amhandler::oid >= 16384
            """),
        // By btree (403) and hash (405) the server sorts and hashes computed values as well. Of several families of an operator it takes the oldest.
        new("family", $"""
            SELECT DISTINCT m.amopopr::text, one.function::text FROM pg_amop m JOIN ({FamilyFunctions}) one ON one.family = m.amopfamily
            WHERE m.amopmethod IN (403, 405)
              AND (m.amopopr >= 16384 OR NOT EXISTS (SELECT FROM pg_amop older WHERE older.amopopr = m.amopopr AND older.amopmethod = m.amopmethod AND older.oid < 16384))
            """),
    ];

    // What did not come with PostgreSQL in an operator family, be it a function of PostgreSQL's own.
    private const string FamilyFunctions = """
        SELECT amprocfamily AS family, amproc::oid AS function FROM pg_amproc WHERE oid >= 16384
        UNION SELECT amopfamily, oprcode::oid FROM pg_amop JOIN pg_operator ON pg_operator.oid = amopopr WHERE amopopr >= 16384
        """;

    /// <summary>
    /// One text that changes whenever anything above does: counts, and sums of hashes of identity and row version (oid, xmin). A few milliseconds, so it may be asked every second.
    /// Temporary tables do not count: no session here can see them, and an application that makes them all the time would have the catalog read all the time.
    /// </summary>
    public static CatalogQuery Fingerprint { get; } = new("fingerprint", """
        SELECT concat_ws('.', VARIADIC array_agg(count || ':' || hash ORDER BY name)) FROM (
          SELECT 'am' AS name, count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) AS hash FROM pg_am
          UNION ALL SELECT 'amop', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_amop WHERE oid >= 16384
          UNION ALL SELECT 'amproc', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_amproc WHERE oid >= 16384
          UNION ALL SELECT 'aggregate', count(*), sum(hashint8extended((aggfnoid::oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_aggregate WHERE aggfnoid::oid >= 16384
          UNION ALL SELECT 'attrdef', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_attrdef WHERE adrelid NOT IN (SELECT oid FROM pg_class WHERE relpersistence = 't')
          UNION ALL SELECT 'attribute', count(*), sum(hashint8extended((attrelid::bigint << 32) + xmin::text::bigint, attnum)) FROM pg_attribute
            WHERE attrelid >= 16384 AND attnum > 0 AND attrelid NOT IN (SELECT oid FROM pg_class WHERE relpersistence = 't')
          UNION ALL SELECT 'cast', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_cast
          UNION ALL SELECT 'class', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_class WHERE relpersistence <> 't'
          UNION ALL SELECT 'constraint', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_constraint WHERE conrelid NOT IN (SELECT oid FROM pg_class WHERE relpersistence = 't')
          UNION ALL SELECT 'conversion', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_conversion
          UNION ALL SELECT 'depend', count(*), sum(hashint8extended((objid::bigint << 32) + refobjid::bigint, 1)) FROM pg_depend WHERE deptype = 'e'
          UNION ALL SELECT 'index', count(*), sum(hashint8extended((indexrelid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_index
            WHERE indexrelid >= 16384 AND indrelid NOT IN (SELECT oid FROM pg_class WHERE relpersistence = 't')
          UNION ALL SELECT 'inherits', count(*), sum(hashint8extended((inhrelid::bigint << 32) + inhparent::bigint, 1)) FROM pg_inherits
          UNION ALL SELECT 'language', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_language
          UNION ALL SELECT 'member', count(*), sum(hashint8extended((roleid::bigint << 32) + member::bigint, 1)) FROM pg_auth_members
          UNION ALL SELECT 'namespace', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_namespace
          UNION ALL SELECT 'opclass', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_opclass
          UNION ALL SELECT 'operator', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_operator
          UNION ALL SELECT 'policy', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_policy
          UNION ALL SELECT 'proc', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_proc
          UNION ALL SELECT 'range', count(*), sum(hashint8extended((rngtypid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_range
          UNION ALL SELECT 'rewrite', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_rewrite
          UNION ALL SELECT 'role', count(*), sum(hashtextextended(rolname::text || rolsuper::text || rolinherit::text, oid::bigint)) FROM pg_roles
          UNION ALL SELECT 'setting', count(*), sum(hashtextextended(setconfig::text, setrole::bigint)) FROM pg_db_role_setting
          UNION ALL SELECT 'statistic', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_statistic_ext
          UNION ALL SELECT 'tsparser', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_ts_parser
          UNION ALL SELECT 'tstemplate', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_ts_template
          UNION ALL SELECT 'wrapper', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_foreign_data_wrapper
          UNION ALL SELECT 'type', count(*), sum(hashint8extended((oid::bigint << 32) + xmin::text::bigint, 1)) FROM pg_type
            WHERE typnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\_temp\_%' OR nspname LIKE 'pg\_toast\_temp\_%')
        ) part
        """);
}
