"""psycopg2 as a developer uses it: libpq's environment, transactions by habit, cursors of every kind."""
import io
import os

import psycopg2
import psycopg2.extras
from steps import after_failure, equal, holds, refused, step

connection = psycopg2.connect("")
after_failure.append(connection.rollback)


def one(sql, arguments=None, on=None):
    with (on or connection).cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchone()[0]


@step
def connects_by_url():
    other = psycopg2.connect(os.environ["DATABASE_URL"], application_name="debugging", connect_timeout=60, keepalives_idle=30)
    equal(one("SHOW application_name", on=other), "debugging")
    other.close()


@step
def connects_with_options():
    other = psycopg2.connect("", options="-c statement_timeout=1500 -c search_path=public")
    equal(one("SHOW statement_timeout", on=other), "1500ms")
    other.close()


@step
def says_nothing_unasked():
    equal(connection.notices, [])


@step
def knows_its_server():
    equal(connection.encoding, "UTF8")
    holds(connection.server_version // 10000 >= 15, connection.server_version)
    equal(connection.get_parameter_status("in_hot_standby"), "on")
    equal(one("SELECT current_user"), "safe_reader")


@step
def counts():
    equal(one("SELECT count(*) FROM recipes"), 12000)


@step
def takes_parameters():
    equal(one("SELECT username FROM users WHERE id = %(id)s AND created_at < now()", {"id": 4711}), "cook4711")
    equal(one("SELECT count(*) FROM users WHERE id = ANY(%s)", ([1, 2, 3],)), 3)
    equal(one("SELECT count(*) FROM users WHERE id IN %s", ((1, 2, 3),)), 3)
    equal(one("SELECT %s", ("O’Brien's \\ \"quoted\" 100%",)), "O’Brien's \\ \"quoted\" 100%")


@step
def reads_types():
    with connection.cursor() as cursor:
        cursor.execute("SELECT settings, last_login_ip, created_at, is_admin, deleted_at, country FROM users WHERE id = 1")
        settings, address, created, admin, deleted, country = cursor.fetchone()
    equal((type(settings), type(created).__name__, admin, deleted), (dict, "datetime", True, None))
    holds(address.startswith("10."), address)


@step
def reads_arrays_ranges_and_uuids():
    psycopg2.extras.register_uuid(conn_or_curs=connection)
    holds(isinstance(one("SELECT allergens FROM ingredients ORDER BY id LIMIT 1"), list), "no list")
    holds(one("SELECT during FROM meal_plans ORDER BY id LIMIT 1").lower is not None, "no range")
    equal(type(one("SELECT id FROM images LIMIT 1")).__name__, "UUID")


@step
def registers_types_of_extensions():
    psycopg2.extras.register_composite("public.stuck_orders", connection)
    psycopg2.extras.register_default_jsonb(connection)
    psycopg2.extras.register_ipaddress(connection)
    equal(psycopg2.extras.HstoreAdapter.get_oids(connection), ((), ()))


@step
def joins_and_groups():
    with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
        cursor.execute("""
            SELECT r.difficulty, count(*) AS recipes, round(avg(v.stars), 2) AS stars, percentile_cont(0.5) WITHIN GROUP (ORDER BY r.total_minutes) AS minutes
            FROM recipes r JOIN reviews v ON v.recipe_id = r.id WHERE r.status = 'published' GROUP BY r.difficulty ORDER BY 2 DESC""")
        holds({"difficulty", "recipes", "stars", "minutes"} == set(cursor.fetchone()), "columns")


@step
def finds_stuck_orders():
    equal(one("SELECT count(*) FROM stuck_orders"), 215)


@step
def reads_json():
    equal(one("SELECT count(*) FROM orders WHERE status = 'paid' AND delivery @> '{\"carrier\": \"bring\"}'"), 215)
    holds(one("SELECT jsonb_path_query_first(payload, '$.ms') FROM events LIMIT 1") is not None, "nothing")


@step
def uses_windows_and_ctes():
    equal(one("""
        WITH RECURSIVE tree AS (SELECT id, name, 1 AS depth FROM tags WHERE parent_id IS NULL
            UNION ALL SELECT t.id, t.name, depth + 1 FROM tags t JOIN tree ON t.parent_id = tree.id)
        SELECT max(depth) FROM tree"""), 2)
    equal(one("SELECT max(n) FROM (SELECT row_number() OVER (PARTITION BY user_id ORDER BY placed_at) AS n FROM orders) o") > 1, True)


@step
def calls_the_applications_functions():
    holds(1 <= one("SELECT dice(6)") <= 6, "dice")
    holds(1 <= one("SELECT avg_rating(%s)", (1,)) <= 5, "rating")


@step
def reads_by_named_cursor():
    with connection.cursor("all_reviews") as cursor:
        cursor.itersize = 1000
        cursor.execute("SELECT id FROM reviews WHERE id <= %s ORDER BY id", (5000,))
        equal(sum(1 for _ in cursor), 5000)


@step
def scrolls_a_cursor():
    with connection.cursor("scrolling", scrollable=True) as cursor:
        cursor.execute("SELECT id FROM users ORDER BY id")
        cursor.scroll(100, mode="absolute")
        equal(cursor.fetchone()[0], 101)


@step
def copies_out():
    text = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY (SELECT id, name FROM tags ORDER BY id) TO STDOUT WITH (FORMAT csv, HEADER)", text)
    equal(text.getvalue().splitlines()[:2], ["id,name", "1,meal"])
    with connection.cursor() as cursor:
        cursor.copy_to(io.StringIO(), "schema_migrations")


@step
def explains():
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM reviews WHERE user_id = 666")
        equal(cursor.fetchone()[0][0]["Plan"]["Node Type"] != "", True)


@step
def uses_savepoints():
    connection.rollback()
    with connection:
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT before")
            try:
                cursor.execute("SELECT 1 / 0")
            except psycopg2.errors.DivisionByZero:
                cursor.execute("ROLLBACK TO SAVEPOINT before")
            cursor.execute("SELECT 1")


@step
def sets_the_session():
    connection.rollback()
    connection.set_session(isolation_level="REPEATABLE READ", readonly=True, deferrable=False)
    equal(one("SHOW transaction_isolation"), "repeatable read")
    connection.rollback()
    connection.set_session(isolation_level="READ COMMITTED", readonly=False)
    equal(one("SHOW transaction_read_only"), "on")
    connection.rollback()
    connection.set_session(isolation_level="DEFAULT", readonly="DEFAULT", deferrable="DEFAULT")
    connection.set_client_encoding("UTF8")


@step
def asks_what_is_running():
    holds(one("SELECT count(*) FROM pg_stat_activity WHERE pid = pg_backend_pid()") == 1, "not itself")
    holds(one("SELECT pg_size_pretty(pg_total_relation_size('recipes'))").endswith("B"), "no size")
    holds(one("SELECT count(*) FROM pg_locks") >= 1, "no lock")
    equal(one("SELECT count(*) > 10 FROM information_schema.tables WHERE table_schema = 'public'"), True)


@step
def cancels():
    other = psycopg2.connect("")
    other.cancel()
    equal(one("SELECT 1", on=other), 1)
    other.reset()
    other.close()


def write(sql):
    connection.rollback()
    with connection.cursor() as cursor:
        cursor.execute(sql)


@refused
def update():
    write("UPDATE recipes SET title = 'x' WHERE id = 1")


@refused
def truncate():
    write("TRUNCATE recipes")


@refused
def set_role():
    write("SET ROLE postgres")


@step
def fails_as_postgres_does_until_rollback():
    try:
        one("SELECT 1")
    except psycopg2.errors.InFailedSqlTransaction:
        connection.rollback()
    equal(one("SELECT count(*) FROM users"), 8000)


@step
def closes():
    connection.reset()
    connection.close()


print("finished", flush=True)
