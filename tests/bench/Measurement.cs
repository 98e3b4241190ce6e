using System.Globalization;

namespace SafeConsole.Bench;

/// <summary>One line of the table: the same work through SafeConsole, through pgbouncer and straight, as far as there is such a thing.</summary>
/// <param name="What">What was done.</param>
/// <param name="Unit">The unit of the numbers.</param>
/// <param name="Through">Through SafeConsole.</param>
/// <param name="Pooled">The same through pgbouncer, or null.</param>
/// <param name="Direct">The same without anything between, or null.</param>
public sealed record Measurement(string What, string Unit, double Through, double? Pooled, double? Direct)
{
    /// <summary>The table's head, over lines whose names take so many characters.</summary>
    public static string Head(int width) => $"{new string(' ', width)} {"",7} {"SafeConsole",12} {"pgbouncer",12} {"direct",12} {"/pgbouncer",11} {"/direct",9}";

    /// <summary>The line, its name in so many characters; a dash where there is nothing to compare with.</summary>
    public string Line(int width) =>
        $"{What.PadRight(width)} {Unit,7} {Number(Through),12} {Number(Pooled),12} {Number(Direct),12} {Ratio(Pooled),11} {Ratio(Direct),9}";

    private static string Number(double? value) => value is { } known ? known.ToString("#,0.0", CultureInfo.InvariantCulture) : "–";

    private string Ratio(double? other) => other is { } known and > 0 ? (Through / known).ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
