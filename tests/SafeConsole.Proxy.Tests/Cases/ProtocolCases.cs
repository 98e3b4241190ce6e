using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>The cases of tests/statements/pg_protocol_cases.md.</summary>
internal static partial class ProtocolCases
{
    /// <summary>Every case, in the file's order.</summary>
    public static IReadOnlyList<ProtocolCase> All { get; } = [.. Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "statements", "pg_protocol_cases.md")))];

    /// <summary>The case of that number.</summary>
    public static ProtocolCase Of(string id) => All.Single(one => one.Id == id);

    private static IEnumerable<ProtocolCase> Read(string text) =>
        from section in text.Split("\n### ").Skip(1)
        let heading = Heading().Match(section)
        let lines = section.Split('\n').Where(line => line.StartsWith("- F>", StringComparison.Ordinal)).ToArray()
        select new ProtocolCase(heading.Groups["id"].Value, heading.Groups["verdict"].Value, lines, [.. lines.Select(Bytes).Where(bytes => bytes.Length > 0)]);

    private static byte[] Bytes(string line) =>
        [.. Hexadecimal().Matches(line).SelectMany(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(pair => byte.Parse(pair, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^(?<id>P\d+) .*\[(?<verdict>[A-Z]+)\]")]
    private static partial Regex Heading();

    [GeneratedRegex("`((?:[0-9a-f]{2} )*[0-9a-f]{2})`")]
    private static partial Regex Hexadecimal();
}
