-- A database of its own: with operator classes that an application gave to PostgreSQL's own types, whatever sorts such values may have an effect, in any statement.
-- Everything that must not be reached ends in own.evil(), as in own_schema.sql; for the statements in */own_classes.jsonl.
SET client_min_messages = warning;
CREATE SCHEMA own;
GRANT USAGE ON SCHEMA own TO PUBLIC;
CREATE FUNCTION own.evil() RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('trap.touched', 'own', false); RETURN 'x'; END $$;
CREATE FUNCTION own.evil_circles(circle, circle) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN sign(area($1) - area($2)); END $$;
CREATE OPERATOR CLASS own.circle_ops DEFAULT FOR TYPE circle USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 own.evil_circles(circle, circle);
CREATE FUNCTION own.evil_in_range(macaddr8, macaddr8, int, boolean, boolean) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN true; END $$;
ALTER OPERATOR FAMILY macaddr8_ops USING btree ADD FUNCTION 3 (macaddr8, int) own.evil_in_range(macaddr8, macaddr8, int, boolean, boolean);
CREATE FUNCTION own.sorts_circles() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM c FROM (SELECT circle(point(n, 0), n) AS c FROM generate_series(1, 3) n) q ORDER BY c; RETURN 1; END $$;
CREATE FUNCTION own.distinct_circles() RETURNS SETOF circle LANGUAGE sql AS 'SELECT DISTINCT circle(point(n, 0), n) FROM generate_series(1, 3) n';
CREATE FUNCTION own.atomic_circles() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM (SELECT DISTINCT circle(point(n, 0), n) FROM generate_series(1, 3) n) q);
CREATE VIEW own.least_circle AS SELECT least(circle(point(n, 0), n), circle(point(0, n), 1)) IS NULL AS v FROM generate_series(1, 3) n;
CREATE VIEW own.sorted_circles AS SELECT n FROM generate_series(1, 3) n ORDER BY circle(point(n, 0), n);
CREATE VIEW own.compared_circles AS SELECT ARRAY[circle(point(n, 0), n)] < ARRAY[circle(point(0, n), 1)] AS v FROM generate_series(1, 3) n;
CREATE FUNCTION own.largest_circle() RETURNS float8 LANGUAGE sql AS 'SELECT max(area(circle(point(n, 0), n))) FROM generate_series(1, 3) n';
CREATE TABLE own.devices (m macaddr8 PRIMARY KEY, n int);
INSERT INTO own.devices SELECT macaddr8 '08:00:2b:01:02:03:04:05', 1;
-- A dictionary whose template runs what resets statistics, under another name.
CREATE FUNCTION own.lexize(internal, internal, internal, internal) RETURNS internal LANGUAGE internal AS 'pg_stat_reset';
CREATE TEXT SEARCH TEMPLATE own.trap (LEXIZE = own.lexize);
CREATE TEXT SEARCH DICTIONARY own.trapped (TEMPLATE = own.trap);
CREATE TEXT SEARCH CONFIGURATION own.trapped (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION own.trapped ADD MAPPING FOR word, asciiword WITH own.trapped;
CREATE VIEW own.searched AS SELECT to_tsvector('own.trapped', n::text || 'a') AS v FROM generate_series(1, 3) n;
-- Partition keys: how they are compared and hashed the application says, and functions of PostgreSQL's own run that for a table that they are given as a value.
CREATE FUNCTION own.evil_text_cmp(text, text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN bttextcmp($1, $2); END $$;
CREATE OPERATOR CLASS own.evil_text_ops FOR TYPE text USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 own.evil_text_cmp(text, text);
CREATE TABLE own.class_parts (v varchar) PARTITION BY RANGE (v own.evil_text_ops);
CREATE TABLE own.class_part PARTITION OF own.class_parts FOR VALUES FROM ('a') TO ('m');
CREATE TABLE own.class_rest PARTITION OF own.class_parts FOR VALUES FROM ('m') TO ('z');
CREATE FUNCTION own.evil_int8_hash(int8, int8) RETURNS int8 LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM own.evil(); RETURN $1 + $2; END $$;
CREATE OPERATOR CLASS own.evil_int8_ops FOR TYPE int8 USING hash AS OPERATOR 1 =(int8, int8), FUNCTION 2 own.evil_int8_hash(int8, int8);
CREATE TABLE own.hash_parts (k int8) PARTITION BY HASH (k own.evil_int8_ops);
CREATE TABLE own.hash_part PARTITION OF own.hash_parts FOR VALUES WITH (modulus 2, remainder 0);
CREATE TABLE own.listed (v text) PARTITION BY LIST (v own.evil_text_ops);
CREATE TABLE own.listed_some PARTITION OF own.listed FOR VALUES IN ('a', 'b', 'd');
CREATE TABLE own.listed_rest PARTITION OF own.listed DEFAULT;
-- A conversion between encodings, and a dictionary for unaccent(), that reset statistics.
CREATE EXTENSION unaccent;
CREATE FUNCTION own.converted(int, int, cstring, internal, int, boolean) RETURNS int LANGUAGE c STRICT AS '$libdir/latin2_and_win1250', 'latin2_to_win1250';
CREATE DEFAULT CONVERSION own.latin2_to_win1250 FOR 'LATIN2' TO 'WIN1250' FROM own.converted;
CREATE OR REPLACE FUNCTION own.converted(int, int, cstring, internal, int, boolean) RETURNS int LANGUAGE internal AS 'pg_stat_reset';
CREATE VIEW own.converts AS SELECT convert('x', 'LATIN2', 'WIN1250') AS v;
CREATE FUNCTION own.converts_too(bytea, name, name) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'pg_convert';
CREATE FUNCTION own.shows_too(anyelement) RETURNS json LANGUAGE internal STABLE AS 'to_json';
CREATE FUNCTION own.sleeps_too(float8) RETURNS void LANGUAGE internal AS 'pg_sleep';
GRANT SELECT ON ALL TABLES IN SCHEMA own TO PUBLIC;
