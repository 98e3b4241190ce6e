-- A database of its own, whose PL/pgSQL bears another name while another language bears its: what a body is, its handler says.
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
