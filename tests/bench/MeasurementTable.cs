namespace SafeConsole.Bench;

/// <summary>Prints measurements as they come. Where a name is too long for the columns so far, a wider head goes before it.</summary>
public sealed class MeasurementTable(TextWriter output)
{
    // The longest name, so that a whole run has one head.
    private const int Narrowest = 52;

    private int width;

    /// <summary>Prints a benchmark's lines.</summary>
    public void Print(IReadOnlyCollection<Measurement> lines)
    {
        var longest = lines.Select(line => line.What.Length).Append(Narrowest).Max();
        if (longest > width)
        {
            width = longest;
            output.WriteLine(Measurement.Head(width));
        }
        foreach (var line in lines)
        {
            output.WriteLine(line.Line(width));
        }
    }
}
