import java.sql.*;
import java.util.*;

/** pgjdbc as a developer uses it: both query modes, metadata, cursors, batches of parameters. */
public class Reads {
    static final String URL = "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE");
    static Connection connection;

    interface Work { void run() throws Exception; }

    public static void main(String[] arguments) throws Exception {
        connection = connect("");
        step("connects_with_every_habit", Reads::connectsWithEveryHabit);
        step("connects_with_options", Reads::connectsWithOptions);
        step("says_nothing_unasked", () -> equal(connection.getWarnings(), null));
        step("is_valid", () -> equal(connection.isValid(60), true));
        step("knows_its_server", Reads::knowsItsServer);
        step("counts", () -> equal(one("SELECT count(*) FROM recipes"), 12000L));
        step("takes_parameters", Reads::takesParameters);
        step("prepares_on_the_server", Reads::preparesOnTheServer);
        step("prepares_at_once", () -> preparesWith("prepareThreshold=-1"));
        step("never_prepares", () -> preparesWith("prepareThreshold=0"));
        step("queries_in_simple_mode", () -> preparesWith("preferQueryMode=simple"));
        step("queries_in_extended_for_prepared_mode", () -> preparesWith("preferQueryMode=extendedForPrepared"));
        step("reads_types", Reads::readsTypes);
        step("lists_tables", Reads::listsTables);
        step("lists_columns", Reads::listsColumns);
        step("lists_keys_and_indexes", Reads::listsKeysAndIndexes);
        step("lists_the_rest_of_the_metadata", Reads::listsTheRest);
        step("describes_results_and_parameters", Reads::describes);
        step("fetches_by_cursor", Reads::fetchesByCursor);
        step("scrolls", Reads::scrolls);
        step("reads_only", Reads::readsOnly);
        step("isolates", Reads::isolates);
        step("uses_savepoints", Reads::usesSavepoints);
        step("escapes_and_calls", Reads::escapesAndCalls);
        step("calls_the_applications_functions", Reads::callsTheApplicationsFunctions);
        step("copies_out", Reads::copiesOut);
        step("finds_stuck_orders", () -> equal(one("SELECT count(*) FROM stuck_orders"), 215L));
        step("explains", () -> equal(one("EXPLAIN ANALYZE SELECT * FROM reviews WHERE user_id = 666") instanceof String, true));
        step("runs_several_statements", Reads::runsSeveral);
        step("times_out", Reads::timesOut);
        step("sets_schema_and_client_information", Reads::setsSchema);
        refused("update", () -> run("UPDATE recipes SET title = 'x' WHERE id = 1"));
        refused("update_with_parameters", Reads::updateWithParameters);
        refused("batch", Reads::batch);
        refused("set_role", () -> run("SET ROLE postgres"));
        step("goes_on_after_refusals", () -> equal(one("SELECT count(*) FROM users"), 8000L));
        step("fails_as_postgres_does_in_a_transaction", Reads::failsInATransaction);
        step("closes", () -> connection.close());
        System.out.println("finished");
    }

    static void connectsWithEveryHabit() throws Exception {
        try (Connection other = connect("ApplicationName=debugging&assumeMinServerVersion=12&readOnly=true&loginTimeout=60&socketTimeout=120&tcpKeepAlive=true")) {
            equal(one(other, "SHOW application_name"), "debugging");
        }
        try (Connection other = connect("assumeMinServerVersion=9.0&readOnlyMode=always&readOnly=true&currentSchema=public&targetServerType=preferSecondary")) {
            equal(one(other, "SHOW search_path"), "public");
        }
    }

    static void connectsWithOptions() throws Exception {
        try (Connection other = connect("options=-c%20statement_timeout=1500%20-c%20lock_timeout=500ms")) {
            equal(one(other, "SHOW statement_timeout"), "1500ms");
            equal(one(other, "SHOW lock_timeout"), "500ms");
        }
    }

    static void knowsItsServer() throws Exception {
        equal(connection.getMetaData().getDatabaseMajorVersion() >= 15, true);
        equal(connection.getMetaData().getUserName(), "safe_reader");
        equal(connection.getMetaData().getMaxColumnNameLength(), 63);
        equal(connection.getCatalog(), "recipes");
        equal(connection.getSchema(), "public");
    }

    static void takesParameters() throws Exception {
        try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM users WHERE id = ANY (?) AND created_at < ? AND is_admin = ?")) {
            query.setArray(1, connection.createArrayOf("bigint", new Long[] {1L, 2L, 3L}));
            query.setTimestamp(2, Timestamp.valueOf("2027-01-01 00:00:00"));
            query.setBoolean(3, true);
            equal(one(query), 3L);
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT ?::text")) {
            query.setString(1, "O’Brien's \\ \"quoted\" ?");
            equal(one(query), "O’Brien's \\ \"quoted\" ?");
        }
    }

    static void preparesOnTheServer() throws Exception {
        try (PreparedStatement query = connection.prepareStatement("SELECT username FROM users WHERE id = ?")) {
            for (long id = 1; id <= 12; id++) {
                query.setLong(1, id);
                equal(one(query), "cook" + id);
            }
        }
        equal((long) one("SELECT count(*) FROM pg_prepared_statements") >= 1, true);
    }

    static void preparesWith(String setting) throws Exception {
        try (Connection other = connect(setting); PreparedStatement query = other.prepareStatement("SELECT username FROM users WHERE id = ? AND username = ?")) {
            for (long id = 1; id <= 7; id++) {
                query.setLong(1, id);
                query.setString(2, "cook" + id);
                equal(one(query), "cook" + id);
            }
        }
    }

    static void readsTypes() throws Exception {
        try (Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SELECT u.settings, u.last_login_ip, u.created_at, i.allergens, i.kcal_per_100g, m.id, p.during, r.difficulty"
                 + " FROM users u, ingredients i, images m, meal_plans p, recipes r WHERE u.id = 1 AND i.id = 1 AND r.id = 1 LIMIT 1")) {
            row.next();
            equal(row.getObject(1).getClass().getSimpleName(), "PGobject");
            equal(row.getObject(3, java.time.OffsetDateTime.class) != null, true);
            equal(((Object[]) row.getArray(4).getArray()).length, 1);
            equal(row.getBigDecimal(5).signum(), 1);
            equal(row.getObject(6) instanceof UUID, true);
            equal(row.getString(8).isEmpty(), false);
        }
    }

    static void listsTables() throws Exception {
        DatabaseMetaData about = connection.getMetaData();
        equal(names(about.getTables(null, "public", "re%", new String[] {"TABLE", "VIEW", "PARTITIONED TABLE"}), "TABLE_NAME"), List.of("recipe_ingredients", "recipe_tags", "recipes", "reviews"));
        equal(names(about.getTables(null, null, "%", null), "TABLE_NAME").size() > 50, true);
        equal(names(about.getSchemas(), "TABLE_SCHEM").contains("public"), true);
        equal(names(about.getCatalogs(), "TABLE_CAT").contains("recipes"), true);
        equal(names(about.getTableTypes(), "TABLE_TYPE").contains("VIEW"), true);
    }

    static void listsColumns() throws Exception {
        List<String> columns = names(connection.getMetaData().getColumns(null, "public", "recipes", null), "COLUMN_NAME");
        equal(columns.get(0), "id");
        equal(columns.contains("total_minutes"), true);
        equal(names(connection.getMetaData().getVersionColumns(null, "public", "recipes"), "COLUMN_NAME"), List.of("ctid"));
        equal(names(connection.getMetaData().getBestRowIdentifier(null, "public", "recipes", DatabaseMetaData.bestRowSession, false), "COLUMN_NAME"), List.of("id"));
    }

    static void listsKeysAndIndexes() throws Exception {
        DatabaseMetaData about = connection.getMetaData();
        equal(names(about.getPrimaryKeys(null, "public", "order_lines"), "COLUMN_NAME").size(), 2);
        equal(names(about.getImportedKeys(null, "public", "reviews"), "PKTABLE_NAME"), List.of("recipes", "users"));
        equal(names(about.getExportedKeys(null, "public", "recipes"), "FKTABLE_NAME").contains("reviews"), true);
        equal(names(about.getCrossReference(null, "public", "users", null, "public", "reviews"), "FKCOLUMN_NAME"), List.of("user_id"));
        equal(names(about.getIndexInfo(null, "public", "recipes", false, true), "INDEX_NAME").contains("index_recipes_on_user_id"), true);
    }

    static void listsTheRest() throws Exception {
        DatabaseMetaData about = connection.getMetaData();
        equal(names(about.getFunctions(null, "public", "%"), "FUNCTION_NAME").contains("dice"), true);
        equal(names(about.getFunctionColumns(null, "public", "dice", "%"), "COLUMN_NAME").contains("sides"), true);
        equal(names(about.getProcedures(null, "public", "%"), "PROCEDURE_NAME"), List.of());
        equal(names(about.getTypeInfo(), "TYPE_NAME").contains("jsonb"), true);
        equal(names(about.getUDTs(null, "public", "%", null), "TYPE_NAME").size() >= 0, true);
        equal(names(about.getTablePrivileges(null, "public", "recipes"), "PRIVILEGE").contains("SELECT"), true);
        equal(names(about.getColumnPrivileges(null, "public", "recipes", "title"), "PRIVILEGE").contains("SELECT"), true);
        equal(names(about.getClientInfoProperties(), "NAME").contains("ApplicationName"), true);
        equal(about.getSQLKeywords().length() > 100, true);
        equal(about.getMaxConnections() > 0, true);
    }

    static void describes() throws Exception {
        try (PreparedStatement query = connection.prepareStatement("SELECT r.id, r.title, u.settings FROM recipes r JOIN users u ON u.id = r.user_id WHERE r.id = ? AND u.username = ?")) {
            equal(query.getParameterMetaData().getParameterTypeName(1), "int8");
            ResultSetMetaData about = query.getMetaData();
            equal(about.getColumnTypeName(3), "jsonb");
            equal(about.isNullable(2), ResultSetMetaData.columnNoNulls);
            equal(about.isAutoIncrement(1), false);
            equal(about.getTableName(2), "r".equals(about.getTableName(2)) ? "r" : "recipes");
        }
    }

    static void fetchesByCursor() throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(500);
            int seen = 0;
            try (ResultSet rows = statement.executeQuery("SELECT id FROM reviews WHERE id <= 3000 ORDER BY id")) {
                while (rows.next()) seen++;
            }
            equal(seen, 3000);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    static void scrolls() throws Exception {
        try (Statement statement = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY); ResultSet rows = statement.executeQuery("SELECT id FROM tags ORDER BY id")) {
            rows.last();
            equal(rows.getRow(), 20);
        }
    }

    static void readsOnly() throws Exception {
        connection.setReadOnly(true);
        equal(one("SHOW transaction_read_only"), "on");
        connection.setAutoCommit(false);
        equal(one("SELECT count(*) FROM tags"), 20L);
        connection.commit();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
        equal(one("SHOW transaction_read_only"), "on");
        connection.clearWarnings();
    }

    static void isolates() throws Exception {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        equal(connection.getTransactionIsolation(), Connection.TRANSACTION_REPEATABLE_READ);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    static void usesSavepoints() throws Exception {
        connection.setAutoCommit(false);
        Savepoint before = connection.setSavepoint("before");
        try {
            one("SELECT 1 / 0");
        } catch (SQLException error) {
            equal(error.getSQLState(), "22012");
        }
        connection.rollback(before);
        equal(one("SELECT 1"), 1);
        connection.releaseSavepoint(before);
        connection.commit();
        connection.setAutoCommit(true);
    }

    static void escapesAndCalls() throws Exception {
        equal(one("SELECT count(*) FROM reviews WHERE created_at < {ts '2026-10-01 00:00:00'} AND {fn length(body)} > 3 AND body LIKE 'Too%' {escape '!'}") != null, true);
        try (CallableStatement call = connection.prepareCall("{? = call upper(?)}")) {
            call.registerOutParameter(1, Types.VARCHAR);
            call.setString(2, "soup");
            call.execute();
            equal(call.getString(1), "SOUP");
        }
    }

    static void callsTheApplicationsFunctions() throws Exception {
        equal((int) one("SELECT dice(6)") >= 1, true);
        try (CallableStatement call = connection.prepareCall("{? = call avg_rating(?)}")) {
            call.registerOutParameter(1, Types.NUMERIC);
            call.setLong(2, 1);
            call.execute();
            equal(call.getBigDecimal(1).signum(), 1);
        }
    }

    static void copiesOut() throws Exception {
        java.io.StringWriter text = new java.io.StringWriter();
        long rows = connection.unwrap(org.postgresql.PGConnection.class).getCopyAPI().copyOut("COPY tags TO STDOUT WITH CSV", text);
        equal(rows, 20L);
        equal(text.toString().startsWith("1,meal"), true);
    }

    static void runsSeveral() throws Exception {
        try (Statement statement = connection.createStatement()) {
            equal(statement.execute("SELECT 1; SELECT 2"), true);
            equal(statement.getMoreResults(), true);
            statement.getResultSet().next();
            equal(statement.getResultSet().getInt(1), 2);
        }
    }

    static void timesOut() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            statement.executeQuery("SELECT pg_sleep(4)");
            throw new AssertionError("it was not cancelled");
        } catch (SQLException error) {
            equal(error.getSQLState(), "57014");
        }
    }

    static void setsSchema() throws Exception {
        connection.setSchema("public");
        connection.setClientInfo("ApplicationName", "console");
        equal(one("SHOW application_name"), "console");
    }

    static void updateWithParameters() throws Exception {
        try (PreparedStatement update = connection.prepareStatement("UPDATE recipes SET title = ? WHERE id = ?")) {
            update.setString(1, "x");
            update.setLong(2, 1);
            update.executeUpdate();
        }
    }

    static void batch() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO tags (id, name) VALUES (?, ?)")) {
            for (int id = 90; id < 95; id++) {
                insert.setInt(1, id);
                insert.setString(2, "x" + id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void failsInATransaction() throws Exception {
        connection.setAutoCommit(false);
        try {
            run("DELETE FROM reviews");
        } catch (SQLException error) {
            equal(error.getSQLState(), "25006");
        }
        try {
            one("SELECT 1");
        } catch (SQLException error) {
            equal(error.getSQLState(), "25P02");
        }
        connection.rollback();
        equal(one("SELECT count(*) FROM tags"), 20L);
        connection.setAutoCommit(true);
    }

    static Connection connect(String settings) throws SQLException {
        return DriverManager.getConnection(URL + "?user=" + System.getenv("PGUSER") + (settings.isEmpty() ? "" : "&" + settings));
    }

    static void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static Object one(String sql) throws SQLException { return one(connection, sql); }

    static Object one(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getObject(1);
        }
    }

    static Object one(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getObject(1);
        }
    }

    static List<String> names(ResultSet rows, String column) throws SQLException {
        List<String> found = new ArrayList<>();
        while (rows.next()) found.add(rows.getString(column));
        rows.close();
        return found;
    }

    static void equal(Object found, Object expected) {
        if (!Objects.equals(found, expected)) throw new AssertionError(found + ", not " + expected);
    }

    static void step(String name, Work work) {
        try {
            work.run();
            System.out.println("ok " + name);
        } catch (Throwable error) {
            System.out.println("failed " + name + ": " + words(error));
        }
    }

    static void refused(String name, Work work) {
        try {
            work.run();
            System.out.println("failed " + name + ": it was not refused");
        } catch (SQLException error) {
            System.out.println("refused " + name + ": " + error.getClass().getName() + " " + error.getSQLState());
        } catch (Throwable error) {
            System.out.println("failed " + name + ": " + words(error));
        }
    }

    static String words(Throwable error) {
        String text = error.toString().replace('\n', '|');
        return text.substring(0, Math.min(600, text.length()));
    }
}
