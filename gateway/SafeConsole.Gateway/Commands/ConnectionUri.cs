using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace SafeConsole.Gateway.Commands;

/// <summary>libpq's address of a database, postgres://user:password@host:port/database?name=value (PostgreSQL documentation, 34.1.1.2), as Npgsql's settings.</summary>
internal static class ConnectionUri
{
    /// <summary>libpq's names that Npgsql has others for.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["host"] = "Host", ["port"] = "Port", ["dbname"] = "Database", ["user"] = "Username", ["password"] = "Password", ["passfile"] = "Passfile",
        ["application_name"] = "Application Name", ["connect_timeout"] = "Timeout", ["options"] = "Options", ["sslmode"] = "SSL Mode", ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key", ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>Whether the text is such an address.</summary>
    public static bool Is(string connection) =>
        connection.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || connection.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings. Throws <see cref="ArgumentException"/> for one that is not known, <see cref="FormatException"/> for what is no address.</summary>
    public static NpgsqlConnectionStringBuilder Read(Uri address)
    {
        var settings = new NpgsqlConnectionStringBuilder();
        Set(settings, "Host", Uri.UnescapeDataString(address.Host));
        Set(settings, "Port", address.Port > 0 ? $"{address.Port}" : "");
        Set(settings, "Database", Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')));
        var person = address.UserInfo.Split(':', 2);
        Set(settings, "Username", Uri.UnescapeDataString(person[0]));
        Set(settings, "Password", person.Length == 2 ? Uri.UnescapeDataString(person[1]) : "");
        foreach (var (name, values) in QueryHelpers.ParseQuery(address.Query))
            Set(settings, Names.GetValueOrDefault(name) ?? throw new ArgumentException("This setting is not known."), Value(name, values.ToString()));
        return settings;
    }

    private static string Value(string name, string value) => name is "sslmode" or "target_session_attrs" ? value.Replace("-", "", StringComparison.Ordinal) : value;

    private static void Set(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        if (value.Length > 0)
            settings[name] = value;
    }
}
