using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeConsole.Bench;

/// <summary>COPY of 200 MB of a table's rows, by psql's own timing.</summary>
public static partial class CopyBenchmark
{
    // A row of pgbench_accounts is 97 bytes or so in COPY's text form.
    private const int Rows = 2_080_000;
    private const double MegaBytes = Rows * 97e-6;

    /// <summary>Measures MB/s.</summary>
    public static async Task<Measurement[]> RunAsync(Ways ways)
    {
        var command = $@"psql -X -o /dev/null -c '\timing on' -c 'COPY (SELECT * FROM pgbench_accounts WHERE aid <= {Rows}) TO STDOUT'";
        return [await ways.MeasureAsync("COPY TO STDOUT of 200 MB", "MB/s", command, Rate)];
    }

    private static double Rate(string output) => MegaBytes * 1000 / double.Parse(Time().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Time: ([0-9.]+) ms")]
    private static partial Regex Time();
}
