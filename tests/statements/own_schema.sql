-- Loaded after schema.sql, on a throw-away cluster alone: more traps and more honest objects, for the statements in */own_*.jsonl.
-- Everything that must not be reached ends in trap.side_effect(), which leaves the setting trap.touched behind.
SET client_min_messages = warning;
CREATE SCHEMA own;
CREATE SCHEMA own2;
CREATE SCHEMA own3;
CREATE SCHEMA forbidden;   -- nobody may use it
CREATE FUNCTION forbidden.helper() RETURNS text LANGUAGE sql AS $$ SELECT 'never' $$;
CREATE FUNCTION own3.log(text) RETURNS text LANGUAGE sql AS 'SELECT trap.side_effect($1)::text';   -- no call of pg_catalog.log(numeric) can mean it
GRANT USAGE ON SCHEMA own, own2, own3 TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA own, own2, own3 GRANT SELECT ON TABLES TO PUBLIC;

-- ------------------------------------------------------------------ a function with an effect, and chains that lead to it
CREATE FUNCTION own.evil() RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM trap.side_effect('own'); RETURN 'x'; END $$;
CREATE FUNCTION own.evil(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM trap.side_effect($1); RETURN $1; END $$;
CREATE FUNCTION own.step3() RETURNS text LANGUAGE sql STABLE AS 'SELECT own.evil()';
CREATE FUNCTION own.step2() RETURNS text LANGUAGE sql STABLE AS 'SELECT upper(own.step3())';
CREATE FUNCTION own.step1() RETURNS text LANGUAGE plpgsql STABLE AS $$ DECLARE t text; BEGIN t := own.step2(); RETURN t; END $$;
CREATE FUNCTION own.ping(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF n < 1 THEN RETURN 0; END IF; RETURN own.pong(n - 1); END $$;
CREATE FUNCTION own.pong(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM own.evil(); RETURN own.ping(n - 1); END $$;
CREATE FUNCTION own.even(n int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF n = 0 THEN RETURN true; END IF; RETURN own.odd(n - 1); END $$;
CREATE FUNCTION own.odd(n int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF n = 0 THEN RETURN false; END IF; RETURN own.even(n - 1); END $$;
CREATE FUNCTION own.fib(n int) RETURNS int LANGUAGE sql AS 'SELECT CASE WHEN n < 2 THEN n ELSE own.fib(n - 1) + own.fib(n - 2) END';
CREATE FUNCTION own.greet(name text DEFAULT own.evil()) RETURNS text LANGUAGE sql AS $$ SELECT 'hello ' || name $$;
CREATE FUNCTION own.hello(name text DEFAULT 'world', mark text DEFAULT '!') RETURNS text LANGUAGE sql AS $$ SELECT 'hello ' || name || mark $$;
CREATE FUNCTION own.total(VARIADIC numbers int[]) RETURNS bigint LANGUAGE sql AS 'SELECT sum(n) FROM unnest(numbers) n';
CREATE FUNCTION own.atomic_evil() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT own.evil(); END;
CREATE FUNCTION own.atomic_good(a int) RETURNS int LANGUAGE sql RETURN a * 2;
CREATE FUNCTION own.definer() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION own.slow() RETURNS text LANGUAGE sql AS 'SELECT pg_sleep(3)::text';
CREATE FUNCTION own.setting_off() RETURNS int LANGUAGE sql SET statement_timeout = 0 AS 'SELECT 1';
CREATE FUNCTION own.in_utc() RETURNS text LANGUAGE sql SET timezone = 'UTC' AS $$ SELECT now()::text $$;
CREATE FUNCTION own.in_shadow() RETURNS text LANGUAGE sql SET search_path = shadow, pg_catalog AS $$ SELECT version() $$;
CREATE FUNCTION own.in_public() RETURNS bigint LANGUAGE sql SET search_path = public AS $$ SELECT count(*) FROM tags $$;
CREATE FUNCTION own.own_lower(text) RETURNS text LANGUAGE internal IMMUTABLE STRICT AS 'lower';
CREATE FUNCTION own.own_reload() RETURNS boolean LANGUAGE internal AS 'pg_reload_conf';
CREATE FUNCTION own.two_statements() RETURNS int LANGUAGE sql AS 'SELECT own.evil(); SELECT 1';
CREATE FUNCTION own.writes_cte() RETURNS int LANGUAGE sql AS 'WITH w AS (INSERT INTO trap.hits (recipe_id) VALUES (1) RETURNING 1) SELECT 1 FROM w';
CREATE FUNCTION own.locks() RETURNS int LANGUAGE sql AS 'SELECT 1 FROM public.tags LIMIT 1 FOR UPDATE';
CREATE FUNCTION own.lowered(r public.recipes) RETURNS text LANGUAGE sql AS 'SELECT lower(r.title)';
CREATE FUNCTION own.capital(r public.recipes) RETURNS text LANGUAGE sql AS 'SELECT initcap(r.title)';
CREATE FUNCTION own.capital_text(t text) RETURNS text LANGUAGE sql AS 'SELECT initcap(t)';
CREATE FUNCTION own.title_of(r public.recipes) RETURNS text LANGUAGE sql AS 'SELECT r.seo_title';
CREATE FUNCTION public.headline(public.recipes) RETURNS text LANGUAGE sql STABLE AS $$ SELECT $1.title || ' (' || $1.id || ')' $$;
CREATE FUNCTION own.helper() RETURNS text LANGUAGE sql AS $$ SELECT 'good' $$;
CREATE FUNCTION own3.helper() RETURNS text LANGUAGE sql AS $$ SELECT own.evil() $$;
CREATE FUNCTION own.by_path() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN helper(); END $$;
CREATE FUNCTION own3.shorten(varchar) RETURNS text LANGUAGE sql AS $$ SELECT own.evil() $$;
CREATE FUNCTION own.shorten(text) RETURNS text LANGUAGE sql AS $$ SELECT left($1, 3) $$;
CREATE FUNCTION own.pick(int) RETURNS text LANGUAGE sql AS $$ SELECT 'int' $$;
CREATE FUNCTION own.pick(bigint) RETURNS text LANGUAGE sql AS $$ SELECT own.evil() $$;
CREATE FUNCTION own.pick(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS $$ SELECT own.evil() $$;

-- ------------------------------------------------------------------ PL/pgSQL that only reads
CREATE FUNCTION own.summary(uid bigint, OUT recipes bigint, OUT latest timestamptz) LANGUAGE plpgsql AS $$
BEGIN
  SELECT count(*), max(r.created_at) INTO recipes, latest FROM public.recipes r WHERE r.user_id = uid;
END $$;
CREATE FUNCTION own.top(n int) RETURNS TABLE (recipe bigint, stars numeric) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT v.recipe_id, avg(v.stars) FROM public.reviews v GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT n;
END $$;
CREATE FUNCTION own.walk() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  r record; u public.users%ROWTYPE; mail public.users.email%TYPE; n int NOT NULL := 0; a int[] := ARRAY[1, 2, 3]; cur CURSOR (least int) FOR SELECT id FROM public.tags WHERE id > least; t public.nutrition;
BEGIN
  FOR r IN SELECT id, name FROM public.tags ORDER BY id LIMIT 3 LOOP
    CONTINUE WHEN r.id = 2;
    n := n + 1;
    r.name := upper(r.name);
    RETURN NEXT r.name || n;
  END LOOP;
  SELECT * INTO STRICT u FROM public.users WHERE id = 1;
  mail := u.email;
  FOREACH n IN ARRAY a LOOP a[n] := n * 2; EXIT WHEN n > 2; END LOOP;
  FOR i IN REVERSE 3..1 BY 1 LOOP n := n + i; END LOOP;
  WHILE n > 100 LOOP n := n - 1; END LOOP;
  t.kcal := 3;
  OPEN cur(2); FETCH NEXT FROM cur INTO n; MOVE RELATIVE 1 FROM cur; CLOSE cur;
  FOR r IN cur(1) LOOP n := r.id; END LOOP;
  CASE n WHEN 1, 2 THEN n := 3; ELSE n := 4; END CASE;
  CASE WHEN n > 2 THEN NULL; END CASE;
  <<inner_block>>
  DECLARE k int := 1; m int := 5;
  BEGIN
    k := inner_block.m / 0;
  EXCEPTION WHEN division_by_zero OR SQLSTATE '22012' THEN RAISE NOTICE 'no: %', SQLERRM USING HINT = 'k';
    WHEN OTHERS THEN GET STACKED DIAGNOSTICS mail = MESSAGE_TEXT;
  END;
  PERFORM 1 FROM public.tags WHERE id = n;
  IF NOT FOUND THEN RETURN NEXT 'none'; ELSIF n > 3 THEN NULL; ELSE RETURN NEXT mail; END IF;
  EXECUTE 'SELECT count(*) FROM public.tags WHERE id < $1' INTO n USING n + 1;
  ASSERT n >= 0, 'n is ' || n;
  RETURN;
END $$;

-- ------------------------------------------------------------------ PL/pgSQL that hides its effect in every kind of statement
CREATE FUNCTION own.p_default() RETURNS int LANGUAGE plpgsql AS $$ DECLARE t text := own.evil(); BEGIN RETURN 1; END $$;
CREATE FUNCTION own.p_nested_default() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DECLARE t text DEFAULT own.evil(); BEGIN NULL; END; RETURN 1; END $$;
CREATE FUNCTION own.p_if() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF false THEN NULL; ELSIF own.evil() = 'x' THEN NULL; END IF; RETURN 1; END $$;
CREATE FUNCTION own.p_case() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CASE own.evil() WHEN 'y' THEN NULL; ELSE NULL; END CASE; RETURN 1; END $$;
CREATE FUNCTION own.p_case_when() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CASE 'a' WHEN own.evil() THEN NULL; ELSE NULL; END CASE; RETURN 1; END $$;
CREATE FUNCTION own.p_for() RETURNS int LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..length(own.evil()) LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.p_for_query() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FOR r IN SELECT own.evil() LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.p_foreach() RETURNS int LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY[own.evil()] LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.p_while() RETURNS int LANGUAGE plpgsql AS $$ BEGIN WHILE own.evil() = 'y' LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.p_exit() RETURNS int LANGUAGE plpgsql AS $$ BEGIN LOOP EXIT WHEN own.evil() = 'x'; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.p_raise() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', own.evil(); RETURN 1; END $$;
CREATE FUNCTION own.p_raise_using() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'x' USING HINT = own.evil(); RETURN 1; END $$;
CREATE FUNCTION own.p_assert() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ASSERT own.evil() = 'x'; RETURN 1; END $$;
CREATE FUNCTION own.p_subscript() RETURNS int LANGUAGE plpgsql AS $$ DECLARE a int[]; BEGIN a[length(own.evil())] := 1; RETURN 1; END $$;
CREATE FUNCTION own.p_cursor() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR FOR SELECT own.evil(); t text; BEGIN OPEN c; FETCH c INTO t; RETURN 1; END $$;
CREATE FUNCTION own.p_cursor_argument() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR (k text) FOR SELECT k; t text; BEGIN OPEN c(k := own.evil()); FETCH c INTO t; RETURN 1; END $$;
CREATE FUNCTION own.p_fetch() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c refcursor; t text; BEGIN OPEN c FOR SELECT 'a'; FETCH ABSOLUTE length(own.evil()) FROM c INTO t; RETURN 1; END $$;
CREATE FUNCTION own.p_return_query() RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT own.evil(); END $$;
CREATE FUNCTION own.p_return_next() RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT own.evil(); END $$;
CREATE FUNCTION own.p_using() RETURNS int LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN EXECUTE 'SELECT $1' INTO t USING own.evil(); RETURN 1; END $$;
CREATE FUNCTION own.p_execute() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SELECT own.' || 'evil()'; RETURN 1; END $$;
CREATE FUNCTION own.xml_rows(path text, document xml) RETURNS SETOF text LANGUAGE sql AS $$ SELECT x.a FROM XMLTABLE(path PASSING document COLUMNS a text PATH '.') x $$;
CREATE FUNCTION own.p_execute_from() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SELECT 1' FROM own.evil(); RETURN 1; END $$;
CREATE FUNCTION own.p_execute_where() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'SELECT 1' WHERE own.evil() = 'x' LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.p_execute_literal() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SELECT own.evil()'; RETURN 1; END $$;
CREATE FUNCTION own.p_execute_format() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('SELECT own.%I()', 'evil'); RETURN 1; END $$;
CREATE FUNCTION own.p_for_execute() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; q text := 'SELECT own.evil()'; BEGIN FOR r IN EXECUTE q LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.p_query_execute() RETURNS SETOF text LANGUAGE plpgsql AS $$ DECLARE q text := 'SELECT own.evil()'; BEGIN RETURN QUERY EXECUTE q; END $$;
CREATE FUNCTION own.p_open_execute() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c refcursor; t text; q text := 'SELECT own.evil()'; BEGIN OPEN c FOR EXECUTE q; FETCH c INTO t; RETURN 1; END $$;
CREATE FUNCTION own.p_handler() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 / 0; EXCEPTION WHEN division_by_zero THEN PERFORM own.evil(); RETURN 1; END $$;
CREATE FUNCTION own.p_swallow_state() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 1; EXCEPTION WHEN SQLSTATE '57014' THEN RETURN 2; END $$;
CREATE FUNCTION own.p_swallow_class() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 1; EXCEPTION WHEN operator_intervention THEN RETURN 2; END $$;
CREATE FUNCTION own.p_swallow_split() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 1; EXCEPTION WHEN SQLSTATE '5'
'7014' THEN RETURN 2; END $$;
CREATE FUNCTION own.p_call() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CALL trap.do_write(); RETURN 1; END $$;
CREATE FUNCTION own.p_insert() RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO trap.hits (recipe_id) VALUES (1); RETURN 1; END $$;
CREATE FUNCTION own.p_into() RETURNS int LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN UPDATE public.tags SET name = name WHERE id = 1 RETURNING id INTO n; RETURN 1; END $$;
CREATE FUNCTION own.p_domain() RETURNS int LANGUAGE plpgsql AS $$ DECLARE b trap.boom := 'x'; BEGIN RETURN 1; END $$;
CREATE FUNCTION own.p_set() RETURNS int LANGUAGE plpgsql AS $$ BEGIN SET LOCAL statement_timeout = 0; RETURN 1; END $$;
CREATE FUNCTION own.p_shadowed() RETURNS text LANGUAGE plpgsql AS $$ DECLARE t public.recipes.title%TYPE := 'a'; BEGIN RETURN initcap(t); END $$;
CREATE FUNCTION own.p_comment() RETURNS int LANGUAGE plpgsql AS $$ BEGIN /* ; */ -- RETURN 2;
  RETURN length(own.evil()); END $$;

-- ------------------------------------------------------------------ operators, casts, aggregates
CREATE FUNCTION own.alike(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT lower($1) = lower($2)';
CREATE FUNCTION own.unlike_evil(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN lower($1) <> lower($2); END $$;
CREATE OPERATOR own.=~= (leftarg = text, rightarg = text, function = own.alike);
CREATE FUNCTION own.alike_called(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower($1) = lower($2); END $$;
CREATE OPERATOR own.<~> (leftarg = text, rightarg = text, function = own.alike_called, negator = OPERATOR(own.!~>));
CREATE OPERATOR own.!~> (leftarg = text, rightarg = text, function = own.unlike_evil, negator = OPERATOR(own.<~>));
CREATE FUNCTION own.shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper($1) || '!' $$;
CREATE OPERATOR own.!!! (rightarg = text, function = own.shout);
CREATE OPERATOR own.??? (rightarg = text, function = own.evil);
CREATE FUNCTION own.eq_evil(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN PERFORM own.evil(); RETURN $1::text = $2::text; END $$;
CREATE OPERATOR own2.= (leftarg = varchar, rightarg = varchar, function = own.eq_evil);
CREATE OPERATOR own2.>= (leftarg = varchar, rightarg = varchar, function = own.eq_evil);
CREATE TYPE own.grade AS ENUM ('a', 'b');
CREATE TYPE own.mood AS ENUM ('good', 'bad');
CREATE FUNCTION own.grade_to_mood(own.grade) RETURNS own.mood LANGUAGE plpgsql AS $$ BEGIN PERFORM own.evil(); RETURN 'good'; END $$;
CREATE CAST (own.grade AS own.mood) WITH FUNCTION own.grade_to_mood(own.grade) AS IMPLICIT;
CREATE FUNCTION own.likes(own.mood) RETURNS text LANGUAGE sql AS 'SELECT $1::text';
CREATE CAST (public.difficulty AS own.grade) WITH INOUT AS ASSIGNMENT;
CREATE FUNCTION own.mood_to_int(own.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT CASE $1 WHEN 'good' THEN 1 ELSE 0 END $$;
CREATE CAST (own.mood AS integer) WITH FUNCTION own.mood_to_int(own.mood);
CREATE FUNCTION own.join_words(text, text) RETURNS text LANGUAGE sql AS $$ SELECT coalesce($1 || ' ', '') || $2 $$;
CREATE FUNCTION own.final_evil(bigint) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN PERFORM own.evil(); RETURN $1; END $$;
CREATE AGGREGATE own.words(text) (sfunc = own.join_words, stype = text);
CREATE AGGREGATE own.evil_sum(bigint) (sfunc = int8pl, stype = bigint, initcond = '0', finalfunc = own.final_evil);
CREATE AGGREGATE own.evil_window(bigint) (sfunc = int8pl, stype = bigint, initcond = '0', msfunc = int8pl, minvfunc = int8mi, mstype = bigint, minitcond = '0', mfinalfunc = own.final_evil);

-- ------------------------------------------------------------------ types
CREATE DOMAIN own.email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN own.work_email AS own.email CHECK (VALUE NOT LIKE '%@home.example');
CREATE DOMAIN own.deep AS own.email CHECK (own.evil(VALUE) IS NOT NULL);
CREATE DOMAIN own.booms AS trap.boom[];
CREATE TYPE own.letter AS (sender own.email, body text);
CREATE TYPE own.bomb AS (label text, fuse trap.boom);
CREATE TYPE own.bombs AS (many own.bomb[]);
CREATE TYPE own.price_range AS RANGE (subtype = numeric);
CREATE TABLE own.letters (id int PRIMARY KEY, sender own.email, header own.letter, prices own.price_range, grade own.grade DEFAULT 'a');
INSERT INTO own.letters VALUES (1, 'a@b.example', ROW('a@b.example', 'hi'), '[1,2)', 'a');
CREATE TABLE own.boxes (id int PRIMARY KEY, v trap.boom, vs trap.boom[], b own.bomb);
ALTER DOMAIN trap.boom DROP CONSTRAINT boom_check;
INSERT INTO own.boxes VALUES (1, 'a', ARRAY['a']::trap.boom[], ROW('l', 'f'));
ALTER DOMAIN trap.boom ADD CONSTRAINT boom_check CHECK (trap.side_effect(VALUE)) NOT VALID;

-- ------------------------------------------------------------------ relations
CREATE VIEW own.titles AS SELECT id, lower(title) AS title FROM public.recipes;
CREATE VIEW own.titles_of_titles AS SELECT upper(title) AS title FROM own.titles;
CREATE VIEW own.hidden AS SELECT id FROM public.recipes WHERE (SELECT ok FROM public.recipe_page p LIMIT 1);
CREATE VIEW own.credentials AS SELECT rolname, rolpassword FROM pg_authid;
CREATE VIEW own.locked AS SELECT id FROM public.tags FOR UPDATE;
CREATE VIEW own.activity AS SELECT pid, state FROM pg_stat_activity;
CREATE VIEW own.cast_evil AS SELECT 'good'::own.mood = grade::own.mood AS same FROM own.letters;
CREATE VIEW own.domain_evil AS SELECT name::trap.boom AS v FROM public.tags;
CREATE VIEW own.records AS SELECT * FROM json_to_recordset('[{"v":"x"}]') AS t(v trap.boom);
CREATE VIEW own.sorted AS SELECT t.name, row_number() OVER (PARTITION BY t.parent_id ORDER BY t.id RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS n FROM public.tags t UNION SELECT 'a', 1;
CREATE VIEW "own"."[odd] :names" AS SELECT 1 AS "[", own.evil() AS ":funcid 1", 2 AS "]";
CREATE MATERIALIZED VIEW own.kept AS SELECT own.evil() AS t WITH NO DATA;
CREATE TABLE own.notes (id int, owner_id int, body text);
INSERT INTO own.notes VALUES (1, 1, 'a'), (2, 2, 'b');
ALTER TABLE own.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY notes_read ON own.notes FOR SELECT USING (owner_id < 2);
CREATE POLICY notes_write ON own.notes FOR INSERT WITH CHECK (own.evil() IS NOT NULL);
CREATE TABLE own.tenants (id int, tenant text);
ALTER TABLE own.tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenants_all ON own.tenants USING (tenant = own.step1());
CREATE TABLE own.measures (at date, v int) PARTITION BY RANGE (at);
CREATE TABLE own.measures_new PARTITION OF own.measures FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE FOREIGN TABLE own.measures_old PARTITION OF own.measures FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') SERVER files OPTIONS (filename '/etc/hostname', format 'text');
CREATE TABLE own.archive (line text);
CREATE FOREIGN TABLE own.archive_file () INHERITS (own.archive) SERVER files OPTIONS (filename '/etc/hostname', format 'text');
CREATE TABLE own.indexed (id int, name text);
CREATE INDEX ON own.indexed (public.slugify(name));
CREATE TABLE own.planned (id int, name text);
INSERT INTO own.planned SELECT i, 'n' || i FROM generate_series(1, 1000) i;
CREATE INDEX ON own.planned ((own.evil('x') || name));
CREATE TABLE own.guarded (id int, name text);
CREATE INDEX ON own.guarded (own.evil(name));
CREATE VIEW own.written AS SELECT id, name FROM public.tags;
CREATE RULE written_insert AS ON INSERT TO own.written DO INSTEAD SELECT own.evil();
CREATE FUNCTION own3.title(public.recipes) RETURNS text LANGUAGE sql AS 'SELECT own.evil()';
CREATE VIEW own3.tags AS SELECT own.evil() AS name;
GRANT SELECT ON ALL TABLES IN SCHEMA own, own2, own3 TO safe_reader;
ANALYZE own.planned;

-- ------------------------------------------------------------------ overloads, all harmless: what a call means is compared with what the server makes of it
CREATE SCHEMA own_types;
CREATE SCHEMA own_first;
CREATE TABLE own.types (c_int2 int2, c_int4 int4, c_int8 int8, c_num numeric(8,2), c_f4 float4, c_f8 float8, c_text text, c_vc varchar(20), c_bpc char(3), c_name name, c_qchar "char", c_bool bool, c_date date, c_ts timestamp, c_tstz timestamptz, c_time time, c_timetz timetz, c_iv interval,
 c_json json, c_jsonb jsonb, c_uuid uuid, c_inet inet, c_cidr cidr, c_bytea bytea, c_oid oid, c_regclass regclass, c_xml xml, c_ti int[], c_ta text[], c_va varchar[], c_enum public.difficulty, c_earr public.difficulty[], c_dom positive_int, c_domt own.email, c_rating rating, c_comp nutrition, c_i4r int4range, c_dr daterange, c_mr int4multirange, c_tsv tsvector, c_tsq tsquery, c_cit citext, c_hs hstore, c_lt ltree, c_bit bit(3), c_vbit varbit, c_money money, c_pt point, c_box box, c_mac macaddr, c_cube cube, c_lq lquery, c_xid xid, c_tid tid, c_lsn pg_lsn);
CREATE FUNCTION own_types.f1(int) RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION own_types.f1(bigint) RETURNS bigint LANGUAGE sql AS 'select 1::bigint';
CREATE FUNCTION own_types.f1(numeric) RETURNS numeric LANGUAGE sql AS 'select 1::numeric';
CREATE FUNCTION own_types.f2(text) RETURNS text LANGUAGE sql AS 'select $1';
CREATE FUNCTION own_types.f2(varchar) RETURNS varchar LANGUAGE sql AS 'select $1';
CREATE FUNCTION own_types.f2(name) RETURNS name LANGUAGE sql AS 'select $1';
CREATE FUNCTION own_types.f3(anyelement) RETURNS anyelement LANGUAGE sql AS 'select $1';
CREATE FUNCTION own_types.f3(text) RETURNS text LANGUAGE sql AS 'select $1';
CREATE FUNCTION own_types.f4(anyarray) RETURNS anyelement LANGUAGE sql AS 'select $1[1]';
CREATE FUNCTION own_types.f4(int, variadic int[]) RETURNS int LANGUAGE sql AS 'select $1';
CREATE FUNCTION own_types.f4(text default 'a', int default 3) RETURNS int LANGUAGE sql AS 'select $2';
CREATE FUNCTION own_types.f5(a int, b text default 'x') RETURNS text LANGUAGE sql AS 'select $2';
CREATE FUNCTION own_types.f5(a bigint, c int default 1) RETURNS int LANGUAGE sql AS 'select 2';
CREATE FUNCTION own_types.f5(variadic a text[]) RETURNS int LANGUAGE sql AS 'select 3';
CREATE FUNCTION own_types.f6(anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql AS 'select $1';
CREATE FUNCTION own_types.f6(int, text) RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION own_types.f6(text, text) RETURNS text LANGUAGE sql AS 'select $1';
CREATE FUNCTION own_types.f7(own.types) RETURNS varchar LANGUAGE sql AS 'select $1.c_vc';
CREATE FUNCTION own_types.f7(record) RETURNS text LANGUAGE plpgsql AS $$ begin return 'x'; end $$;
CREATE FUNCTION own_types.f8(timestamptz) RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION own_types.f8(date) RETURNS int LANGUAGE sql AS 'select 2';
CREATE FUNCTION own_types.f8(timestamp) RETURNS int LANGUAGE sql AS 'select 2';
CREATE FUNCTION own_types.f9(float8) RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION own_types.f9(money) RETURNS int LANGUAGE sql AS 'select 2';
CREATE FUNCTION own_types.f9(int2) RETURNS int LANGUAGE sql AS 'select 2';
CREATE FUNCTION own_types.g1(a int, out x int, out y varchar) LANGUAGE sql AS 'select 1, ''a''::varchar';
CREATE FUNCTION own_types.g2() RETURNS table(k text, v varchar) LANGUAGE sql AS 'select ''a'', ''b''::varchar';
CREATE FUNCTION own_types.g3(int) RETURNS setof varchar LANGUAGE sql AS 'select ''z''::varchar';
CREATE FUNCTION own_first.f2(text) RETURNS int LANGUAGE sql AS 'select 7';
CREATE FUNCTION own_first.lower(varchar) RETURNS int LANGUAGE sql AS 'select 7';
CREATE FUNCTION own_first.upper(text) RETURNS int LANGUAGE sql AS 'select 7';
CREATE FUNCTION own_first.length(text, int default 3) RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION own_first.abs(int) RETURNS int LANGUAGE sql AS 'select 1'; 
CREATE FUNCTION own_types.opf(int4, int4) RETURNS bool LANGUAGE sql AS 'select true';
CREATE FUNCTION own_types.opf(varchar, varchar) RETURNS bool LANGUAGE sql AS 'select true';
CREATE FUNCTION own_types.opf(anyarray, anyarray) RETURNS bool LANGUAGE sql AS 'select true';
CREATE FUNCTION own_types.opf(positive_int, positive_int) RETURNS bool LANGUAGE sql AS 'select true';
CREATE FUNCTION own_types.opf(text, int4) RETURNS bool LANGUAGE sql AS 'select true';
CREATE FUNCTION own_types.opf(own.types, own.types) RETURNS bool LANGUAGE sql AS 'select true';
CREATE OPERATOR own_types.= (leftarg = varchar, rightarg = varchar, function = own_types.opf);
CREATE OPERATOR own_types.< (leftarg = positive_int, rightarg = positive_int, function = own_types.opf);
CREATE OPERATOR own_first.= (leftarg = text, rightarg = int4, function = own_types.opf);
CREATE OPERATOR own_first.= (leftarg = int4, rightarg = int4, function = own_types.opf);
CREATE OPERATOR own_first.<> (leftarg = anyarray, rightarg = anyarray, function = own_types.opf);
CREATE OPERATOR own_types.<= (leftarg = varchar, rightarg = varchar, function = own_types.opf);
CREATE OPERATOR own_types.=== (leftarg = text, rightarg = int4, function = own_types.opf);
CREATE OPERATOR own_types.=== (leftarg = int4, rightarg = int4, function = own_types.opf);
CREATE OPERATOR own_types.~~ (leftarg = varchar, rightarg = varchar, function = own_types.opf);
CREATE OPERATOR own_first.~~* (leftarg = varchar, rightarg = varchar, function = own_types.opf);
CREATE OPERATOR own_types.= (leftarg = own.types, rightarg = own.types, function = own_types.opf);

-- ------------------------------------------------------------------ a range whose bounds are compared by a function with an effect
CREATE FUNCTION own.evil_compare(macaddr8, macaddr8) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN macaddr8_cmp($1, $2); END $$;
CREATE OPERATOR CLASS own.evil_ops FOR TYPE macaddr8 USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 own.evil_compare(macaddr8, macaddr8);
CREATE TYPE own.evil_range AS RANGE (SUBTYPE = macaddr8, SUBTYPE_OPCLASS = own.evil_ops, MULTIRANGE_TYPE_NAME = own.evil_ranges);

-- ------------------------------------------------------------------ passwords behind views
CREATE VIEW own.mapping_options AS SELECT * FROM information_schema.user_mapping_options;
CREATE VIEW own.mapping_rows AS SELECT * FROM information_schema._pg_user_mappings;
CREATE VIEW own.toasted AS SELECT chunk_data AS v FROM pg_toast.pg_toast_2619;
CREATE VIEW own.mappings AS SELECT foreign_server_name FROM information_schema.user_mappings;

-- ------------------------------------------------------------------ what planning a write runs: casts of assignments, defaults of domains
CREATE TYPE own.coded AS (code text);
CREATE FUNCTION own.to_coded(bit) RETURNS own.coded LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN ROW($1::text)::own.coded; END $$;
CREATE CAST (bit AS own.coded) WITH FUNCTION own.to_coded(bit) AS ASSIGNMENT;
CREATE TYPE own.coded_pair AS (n int, c own.coded);
CREATE TABLE own.coded_rows (id int PRIMARY KEY, c own.coded, a own.coded[], p own.coded_pair, ps own.coded_pair[], note text);
CREATE TABLE own.coded_parent (id int);
CREATE TABLE own.coded_child (extra own.coded) INHERITS (own.coded_parent);
CREATE FUNCTION own.evil_number() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN 1; END $$;
CREATE DOMAIN own.defaulted AS int DEFAULT own.evil_number();
CREATE DOMAIN own.numbered AS int DEFAULT 7;
CREATE TABLE own.defaulted_rows (id int, d own.defaulted);
CREATE TABLE own.numbered_rows (id int, d own.numbered);

-- ------------------------------------------------------------------ a schema whose functions take the calls that bodies of an extension make
CREATE SCHEMA own4;
GRANT USAGE ON SCHEMA own4 TO PUBLIC;
CREATE FUNCTION own4.earth() RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN 6378168; END $$;
CREATE SCHEMA own5;
GRANT USAGE ON SCHEMA own5 TO PUBLIC;
CREATE FUNCTION own5.earth() RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1::float8';   -- harmless there
-- ------------------------------------------------------------------ values of a type that no text names: literals beside a column, polymorphic functions, fields of records
CREATE TABLE own.moods (id int, mood own.mood);
INSERT INTO own.moods VALUES (1, 'good');
CREATE FUNCTION own.unifies() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT coalesce(b, '(l,f)') IS NULL FROM own.boxes LIMIT 1); END $$;
CREATE FUNCTION own.any_one(anyelement) RETURNS anyelement LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
CREATE FUNCTION own.any_mood(anyelement) RETURNS anyelement LANGUAGE plpgsql AS $$ BEGIN RETURN 'a'::own.grade; END $$;
CREATE FUNCTION own.any_sql(anyelement) RETURNS anyelement LANGUAGE sql AS $$ SELECT 'x'::text $$;
CREATE FUNCTION own.any_out(a anyelement, OUT b anyelement) LANGUAGE plpgsql AS $$ BEGIN b := 'x'; END $$;
CREATE FUNCTION own.any_array(anyelement) RETURNS anyarray LANGUAGE plpgsql AS $$ BEGIN RETURN '{x}'; END $$;
CREATE FUNCTION own.any_set(anyelement) RETURNS SETOF anyelement LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT 'x'; END $$;
CREATE FUNCTION own.any_table(anyelement) RETURNS TABLE (x anyelement) LANGUAGE plpgsql AS $$ BEGIN x := 'x'; RETURN NEXT; END $$;
CREATE FUNCTION own.any_of(anyarray) RETURNS anyelement LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
CREATE FUNCTION own.any_json(anyelement) RETURNS anyelement LANGUAGE sql AS $$ SELECT json_populate_record($1, '{"v":"x"}') $$;
CREATE FUNCTION own.any_step(anyelement, anyelement) RETURNS anyelement LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
CREATE AGGREGATE own.any_agg(anyelement) (sfunc = own.any_step, stype = anyelement);
CREATE OPERATOR own.~!~ (leftarg = anyelement, rightarg = anyelement, function = own.any_step);
CREATE FUNCTION own.same(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION own.same_twice(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT own.same($1)';
CREATE VIEW own.any_view AS SELECT own.any_one(v) AS v FROM own.boxes;
CREATE VIEW own.any_agg_view AS SELECT own.any_agg(v) IS NULL AS v FROM own.boxes;
CREATE VIEW own.any_json_view AS SELECT own.any_json(q) IS NULL AS v FROM (SELECT id, v FROM own.boxes) q;
CREATE VIEW own.any_names AS SELECT own.any_one(name) AS name, own.any_agg(name) OVER () AS last FROM public.tags;
CREATE FUNCTION own.record_field() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.boxes; r.v := 'y'; RETURN 1; END $$;
CREATE FUNCTION own.record_cast() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.moods; r.mood := 'a'::own.grade; RETURN 1; END $$;
CREATE FUNCTION own.record_element() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.boxes; r.vs[1] := 'y'; RETURN 1; END $$;
CREATE FUNCTION own.record_into() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.boxes; SELECT 'y' INTO r.v; RETURN 1; END $$;
CREATE FUNCTION own.record_execute() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; n int; BEGIN SELECT * INTO r FROM own.boxes; EXECUTE 'SELECT 1, 2' INTO n, r.v; RETURN 1; END $$;
CREATE FUNCTION own.record_foreach() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.boxes; FOREACH r.v IN ARRAY ARRAY['x'] LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.record_loop() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; n int; BEGIN SELECT * INTO r FROM own.boxes; FOR n, r.v IN SELECT 1, 'x' LOOP NULL; END LOOP; RETURN 1; END $$;
CREATE FUNCTION own.record_diagnostics() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.boxes; GET DIAGNOSTICS r.v = ROW_COUNT; RETURN 1; END $$;
CREATE FUNCTION own.record_labelled() RETURNS int LANGUAGE plpgsql AS $$ <<b>> DECLARE r record; BEGIN SELECT * INTO r FROM own.boxes; b.r.v := 'y'; RETURN 1; END $$;
CREATE FUNCTION own.record_argument(r record) RETURNS int LANGUAGE plpgsql AS $$ BEGIN r.v := 'y'; RETURN 1; END $$;
CREATE FUNCTION own.record_compared() RETURNS boolean LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.boxes; RETURN r.vs = '{y}'; END $$;
CREATE FUNCTION own.gives_record() RETURNS record LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.boxes; RETURN r; END $$;
CREATE FUNCTION own.record_given() RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN r := own.gives_record(); r.v := 'y'; RETURN 1; END $$;
CREATE FUNCTION own.record_fetched(c refcursor) RETURNS int LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FETCH c INTO r; r.v := 'y'; RETURN 1; END $$;
CREATE FUNCTION own.twice_declared() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int; BEGIN DECLARE x own.mood; BEGIN x := 'a'::own.grade; END; RETURN 1; END $$;
CREATE FUNCTION own.record_titles() RETURNS text LANGUAGE plpgsql AS $$
DECLARE r record; n int; t text := '';
BEGIN
  FOR r IN SELECT id, title, status FROM public.recipes ORDER BY id LIMIT 3 LOOP
    r.title := upper(r.title);
    CONTINUE WHEN r.title = '';
    SELECT r.title || '', r.id INTO r.title, n;
    t := t || r.title;
  END LOOP;
  RETURN t;
END $$;
CREATE FUNCTION own.record_cursor() RETURNS int LANGUAGE plpgsql AS $$ DECLARE c CURSOR FOR SELECT id, name FROM public.tags; r record; BEGIN OPEN c; FETCH c INTO r; r.id := 2; CLOSE c; RETURN r.id; END $$;
CREATE FUNCTION own.two() RETURNS SETOF record LANGUAGE sql AS $$ SELECT 'a'::own.grade, 2 $$;
CREATE VIEW own.two_moods AS SELECT n FROM own.two() AS t(m own.mood, n int);

-- ------------------------------------------------------------------ casts into json, which functions that show values as JSON apply by themselves
CREATE TYPE own.flavour AS ENUM ('sweet', 'sour');
CREATE FUNCTION own.flavour_json(own.flavour) RETURNS json LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN '1'; END $$;
CREATE CAST (own.flavour AS json) WITH FUNCTION own.flavour_json(own.flavour);
CREATE DOMAIN own.flavour_domain AS own.flavour;
CREATE TYPE own.flavoured AS (n int, f own.flavour_domain);
CREATE TABLE own.flavours (id int, f own.flavour, fs own.flavour[], c own.flavoured);
INSERT INTO own.flavours VALUES (1, 'sweet', '{sour}', ROW(1, 'sweet'));
CREATE AGGREGATE own.as_json(anyelement) (sfunc = json_agg_transfn, stype = internal, finalfunc = json_agg_finalfn);
CREATE VIEW own.flavour_json_view AS SELECT row_to_json(t) AS j FROM own.flavours t;
CREATE VIEW own.flavour_agg_view AS SELECT own.as_json(f) AS j FROM own.flavours;
CREATE FUNCTION own.flavour_atomic() RETURNS json LANGUAGE sql RETURN to_json('sour'::own.flavour);
CREATE FUNCTION own.any_to_json(anyelement) RETURNS json LANGUAGE sql AS 'SELECT to_json($1)';
CREATE FUNCTION own.record_to_json() RETURNS json LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT * INTO r FROM own.flavours; RETURN row_to_json(r); END $$;
CREATE TYPE own.plain_flavour AS ENUM ('sweet', 'sour');
CREATE FUNCTION own.plain_json(own.plain_flavour) RETURNS json LANGUAGE sql IMMUTABLE AS $$ SELECT ('"' || $1::text || '"')::json $$;
CREATE CAST (own.plain_flavour AS json) WITH FUNCTION own.plain_json(own.plain_flavour);

-- ------------------------------------------------------------------ operator classes that are nobody's default: what sorts, hashes or keeps an index by them
CREATE FUNCTION own.int_lt(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < $2';
CREATE FUNCTION own.int_le(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <= $2';
CREATE FUNCTION own.int_eq(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE FUNCTION own.int_ge(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 >= $2';
CREATE FUNCTION own.int_gt(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2';
CREATE OPERATOR own.<# (leftarg = int, rightarg = int, function = own.int_lt);
CREATE OPERATOR own.<=# (leftarg = int, rightarg = int, function = own.int_le);
CREATE OPERATOR own.=# (leftarg = int, rightarg = int, function = own.int_eq, merges, hashes);
CREATE OPERATOR own.>=# (leftarg = int, rightarg = int, function = own.int_ge);
CREATE OPERATOR own.># (leftarg = int, rightarg = int, function = own.int_gt);
CREATE FUNCTION own.evil_int_cmp(int, int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN btint4cmp($1, $2); END $$;
CREATE FUNCTION own.evil_int_hash(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN $1; END $$;
CREATE OPERATOR CLASS own.evil_int_ops FOR TYPE int4 USING btree AS OPERATOR 1 own.<#, OPERATOR 2 own.<=#, OPERATOR 3 own.=#, OPERATOR 4 own.>=#, OPERATOR 5 own.>#, FUNCTION 1 own.evil_int_cmp(int, int);
CREATE OPERATOR CLASS own.evil_int_hash_ops FOR TYPE int4 USING hash AS OPERATOR 1 own.=#, FUNCTION 1 own.evil_int_hash(int);
CREATE OPERATOR own.<& (leftarg = int, rightarg = int, function = own.int_lt);
CREATE OPERATOR own.<=& (leftarg = int, rightarg = int, function = own.int_le);
CREATE OPERATOR own.=& (leftarg = int, rightarg = int, function = own.int_eq, merges, hashes);
CREATE OPERATOR own.>=& (leftarg = int, rightarg = int, function = own.int_ge);
CREATE OPERATOR own.>& (leftarg = int, rightarg = int, function = own.int_gt);
CREATE FUNCTION own.plain_int_cmp(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE OPERATOR CLASS own.plain_int_ops FOR TYPE int4 USING btree AS OPERATOR 1 own.<&, OPERATOR 2 own.<=&, OPERATOR 3 own.=&, OPERATOR 4 own.>=&, OPERATOR 5 own.>&, FUNCTION 1 own.plain_int_cmp(int, int);
CREATE FUNCTION own.evil_text_cmp(text, text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN bttextcmp($1, $2); END $$;
CREATE OPERATOR CLASS own.evil_text_ops FOR TYPE text USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 own.evil_text_cmp(text, text);
CREATE TABLE own.class_indexed (v varchar(20), n int);
INSERT INTO own.class_indexed SELECT 'v' || i, i FROM generate_series(1, 2000) i;
CREATE INDEX ON own.class_indexed (v own.evil_text_ops);
CREATE TABLE own.class_expression (n int);
INSERT INTO own.class_expression SELECT i FROM generate_series(1, 2000) i;
CREATE INDEX ON own.class_expression ((n::text) own.evil_text_ops);
ANALYZE own.class_indexed, own.class_expression;
CREATE VIEW own.sorted_using AS SELECT n FROM generate_series(1, 3) n ORDER BY n USING OPERATOR(own.<#);
CREATE FUNCTION own.sorts_using() RETURNS SETOF int LANGUAGE sql AS 'SELECT n FROM generate_series(1, 3) n ORDER BY n USING OPERATOR(own.<#)';

-- ------------------------------------------------------------------ ranges of the application: canonical functions, distances
CREATE TYPE own.span;
CREATE FUNCTION own.span_canonical(own.span) RETURNS own.span LANGUAGE internal IMMUTABLE STRICT AS 'int8range_canonical';
CREATE TYPE own.span AS RANGE (SUBTYPE = int8, CANONICAL = own.span_canonical, MULTIRANGE_TYPE_NAME = own.spans);
CREATE OR REPLACE FUNCTION own.span_canonical(own.span) RETURNS own.span LANGUAGE plpgsql IMMUTABLE STRICT AS $$ BEGIN RETURN $1; END $$;
CREATE TABLE own.span_rows (r own.span, m own.spans);
INSERT INTO own.span_rows VALUES ('[1,5]', '{[1,5]}');
CREATE OR REPLACE FUNCTION own.span_canonical(own.span) RETURNS own.span LANGUAGE plpgsql IMMUTABLE STRICT AS $$ BEGIN PERFORM own.evil(); RETURN $1; END $$;
CREATE FUNCTION own.minutes_apart(time, time) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT AS 'SELECT extract(epoch FROM $1 - $2) / 60';
CREATE TYPE own.opening AS RANGE (SUBTYPE = time, SUBTYPE_DIFF = own.minutes_apart);
CREATE TABLE own.openings (id int, hours own.opening);
INSERT INTO own.openings VALUES (1, '[09:00,17:00)');

-- ------------------------------------------------------------------ cursors that are fetched from under another path than they were opened under
CREATE SCHEMA own6;
CREATE SCHEMA own7;
GRANT USAGE ON SCHEMA own6, own7 TO PUBLIC;
CREATE FUNCTION own6.guide() RETURNS text LANGUAGE sql AS $$ SELECT 'good' $$;
CREATE FUNCTION own7.guide() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own6.guided() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN guide(); END $$;
CREATE FUNCTION own.fetch_given(c refcursor) RETURNS text LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN FETCH c INTO t; RETURN t; END $$;
CREATE FUNCTION own.move_given(c refcursor) RETURNS int LANGUAGE plpgsql AS $$ BEGIN MOVE c; RETURN 1; END $$;
CREATE FUNCTION own.fetch_in_path(c refcursor) RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$ DECLARE t text; BEGIN FETCH c INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_namesake() RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$ DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.open_in_path() RETURNS refcursor LANGUAGE plpgsql SET search_path = own6 AS $$ DECLARE c refcursor := 'opened'; BEGIN OPEN c FOR SELECT guided(); RETURN c; END $$;
CREATE FUNCTION own.open_guided() RETURNS refcursor LANGUAGE plpgsql AS $$ DECLARE c refcursor := 'opened'; BEGIN OPEN c FOR SELECT own6.guided(); RETURN c; END $$;
CREATE FUNCTION own.open_within() RETURNS refcursor LANGUAGE sql SET search_path = own6 AS 'SELECT own.open_guided()';
CREATE FUNCTION own.open_bound() RETURNS int LANGUAGE plpgsql SET search_path = own6 AS $$ DECLARE opened CURSOR FOR SELECT guided(); BEGIN OPEN opened; RETURN 1; END $$;
CREATE FUNCTION own.open_executed() RETURNS int LANGUAGE plpgsql SET search_path = own6 AS $$ DECLARE c refcursor := 'opened'; BEGIN OPEN c FOR EXECUTE 'SELECT guided()'; RETURN 1; END $$;
CREATE FUNCTION own.loop_in_path() RETURNS text LANGUAGE plpgsql SET search_path = own6 AS $$ DECLARE c CURSOR FOR SELECT guided() AS g; t text; BEGIN FOR r IN c LOOP t := r.g; END LOOP; RETURN t; END $$;
CREATE FUNCTION own.fetch_own() RETURNS text LANGUAGE plpgsql SET search_path = public AS $$ DECLARE c refcursor; t text; BEGIN OPEN c FOR SELECT name FROM tags; FETCH c INTO t; MOVE c; CLOSE c; RETURN t; END $$;
CREATE FUNCTION own.fetch_sometimes(opens boolean) RETURNS text LANGUAGE plpgsql AS $$ DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN IF opens THEN OPEN cur; END IF; FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_sometimes_in_path(opens boolean) RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$ DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN IF opens THEN OPEN cur; END IF; FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_after_failure() RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN BEGIN OPEN cur; EXCEPTION WHEN duplicate_cursor THEN NULL; END; FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_in_handler() RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN OPEN cur; RETURN t; EXCEPTION WHEN duplicate_cursor THEN FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_left_block(leaves boolean) RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN <<b>> BEGIN EXIT b WHEN leaves; OPEN cur; END; FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_before_open() RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN FETCH cur INTO t; RETURN t; OPEN cur; END $$;
CREATE FUNCTION own.fetch_case(n int) RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN CASE n WHEN 1 THEN OPEN cur; ELSE NULL; END CASE; FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_loop(n int) RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN FOR i IN 1..n LOOP OPEN cur; EXIT; END LOOP; FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_argument(cur refcursor) RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE t text; BEGIN FETCH cur INTO t; DECLARE cur refcursor; BEGIN OPEN cur FOR SELECT 1; CLOSE cur; END; RETURN t; END $$;
CREATE FUNCTION own.fetch_renamed() RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE c refcursor; other ALIAS FOR c; t text; BEGIN other := 'cur'; FETCH c INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_long() RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE a_name_that_is_longer_than_the_sixty_three_bytes_that_the_server_reads refcursor; t text;
BEGIN a_name_that_is_longer_than_the_sixty_three_bytes_that_the_server_knows := 'cur'; FETCH a_name_that_is_longer_than_the_sixty_three_bytes_that_the_server_reads INTO t; RETURN t; END $$;
CREATE FUNCTION own.long_names() RETURNS int LANGUAGE plpgsql AS $$
DECLARE a_name_that_is_longer_than_the_sixty_three_bytes_that_the_server_reads int := 1;
BEGIN a_name_that_is_longer_than_the_sixty_three_bytes_that_the_server_reads := 2; RETURN a_name_that_is_longer_than_the_sixty_three_bytes_that_the_server_reads; END $$;
CREATE FUNCTION own.fetch_own_renamed() RETURNS text LANGUAGE plpgsql SET search_path = public AS $$
DECLARE c refcursor; t text; other ALIAS FOR t; BEGIN OPEN c FOR SELECT name FROM tags; FETCH c INTO t; other := 'x' || t; CLOSE c; RETURN t; END $$;
CREATE FUNCTION own.leave_open() RETURNS int LANGUAGE plpgsql SET search_path = own6 AS $$ DECLARE cur CURSOR FOR SELECT guided(); BEGIN OPEN cur; RETURN 1; END $$;
CREATE FUNCTION own.fetch_left_open() RETURNS text LANGUAGE plpgsql SET search_path = own7 AS $$
DECLARE cur CURSOR FOR SELECT 'a'::text; t text; BEGIN OPEN cur; CLOSE cur; PERFORM own.leave_open(); FETCH cur INTO t; RETURN t; END $$;
CREATE FUNCTION own.fetch_branches(n int) RETURNS text LANGUAGE plpgsql SET search_path = public AS $$
DECLARE cur CURSOR (least int) FOR SELECT name FROM tags WHERE id >= least ORDER BY id; c refcursor; t text;
BEGIN
  IF n = 1 THEN OPEN cur(1); ELSIF n = 2 THEN OPEN cur(2); ELSE OPEN cur(3); END IF;
  LOOP FETCH cur INTO t; EXIT WHEN NOT FOUND; MOVE cur; END LOOP;
  CLOSE cur;
  BEGIN OPEN cur(1); END;
  FETCH cur INTO t;
  IF n > 1 THEN OPEN c FOR SELECT 'x'; ELSE OPEN c FOR SELECT 'y'; END IF;
  FETCH c INTO t;
  RETURN t;
END $$;

-- ------------------------------------------------------------------ one name for a variable and for an item of FROM: what is behind its dot can be a function
CREATE TYPE own.with_title AS (seo_title text);
CREATE FUNCTION own.alias_of_scalar() RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN SELECT r.seo_title INTO r FROM public.recipes r LIMIT 1; RETURN r; END $$;
CREATE FUNCTION own.alias_of_record() RETURNS text LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN SELECT r.seo_title INTO t FROM public.recipes r LIMIT 1; DECLARE r record; BEGIN NULL; END; RETURN t; END $$;
CREATE FUNCTION own.alias_of_row() RETURNS text LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN SELECT r.seo_title INTO t FROM public.recipes r LIMIT 1; DECLARE r own.with_title; BEGIN NULL; END; RETURN t; END $$;
CREATE FUNCTION own.alias_whole() RETURNS text LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN SELECT own.titled(r) INTO t FROM public.recipes r LIMIT 1; DECLARE r text; BEGIN NULL; END; RETURN t; END $$;
CREATE FUNCTION own.titled(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION own.titled(public.recipes) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own.alias_in_sql(r own.with_title) RETURNS text LANGUAGE sql AS 'SELECT r.seo_title FROM public.recipes r LIMIT 1';
CREATE FUNCTION own.alias_of_function() RETURNS text LANGUAGE sql AS 'SELECT alias_of_function.seo_title FROM public.recipes alias_of_function LIMIT 1';
CREATE FUNCTION own.alias_honest(r own.with_title) RETURNS text LANGUAGE plpgsql AS $$
DECLARE t text; n int;
BEGIN
  SELECT t.name, count(*) INTO t, n FROM public.tags t WHERE t.id > n GROUP BY t.name;
  RETURN r.seo_title || t || (SELECT t.headline FROM public.recipes t LIMIT 1);
END $$;

-- ------------------------------------------------------------------ names that columns get by themselves: one that is misread hides the column that is meant, or a function
CREATE FUNCTION own.told(boolean) RETURNS text LANGUAGE sql AS $$ SELECT 'good' $$;
CREATE FUNCTION own.told(int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own.told(xml) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own.told(name) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own.told(xid) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own.told(oidvector[]) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own.told(oidvector) RETURNS text LANGUAGE sql AS $$ SELECT 'good' $$;
CREATE FUNCTION own.spread(int, OUT x int) LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION own.spread(text, OUT y int) LANGUAGE sql AS 'SELECT length($1)';
CREATE FUNCTION own.doubled(int, OUT x int) LANGUAGE sql AS 'SELECT $1 * 2';
CREATE FUNCTION own.doubled(text, OUT x int) LANGUAGE sql AS 'SELECT length($1) * 2';
CREATE FUNCTION own.hit(int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE VIEW own.tag_view AS SELECT id, name FROM public.tags;
CREATE FUNCTION own.xmin(own.tag_view) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own.tableoid(record) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;

-- ------------------------------------------------------------------ columns that hold arrays of any type: sampled values, which are compared and shown as their type says
CREATE TABLE own.sampled_flavours AS SELECT (ARRAY['sweet', 'sour'])[1 + i % 2]::own.flavour AS f FROM generate_series(1, 300) i;
ANALYZE own.sampled_flavours;
CREATE VIEW own.samples_shown AS SELECT to_json(most_common_vals) AS j FROM pg_stats WHERE tablename = 'sampled_flavours';
CREATE VIEW own.sample_rows_shown AS SELECT row_to_json(s) AS j FROM pg_stats s WHERE tablename = 'sampled_flavours';
CREATE FUNCTION own.samples_in_body() RETURNS SETOF json LANGUAGE sql AS $$ SELECT to_json(most_common_vals) FROM pg_stats WHERE tablename = 'sampled_flavours' $$;
CREATE TYPE own.shade AS (n int);
CREATE FUNCTION own.shade_lt(own.shade, own.shade) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.n < $2.n';
CREATE FUNCTION own.shade_le(own.shade, own.shade) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.n <= $2.n';
CREATE FUNCTION own.shade_eq(own.shade, own.shade) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.n = $2.n';
CREATE FUNCTION own.shade_ge(own.shade, own.shade) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.n >= $2.n';
CREATE FUNCTION own.shade_gt(own.shade, own.shade) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.n > $2.n';
CREATE FUNCTION own.shade_cmp(own.shade, own.shade) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.n - $2.n';
CREATE OPERATOR own.<~ (leftarg = own.shade, rightarg = own.shade, function = own.shade_lt);
CREATE OPERATOR own.<=~ (leftarg = own.shade, rightarg = own.shade, function = own.shade_le);
CREATE OPERATOR own.=~ (leftarg = own.shade, rightarg = own.shade, function = own.shade_eq);
CREATE OPERATOR own.>=~ (leftarg = own.shade, rightarg = own.shade, function = own.shade_ge);
CREATE OPERATOR own.>~ (leftarg = own.shade, rightarg = own.shade, function = own.shade_gt);
CREATE OPERATOR CLASS own.shade_ops DEFAULT FOR TYPE own.shade USING btree AS OPERATOR 1 own.<~, OPERATOR 2 own.<=~, OPERATOR 3 own.=~, OPERATOR 4 own.>=~, OPERATOR 5 own.>~, FUNCTION 1 own.shade_cmp(own.shade, own.shade);
CREATE TABLE own.sampled_shades AS SELECT ROW(1 + i % 3)::own.shade AS s FROM generate_series(1, 300) i;
ANALYZE own.sampled_shades;
CREATE VIEW own.samples_compared AS SELECT max(most_common_vals)::text AS v FROM pg_stats, generate_series(1, 2) WHERE tablename = 'sampled_shades';
CREATE OR REPLACE FUNCTION own.shade_cmp(own.shade, own.shade) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN $1.n - $2.n; END $$;

-- ------------------------------------------------------------------ conditions that the planner holds against each other, by another operator of a family
CREATE FUNCTION own.boxes_ge(box, box) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN area($1) >= area($2); END $$;
CREATE OPERATOR own.>=! (leftarg = box, rightarg = box, function = own.boxes_ge);
CREATE FUNCTION own.boxes_cmp(box, box) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT sign(area($1) - area($2))::int';
CREATE OPERATOR CLASS own.box_ops FOR TYPE box USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 own.>=!, OPERATOR 5 >, FUNCTION 1 own.boxes_cmp(box, box);
CREATE TABLE own.boxed (id int, b box);
CREATE INDEX ON own.boxed (id) WHERE b < '(2,2),(0,0)'::box;
CREATE TABLE own.box_checked (id int, b box CHECK (b > '(2,2),(0,0)'::box));
CREATE TABLE own.box_plain (id int, b box);

-- ------------------------------------------------------------------ sampling methods, which are functions too
CREATE SCHEMA own9;
GRANT USAGE ON SCHEMA own9 TO PUBLIC;
CREATE FUNCTION own9.system_rows(internal) RETURNS tsm_handler LANGUAGE internal AS 'pg_stat_reset';
CREATE FUNCTION own9.sampler(internal) RETURNS tsm_handler LANGUAGE internal AS 'tsm_bernoulli_handler';
CREATE VIEW own.sampled AS SELECT id FROM public.tags TABLESAMPLE own9.sampler (50);
CREATE VIEW own.sampled_plainly AS SELECT id FROM public.tags TABLESAMPLE bernoulli (50);
CREATE OR REPLACE FUNCTION own9.sampler(internal) RETURNS tsm_handler LANGUAGE internal AS 'pg_stat_reset';
-- Functions with the name of a column, for rows whose columns were given other names.
CREATE FUNCTION own9.id(own.tag_view) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
CREATE FUNCTION own9.id(record) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN own.evil(); END $$;
GRANT SELECT ON ALL TABLES IN SCHEMA own TO safe_reader;

-- ------------------------------------------------------------------ forms of calls that are judged by their constants, in stored trees too
CREATE VIEW own.xml_plain AS
  SELECT xpath('/a/b[@id = "1"]/text()', '<a><b id="1">x</b></a>'::xml) AS found, xmlexists('//b[text() = ''x'']' PASSING ('<a><b>x</b></a>'::xml)) AS there, t.id
  FROM xmltable('/a/b' PASSING ('<a><b id="1"/></a>'::xml) COLUMNS id text PATH '@id') t;
CREATE VIEW own.xml_deep AS SELECT xpath('//a[.//b]', '<a/>'::xml) AS found;
CREATE VIEW own.xml_there_deep AS SELECT xmlexists('//a | //b' PASSING ('<a/>'::xml)) AS there;
CREATE VIEW own.xml_computed AS SELECT xpath('/a' || '//b//c', '<a/>'::xml) AS found;
CREATE VIEW own.xml_table_deep AS SELECT t.id FROM xmltable('//a//b//c' PASSING ('<a/>'::xml) COLUMNS id text PATH '@id') t;
CREATE VIEW own.xml_column_deep AS SELECT t.id FROM xmltable('/a' PASSING ('<a/>'::xml) COLUMNS id text PATH 'count(//b[//c])') t;
CREATE VIEW own.pivot AS SELECT * FROM public.crosstab('SELECT user_id, status::text, count(*) FROM public.recipes GROUP BY 1, 2 ORDER BY 1, 2', $$VALUES ('draft'), ('published')$$) AS ct (id bigint, a bigint, b bigint);
CREATE VIEW own.pivot_evil AS SELECT * FROM public.crosstab('SELECT 1, own.evil(), 2') AS ct (id int, a int);
CREATE VIEW own.pivot_categories_evil AS SELECT * FROM public.crosstab('SELECT 1, 2, 3', 'SELECT own.evil()') AS ct (id int, a int);
CREATE VIEW own.pivot_computed AS SELECT * FROM public.crosstab('SELECT 1, ' || current_setting('trap.column', true)) AS ct (id int, a int);
CREATE VIEW own.as_xml AS SELECT query_to_xml('SELECT id, title FROM public.recipes', true, false, '') AS x;
CREATE VIEW own.as_xml_evil AS SELECT query_to_xml('DELETE FROM public.tags', true, false, '') AS x;
CREATE VIEW own.word_counts AS SELECT * FROM ts_stat('SELECT to_tsvector(''simple'', title) FROM public.recipes');
CREATE VIEW own.rewritten AS SELECT ts_rewrite('a & b'::tsquery, 'a'::tsquery, 'c'::tsquery) AS q;
CREATE VIEW own.rewritten_evil AS SELECT ts_rewrite('a & b'::tsquery, 'SELECT own.evil()::tsquery, own.evil()::tsquery') AS q;

CREATE FUNCTION own.with_memory() RETURNS bigint LANGUAGE sql SET work_mem = '32MB' SET statement_timeout = '2s' AS 'SELECT count(*) FROM public.recipes';
CREATE FUNCTION own.with_much_memory() RETURNS int LANGUAGE sql SET work_mem = '4GB' AS 'SELECT 1';
CREATE FUNCTION own.with_much_time() RETURNS int LANGUAGE sql SET statement_timeout = '1d' AS 'SELECT 1';
CREATE FUNCTION own.with_writes() RETURNS int LANGUAGE sql SET default_transaction_read_only = off AS 'SELECT 1';
CREATE FUNCTION own.last_of(items anyarray) RETURNS anyelement LANGUAGE plpgsql AS $$
DECLARE copy items%TYPE; n int := array_length(items, 1); m n%TYPE := n; t text; "Other" t%TYPE;
BEGIN copy := items; "Other" := 'x'; RETURN copy[m]; END $$;
CREATE FUNCTION own.copied_type() RETURNS text LANGUAGE plpgsql AS $$ DECLARE a own.deep; b a%TYPE; BEGIN b := 'x@y'; RETURN b; END $$;

-- ------------------------------------------------------------------ rows of records as JSON, and EXECUTE of a text in several literals
CREATE FUNCTION own.rows_as_json() RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE r record; j jsonb := '[]';
BEGIN FOR r IN SELECT id, name FROM public.tags ORDER BY id LOOP j := j || to_jsonb(r) || jsonb_build_array(r.name, row_to_json(r)); END LOOP; RETURN j; END $$;
CREATE FUNCTION own.flavour_rows_as_json() RETURNS jsonb LANGUAGE plpgsql STABLE AS $$ DECLARE r record; j jsonb := '[]'; BEGIN FOR r IN SELECT * FROM own.flavours LOOP j := j || to_jsonb(r); END LOOP; RETURN j; END $$;
CREATE FUNCTION own.a_flavour() RETURNS own.flavour LANGUAGE sql STABLE AS 'SELECT f FROM own.flavours LIMIT 1';
CREATE FUNCTION own.called_flavour_as_json() RETURNS jsonb LANGUAGE plpgsql STABLE AS $$ DECLARE r record; BEGIN SELECT own.a_flavour() AS f INTO r; RETURN to_jsonb(r); END $$;
CREATE FUNCTION own.named_flavour_as_json() RETURNS jsonb LANGUAGE plpgsql STABLE AS $$ DECLARE r record; BEGIN SELECT NULL::own.flavour AS f INTO r; RETURN to_jsonb(r.f); END $$;
CREATE FUNCTION own.given_flavour_as_json(f own.flavour) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$ DECLARE r record; BEGIN SELECT f AS g INTO r; RETURN to_jsonb(r); END $$;
CREATE FUNCTION own.flavour_array_as_json(f own.flavour[]) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$ DECLARE r record; j jsonb; BEGIN FOR r IN SELECT unnest(f) AS g LOOP j := to_jsonb(r.g); END LOOP; RETURN j; END $$;
CREATE FUNCTION own.any_as_json(v anyelement) RETURNS jsonb LANGUAGE sql STABLE AS 'SELECT to_jsonb(v)';
CREATE FUNCTION own.some_rows() RETURNS SETOF record LANGUAGE sql STABLE AS 'SELECT * FROM own.flavours';
CREATE FUNCTION own.foreign_rows_as_json() RETURNS jsonb LANGUAGE plpgsql STABLE AS $$ DECLARE r record; BEGIN r := own.some_rows(); RETURN to_jsonb(r); END $$;
CREATE FUNCTION own.fetched_as_json(c refcursor) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$ DECLARE r record; BEGIN FETCH c INTO r; RETURN to_jsonb(r); END $$;
CREATE FUNCTION own.joined_text() RETURNS bigint LANGUAGE plpgsql STABLE AS $$ DECLARE n bigint; BEGIN EXECUTE 'SELECT count(*) ' || 'FROM public.tags ' || 'WHERE name <> $1' INTO n USING 'x'; RETURN n; END $$;
CREATE FUNCTION own.joined_evil() RETURNS text LANGUAGE plpgsql STABLE AS $$ DECLARE t text; BEGIN EXECUTE 'SELECT own.' || 'evil()' INTO t; RETURN t; END $$;
CREATE FUNCTION own.joined_write() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DELETE ' || 'FROM public.tags'; RETURN 1; END $$;
CREATE FUNCTION own.joined_open(t text) RETURNS int LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN EXECUTE 'SELECT count(*) ' || t INTO n; RETURN n; END $$;

-- ------------------------------------------------------------------ bodies that explain, and that assign to a parameter by its number
CREATE FUNCTION own.planned_tags() RETURNS SETOF text LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN FOR t IN EXPLAIN (COSTS off) SELECT * FROM public.tags LOOP RETURN NEXT t; END LOOP; END $$;
CREATE FUNCTION own.planned_evil() RETURNS SETOF text LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN FOR t IN EXPLAIN ANALYZE SELECT own.evil() LOOP RETURN NEXT t; END LOOP; END $$;
CREATE FUNCTION own.planned_lock() RETURNS SETOF text LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN FOR t IN EXPLAIN ANALYZE SELECT * FROM public.tags FOR UPDATE LOOP RETURN NEXT t; END LOOP; END $$;
CREATE FUNCTION own.planned_write() RETURNS SETOF text LANGUAGE plpgsql AS $$ DECLARE t text; BEGIN FOR t IN EXPLAIN ANALYZE DELETE FROM public.tags LOOP RETURN NEXT t; END LOOP; END $$;
CREATE FUNCTION own.numbered(OUT int, OUT text) LANGUAGE plpgsql AS $$ BEGIN $1 := 2; $2 := $1 || 'x'; END $$;
CREATE FUNCTION own.numbered_evil(OUT int, OUT text) LANGUAGE plpgsql AS $$ BEGIN $1 := 2; $2 := own.evil(); END $$;
CREATE FUNCTION own.by_type(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION own.by_type(text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM own.evil(); RETURN 1; END $$;
CREATE FUNCTION own.numbered_mixed(OUT text, int, OUT int) LANGUAGE plpgsql AS $$ BEGIN $1 := 'x'; $3 := own.by_type($1); END $$;
CREATE FUNCTION own.numbered_input(OUT text, int, OUT int) LANGUAGE plpgsql AS $$ BEGIN $1 := 'x'; $3 := own.by_type($2); END $$;
CREATE FUNCTION own.numbered_alias(OUT text, int, OUT int) LANGUAGE plpgsql AS $$ DECLARE a ALIAS FOR $1; BEGIN a := 'x'; $3 := own.by_type(a); END $$;

-- ------------------------------------------------------------------ writes on views, planned
CREATE VIEW own.noted_rows AS SELECT id, note FROM own.coded_rows WHERE id > 0;
CREATE VIEW own.noted_rows_again AS SELECT id, note FROM own.noted_rows;
CREATE VIEW own.coded_view AS SELECT id, c FROM own.coded_rows;
CREATE VIEW own.coded_view_again AS SELECT * FROM own.coded_view WITH CHECK OPTION;
CREATE VIEW own.defaulted_view AS SELECT id FROM own.defaulted_rows;
CREATE VIEW own.written_view AS SELECT * FROM own.written;
GRANT SELECT ON ALL TABLES IN SCHEMA own TO safe_reader;
