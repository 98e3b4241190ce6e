using System.Net;
using System.Text.RegularExpressions;

namespace SafeConsole.Policies.Loading;

/// <summary>The rules that values must keep beyond their form. Each gives the problem as a sentence, or null.</summary>
internal static partial class PolicyValidator
{
    private static readonly string[] Reserved = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGPASSFILE", "PGSERVICE", "DATABASE_URL"];

    /// <summary>A target's name is part of addresses, folders and logs.</summary>
    public static string? TargetName(string name) =>
        NamePattern().IsMatch(name) ? null : $"A target's file name is its name: lower-case letters, digits and hyphens, up to 63, such as recipes-staging.yaml; here it is `{name}`.";

    /// <summary>An option's name is part of addresses.</summary>
    public static string? OptionName(string name) => NamePattern().IsMatch(name) ? null : $"`{name}` is not a name of lower-case letters, digits and hyphens, up to 63.";

    /// <summary>A program is found by its absolute path or through PATH, never relative to some folder.</summary>
    public static string? Program(string program)
    {
        bool bare = program.Length > 0 && !program.Contains('/', StringComparison.Ordinal);
        bool absolute = program.StartsWith('/') && program.Length > 1;
        return (bare || absolute) && !program.StartsWith('-') && program.Trim() == program
            ? null
            : $"`{program}` must be a program's name, such as psql, or its absolute path, such as /usr/bin/psql.";
    }

    /// <summary>Variables that the gateway sets cannot be set by a policy.</summary>
    public static string? EnvironmentName(string name)
    {
        if (!EnvironmentPattern().IsMatch(name))
        {
            return $"`{name}` is not the name of an environment variable.";
        }

        return Reserved.Contains(name) || name.StartsWith("SAFECONSOLE_", StringComparison.Ordinal) ? $"{name} is set by the gateway and cannot be set here." : null;
    }

    /// <summary>The name of an ECS capacity provider.</summary>
    public static string? CapacityProvider(string name) =>
        CapacityProviderPattern().IsMatch(name) ? null : $"`{name}` is not the name of a capacity provider, such as FARGATE_SPOT.";

    /// <summary>A secret is named, never written down here.</summary>
    public static string? Reference(string reference)
    {
        bool variable = reference.StartsWith("env:", StringComparison.Ordinal) && EnvironmentPattern().IsMatch(reference[4..]);
        bool file = reference.StartsWith("file:/", StringComparison.Ordinal) && reference.Length > 6;
        bool parameter = reference.StartsWith("ssm:/", StringComparison.Ordinal) && ParameterPattern().IsMatch(reference[4..]);
        // The value is not shown: it may be a password written here by mistake.
        return variable || file || parameter ? null : "This must say where the secret is, as env:NAME, file:/absolute/path or ssm:/parameter/name; the secret itself does not belong here.";
    }

    /// <summary>Plain text leaves the machine never.</summary>
    public static string? Tls(TlsMode tls, string host) =>
        tls != TlsMode.Disable || IsThisMachine(host) ? null : $"`disable` is only for Unix sockets and loopback; {host} is neither. Use verify-full.";

    /// <summary>A host name, an address, or the absolute path of a folder with a Unix socket.</summary>
    public static string? Host(string host) =>
        host.StartsWith('/') || Uri.CheckHostName(host) != UriHostNameType.Unknown ? null : $"`{host}` is not a host name, an address, or the absolute path of a Unix socket's folder.";

    /// <summary>A person is named by who says so and by their stable id there; e-mail addresses change hands.</summary>
    public static string? User(string user) =>
        user.Split('|') is [{ Length: > 0 }, { Length: > 0 }] ? null : $"`{user}` must be issuer|subject, such as https://login.example.org|248289761001.";

    /// <summary>A function is named with its schema, so that no other one can come to be meant.</summary>
    public static string? Function(string function) =>
        FunctionPattern().IsMatch(function) ? null : $"`{function}` must be schema.name, or schema.name(type, type), such as app.current_tenant(bigint).";

    /// <summary>A pattern that cannot take exponential time.</summary>
    public static string? Pattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (NotSupportedException failure)
        {
            return $"The pattern uses what cannot be matched in linear time: {failure.Message}";
        }
        catch (ArgumentException failure)
        {
            return $"The pattern is not a regular expression: {failure.Message}";
        }
    }

    /// <summary>The link of a refusal is shown to be clicked.</summary>
    public static string? Link(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" ? null : $"`{link}` is not an address such as https://wiki.example.org/console.";

    private static bool IsThisMachine(string host) =>
        host.StartsWith('/') || host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$", RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[^.()\s]{1,63}\.[^.()\s]{1,63}(\([^()]*\))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex FunctionPattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,254}$")]
    private static partial Regex CapacityProviderPattern();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}$", RegexOptions.ExplicitCapture)]
    private static partial Regex EnvironmentPattern();

    // A name in the Parameter Store: at most 15 levels, 1,011 characters.
    [GeneratedRegex("^(?=.{2,1011}$)(/[A-Za-z0-9_.-]+){1,15}$", RegexOptions.ExplicitCapture)]
    private static partial Regex ParameterPattern();
}
