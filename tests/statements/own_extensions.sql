-- A database of its own: extensions of PostgreSQL's contrib that schema.sql leaves out, and an application that uses them.
SET client_min_messages = warning;
CREATE EXTENSION seg;
CREATE EXTENSION isn;
CREATE EXTENSION intagg;
CREATE EXTENSION sslinfo;
CREATE EXTENSION old_snapshot;
CREATE EXTENSION bloom;
CREATE EXTENSION dict_int;
CREATE EXTENSION dict_xsyn;
CREATE EXTENSION tablefunc;
CREATE EXTENSION postgres_fdw;
CREATE SCHEMA own;
CREATE TABLE own.books (id int PRIMARY KEY, number isbn NOT NULL, pages seg, title text);
CREATE INDEX ON own.books USING gist (pages);
CREATE INDEX ON own.books USING bloom (id);
INSERT INTO own.books VALUES (1, '978-0-393-04002-9', '1 .. 120', 'One');
CREATE VIEW own.numbers AS SELECT isbn13(number) AS number, seg_size(pages) AS pages, is_valid(number) AS valid FROM own.books;
CREATE FUNCTION own.number_of(book int) RETURNS text LANGUAGE plpgsql STABLE AS $$ DECLARE b own.books; BEGIN SELECT * INTO b FROM own.books WHERE id = book; RETURN b.number::text || ' ' || seg_upper(b.pages); END $$;
CREATE FUNCTION own.weak() RETURNS boolean LANGUAGE sql AS 'SELECT isn_weak(true)';
CREATE TEXT SEARCH CONFIGURATION own.digits (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION own.digits ALTER MAPPING FOR int WITH intdict;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '1');
CREATE FOREIGN TABLE own.remote (id int) SERVER elsewhere;
CREATE VIEW own.remote_view AS SELECT count(*) FROM own.remote;

-- ------------------------------------------------------------------ an extension's function in C that shows rows as JSON, as st_asgeojson does, and a cast into json that writes
CREATE TABLE own.shown (at timestamptz);
CREATE TYPE own.mood AS ENUM ('good', 'bad');
CREATE TABLE own.moods (id int, mood own.mood);
CREATE FUNCTION own.mood_as_json(own.mood) RETURNS json LANGUAGE plpgsql AS $$ BEGIN INSERT INTO own.shown VALUES (now()); RETURN '1'; END $$;
CREATE CAST (own.mood AS json) WITH FUNCTION own.mood_as_json(own.mood);
CREATE FUNCTION own.seg_center(anyelement) RETURNS jsonb LANGUAGE internal STABLE AS 'to_jsonb';
ALTER EXTENSION seg ADD FUNCTION own.seg_center(anyelement);
CREATE VIEW own.moods_shown AS SELECT own.seg_center(m) AS shown FROM own.moods m;
CREATE FUNCTION own.samples_as_json() RETURNS jsonb LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT most_common_vals AS v INTO r FROM pg_stats LIMIT 1; RETURN to_jsonb(r); END $$;
