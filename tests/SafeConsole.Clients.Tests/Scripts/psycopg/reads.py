"""psycopg 3 as a developer uses it: server-side parameters, prepared statements, pipelines, binary results."""
import os

import psycopg
from psycopg import IsolationLevel, rows, sql
from psycopg.types import TypeInfo
from psycopg.types.enum import EnumInfo, register_enum
from psycopg.types.composite import CompositeInfo
from steps import after_failure, equal, holds, refused, step

notices = []
connection = psycopg.connect("")
after_failure.append(connection.rollback)
connection.add_notice_handler(lambda notice: notices.append(notice.message_primary))


def one(query, arguments=None, **how):
    row = connection.execute(query, arguments, **how).fetchone()
    return row[0]


@step
def connects_by_url():
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, application_name="debugging") as other:
        equal(other.execute("SHOW application_name").fetchone()[0], "debugging")


@step
def connects_with_options():
    with psycopg.connect("", options="-c statement_timeout=1500") as other:
        equal(other.execute("SHOW statement_timeout").fetchone()[0], "1500ms")


@step
def knows_its_server():
    equal(connection.info.encoding, "utf-8")
    holds(connection.info.server_version >= 150000, "version")
    equal(connection.info.parameter_status("in_hot_standby"), "on")
    equal(one("SELECT current_user"), "safe_reader")


@step
def counts():
    equal(one("SELECT count(*) FROM recipes"), 12000)


@step
def takes_parameters():
    equal(one("SELECT username FROM users WHERE id = %s", (4711,)), "cook4711")
    equal(one("SELECT count(*) FROM users WHERE id = ANY(%s)", ([1, 2, 3],)), 3)
    equal(one("SELECT count(*) FROM users WHERE email LIKE %(like)s", {"like": "user471%"}), 11)


@step
def prepares_by_itself():
    for number in range(8):
        equal(one("SELECT count(*) FROM users WHERE id <= %s", (number,)), number)


@step
def prepares_when_told():
    equal(one("SELECT title IS NOT NULL FROM recipes WHERE id = %s", (17,), prepare=True), True)
    equal(one("SELECT title IS NOT NULL FROM recipes WHERE id = %s", (18,), prepare=True), True)


@step
def reads_text_and_binary():
    for binary in (False, True):
        with connection.cursor(binary=binary) as cursor:
            cursor.execute("SELECT settings, last_login_ip, created_at, is_admin, deleted_at FROM users WHERE id = 1")
            settings, address, created, admin, deleted = cursor.fetchone()
            equal((type(settings), type(created).__name__, admin, deleted), (dict, "datetime", True, None))
            cursor.execute("SELECT during, (SELECT id FROM images LIMIT 1) FROM meal_plans ORDER BY id LIMIT 1")
            equal([type(value).__name__ for value in cursor.fetchone()], ["Range", "UUID"])


@step
def fetches_types():
    equal(TypeInfo.fetch(connection, "hstore"), None)
    enum = EnumInfo.fetch(connection, "difficulty")
    register_enum(enum, connection)
    equal(one("SELECT difficulty::text FROM recipes WHERE id = 1") in enum.labels, True)
    equal(CompositeInfo.fetch(connection, "stuck_orders").field_names[0], "id")


@step
def makes_rows_of_dictionaries():
    with connection.cursor(row_factory=rows.dict_row) as cursor:
        cursor.execute("SELECT difficulty::text, count(*) AS recipes FROM recipes GROUP BY 1 ORDER BY 2 DESC")
        equal(set(cursor.fetchone()), {"difficulty", "recipes"})


@step
def composes():
    query = sql.SQL("SELECT count(*) FROM {} WHERE {} = {}").format(sql.Identifier("public", "reviews"), sql.Identifier("user_id"), sql.Literal(666))
    holds(one(query) >= 3000, "reviews")


@step
def runs_a_pipeline():
    with connection.pipeline():
        cursors = [connection.execute("SELECT %s::int", (number,)) for number in range(20)]
    equal([cursor.fetchone()[0] for cursor in cursors], list(range(20)))


@step
def reads_many_sets():
    with connection.cursor() as cursor:
        cursor.executemany("SELECT name FROM tags WHERE id = %s", [(1,), (2,)], returning=True)
        found = [cursor.fetchone()[0]]
        cursor.nextset()
        equal(found + [cursor.fetchone()[0]], ["meal", "diet"])


@step
def reads_by_named_cursor():
    with connection.cursor("reviews_by_id") as cursor:
        cursor.execute("SELECT id FROM reviews WHERE id <= 3000 ORDER BY id")
        cursor.itersize = 500
        equal(sum(1 for _ in cursor), 3000)


@step
def streams():
    with connection.cursor() as cursor:
        equal(sum(1 for _ in cursor.stream("SELECT id FROM users WHERE id <= %s", (500,))), 500)


@step
def copies_out():
    with connection.cursor() as cursor:
        with cursor.copy("COPY (SELECT id, name FROM tags ORDER BY id) TO STDOUT") as copy:
            equal(next(copy.rows()), ("1", "meal"))
            for _ in copy:
                pass
        with cursor.copy("COPY tags TO STDOUT (FORMAT BINARY)") as copy:
            holds(sum(len(block) for block in copy) > 100, "no bytes")


@step
def explains():
    plan = one("EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM reviews WHERE user_id = 666")
    holds(plan[0]["Execution Time"] > 0, "no time")


@step
def nests_transactions():
    connection.rollback()
    with connection.transaction():
        try:
            with connection.transaction():
                one("SELECT 1 / 0")
        except psycopg.errors.DivisionByZero:
            pass
        equal(one("SELECT 2"), 2)


@step
def sets_the_session():
    connection.rollback()
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    equal(one("SHOW transaction_isolation"), "repeatable read")
    connection.rollback()
    connection.read_only = False
    connection.isolation_level = None
    equal(one("SHOW transaction_read_only"), "on")
    connection.rollback()
    connection.read_only = None


@step
def calls_the_applications_functions():
    holds(1 <= one("SELECT dice(6)") <= 6, "dice")
    holds(1 <= one("SELECT avg_rating(1)") <= 5, "rating")


@step
def finds_stuck_orders():
    equal(one("SELECT count(*) FROM stuck_orders WHERE last_error LIKE %s", ("%postal code%",)), 215)


@step
def asks_what_is_running():
    holds(one("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", (connection.info.backend_pid,)) <= 1, "many")
    holds(one("SELECT pg_relation_size('recipes'::regclass)") > 0, "no size")
    holds(one("SELECT age(max(created_at)) > interval '0' FROM reviews"), "no age")


def write(query):
    connection.rollback()
    connection.execute(query)


@refused
def update():
    write("UPDATE recipes SET title = 'x' WHERE id = 1")


@refused
def update_with_parameters():
    connection.rollback()
    connection.execute("UPDATE recipes SET title = %s WHERE id = %s", ("x", 1))


@refused
def set_role():
    write("SET ROLE postgres")


@step
def fails_as_postgres_does_until_rollback():
    try:
        one("SELECT 1")
    except psycopg.errors.InFailedSqlTransaction:
        connection.rollback()
    equal(one("SELECT count(*) FROM users"), 8000)


@step
def recovers_a_pipeline_after_a_refusal():
    connection.rollback()
    connection.autocommit = True
    try:
        with connection.pipeline():
            connection.execute("SELECT 1")
            connection.execute("DELETE FROM recipes")
            connection.execute("SELECT 2")
    except psycopg.errors.ReadOnlySqlTransaction:
        pass
    equal(one("SELECT 3"), 3)


@step
def closes():
    connection.close()


print("finished", flush=True)
