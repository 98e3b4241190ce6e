using System.Text;

namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>
/// The start-up parameter `options`: arguments as on the server's command line, parted by white space, of which `-c name=value` and `--name=value` set
/// something. https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNECT-OPTIONS
/// </summary>
internal static class StartupOptions
{
    /// <summary>Names and values in order. An argument of any other form stands as a name without a value, which no setting takes.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(string options)
    {
        using IEnumerator<string> arguments = Split(options).GetEnumerator();
        while (arguments.MoveNext())
        {
            string argument = arguments.Current;
            yield return argument switch
            {
                "-c" => Setting(arguments.MoveNext() ? arguments.Current : ""),
                ['-', 'c', .. var setting] => Setting(setting),
                ['-', '-', .. var setting] => Setting(setting),
                _ => new KeyValuePair<string, string>(argument, ""),
            };
        }
    }

    /// <summary>Within a name the server takes a hyphen for an underscore.</summary>
    private static KeyValuePair<string, string> Setting(string text) => text.IndexOf('=', StringComparison.Ordinal) is var end and >= 0
        ? new(text[..end].Replace('-', '_'), text[(end + 1)..])
        : new("-c " + text, "");

    /// <summary>A backslash takes the character behind it as it is; alone at the end it is left out.</summary>
    private static IEnumerable<string> Split(string options)
    {
        var argument = new StringBuilder();
        bool within = false;
        for (int at = 0; at < options.Length; at++)
        {
            bool escaped = options[at] == '\\' && ++at < options.Length;
            if (at < options.Length && (escaped || options[at] is not (' ' or '\t' or '\n' or '\v' or '\f' or '\r')))
            {
                argument.Append(options[at]);
                within = true;
            }
            else if (within)
            {
                yield return argument.ToString();
                argument.Clear();
                within = false;
            }
        }

        if (within)
        {
            yield return argument.ToString();
        }
    }
}
