namespace SafeConsole.Bench;

/// <summary>One line of the table: the same work through SafeConsole and without it.</summary>
/// <param name="What">What was done.</param>
/// <param name="Unit">The unit of both numbers.</param>
/// <param name="Through">Through SafeConsole.</param>
/// <param name="Without">The same without SafeConsole, or null where there is no such thing.</param>
public sealed record Measurement(string What, string Unit, double Through, double? Without)
{
    /// <summary>Through divided by without, as text; a dash where there is nothing to compare with.</summary>
    public string Ratio => Without is { } without and > 0 ? $"{Through / without:0.00} ×" : "–";
}
