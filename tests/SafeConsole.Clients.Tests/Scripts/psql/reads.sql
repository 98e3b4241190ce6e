-- What a developer types at psql, each after a line with its name.
\set ON_ERROR_STOP off
\qecho '== timing'
\timing on
SELECT count(*) FROM recipes;
\timing off
\qecho '== expanded'
\x on
SELECT id, username FROM users WHERE id = 4711;
\x off
\qecho '== gx'
SELECT id, name FROM tags WHERE id = 1 \gx
\qecho '== gset'
SELECT count(*) AS members FROM users \gset
\echo :members
\qecho '== gdesc'
SELECT id, title, metadata FROM recipes \gdesc
\qecho '== gexec'
SELECT format('SELECT count(*) AS in_%s FROM %I', name, name) FROM unnest(ARRAY['tags', 'jobs']) name \gexec
\qecho '== crosstabview'
SELECT difficulty::text, status::text, count(*) FROM recipes GROUP BY 1, 2 ORDER BY 1, 2 \crosstabview
\qecho '== watch'
SELECT clock_timestamp() + interval '0.5 seconds' AS until \gset
SELECT CASE WHEN clock_timestamp() < :'until' THEN 'again' ELSE (1 / (extract(epoch FROM clock_timestamp()) * 0)::int)::text END AS seen \watch 0.1
\qecho '== copy'
\copy (SELECT id, name FROM tags ORDER BY id LIMIT 2) TO STDOUT WITH (FORMAT csv, HEADER)
\qecho '== copy_to_file'
\copy tags TO '/home/runner/tags.csv' CSV
\! wc -l < /home/runner/tags.csv
\qecho '== output_file'
\o /home/runner/out.txt
TABLE schema_migrations;
\o
\! tail -n 2 /home/runner/out.txt
\qecho '== set_show'
SET work_mem = '8MB';
SHOW work_mem;
RESET work_mem;
\qecho '== show_all'
SHOW ALL;
\qecho '== encoding'
\encoding UTF8
\qecho '== prepare'
PREPARE one(int) AS SELECT name FROM tags WHERE id = $1;
EXECUTE one(2);
DEALLOCATE one;
\qecho '== cursor'
BEGIN;
DECLARE few CURSOR FOR SELECT id FROM users ORDER BY id;
FETCH 3 FROM few;
MOVE 10 FROM few;
CLOSE few;
COMMIT;
\qecho '== fetch_count'
\set FETCH_COUNT 2
SELECT id FROM tags WHERE id <= 5 ORDER BY id;
\unset FETCH_COUNT
\qecho '== on_error_rollback'
\set ON_ERROR_ROLLBACK on
BEGIN;
SELECT 'before the fault';
SELECT 1 / 0;
SELECT 'after the fault';
COMMIT;
\unset ON_ERROR_ROLLBACK
\qecho '== explain'
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM reviews WHERE recipe_id = 17;
\qecho '== multi'
SELECT 1 AS first \; SELECT 2 AS second;
\qecho '== functions'
SELECT dice(6) BETWEEN 1 AND 6 AS thrown, avg_rating(1) > 1 AS rated;
\qecho '== stuck'
SELECT count(*) AS stuck FROM stuck_orders;
\qecho '== statistics'
SELECT relname, n_live_tup FROM pg_stat_user_tables ORDER BY relname LIMIT 3;
SELECT pid, state, wait_event_type, query FROM pg_stat_activity WHERE datname = current_database();
SELECT locktype, mode, granted FROM pg_locks LIMIT 3;
SELECT pg_size_pretty(pg_database_size(current_database())) AS size, pg_size_pretty(pg_indexes_size('recipes')) AS indexes;
SELECT now() - pg_last_xact_replay_timestamp() < interval '1 day' AS fresh, pg_is_in_recovery() AS standby;
\qecho '== connect'
\c
SELECT 'connected again' AS state;
\qecho '== password_free'
\c - - - 5432
\qecho '== refused_update'
UPDATE recipes SET title = 'x' WHERE id = 1;
\echo state :LAST_ERROR_SQLSTATE
\qecho '== refused_gexec'
SELECT 'DELETE FROM reviews' \gexec
\echo state :LAST_ERROR_SQLSTATE
\qecho '== refused_copy'
\copy tags FROM '/home/runner/tags.csv' CSV
\echo state :LAST_ERROR_SQLSTATE
\qecho '== refused_role'
SET ROLE postgres;
\echo state :LAST_ERROR_SQLSTATE
\errverbose
\qecho '== refused_in_transaction'
BEGIN;
DROP TABLE recipes;
SELECT 1;
ROLLBACK;
\echo state :LAST_ERROR_SQLSTATE
\qecho '== usable'
SELECT count(*) AS members FROM users;
\qecho finished
