// What a C# session begins with: the connection of the environment's PG variables, which hold no secret.
static NpgsqlDataSource OpenDatabase()
{
    static string Setting(string name) => Environment.GetEnvironmentVariable(name);
    // TLS and log-in are between the gateway and the database; in here is only the agent.
    return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
    {
        Host = Setting("PGHOST") ?? "127.0.0.1",
        Port = int.Parse(Setting("PGPORT") ?? "5432"),
        Username = Setting("PGUSER"),
        Database = Setting("PGDATABASE"),
        ApplicationName = Setting("PGAPPNAME"),
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        MaxPoolSize = 4,
    });
}

var db = OpenDatabase();

List<Dictionary<string, object>> Query(string sql, params object[] values)
{
    using var command = db.CreateCommand(sql);
    foreach (var value in values)
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    using var reader = command.ExecuteReader();
    var rows = new List<Dictionary<string, object>>();
    while (reader.Read())
        rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, column => reader.IsDBNull(column) ? null : reader.GetValue(column)));
    return rows;
}

void Show(string sql, params object[] values)
{
    var rows = Query(sql, values);
    var lines = rows.Select(row => row.Values.Select(value => value?.ToString() ?? "NULL").ToArray()).ToList();
    if (rows.Count > 0)
        lines.Insert(0, rows[0].Keys.ToArray());
    foreach (var line in lines)
        Console.WriteLine(string.Join(" | ", line.Select((cell, column) => cell.PadRight(lines.Max(other => other[column].Length)))));
    Console.WriteLine($"({rows.Count} rows)");
}

try
{
    using var connection = db.OpenConnection();
    Console.WriteLine($"Connected to {connection.Database} (PostgreSQL {connection.PostgreSqlVersion}).");
    Console.WriteLine("db is an NpgsqlDataSource; Query(sql, values…) returns rows as dictionaries, Show(sql, values…) prints them.");
}
catch (Exception e) when (e is NpgsqlException or InvalidOperationException or ArgumentException)
{
    Console.WriteLine($"There is no connection: {e.Message}");
}
