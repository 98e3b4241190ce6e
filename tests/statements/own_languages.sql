-- A database of its own, whose PL/pgSQL bears another name while another language bears its: what a body is, its handler says. Also with a base type of which no stored expression has a constant.
-- For the statements in */own_languages.jsonl.
SET client_min_messages = warning;
ALTER LANGUAGE plpgsql RENAME TO procedural;
CREATE SCHEMA own;
GRANT USAGE ON SCHEMA own TO PUBLIC;
CREATE FUNCTION own.run_body() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE LANGUAGE plpgsql HANDLER own.run_body;
CREATE FUNCTION own.other() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
CREATE FUNCTION own.through_other() RETURNS int LANGUAGE sql AS 'SELECT own.other()';
CREATE FUNCTION own.procedural() RETURNS int LANGUAGE procedural AS $$ BEGIN RETURN 1; END $$;
CREATE FUNCTION own.writes() RETURNS int LANGUAGE procedural AS $$ BEGIN PERFORM pg_notify('a', 'b'); RETURN 1; END $$;
-- A base type with columns, and without a constant in any expression that is stored.
CREATE TYPE own.quiet;
CREATE FUNCTION own.quiet_in(cstring) RETURNS own.quiet LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION own.quiet_out(own.quiet) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE own.quiet (INPUT = own.quiet_in, OUTPUT = own.quiet_out, LIKE = int4);
CREATE TABLE own.has_quiet (id int DEFAULT 7, q own.quiet, CHECK (id > 0));
CREATE VIEW own.shows_quiet AS SELECT q FROM own.has_quiet WHERE id = 7;
GRANT SELECT ON own.has_quiet, own.shows_quiet TO PUBLIC;
