namespace SafeConsole.Repository.Tests;

/// <summary>Fails with the whole list, so that one run shows everything that is to be mended.</summary>
internal static class Offenders
{
    public static void None<T>(IEnumerable<T> found)
    {
        var all = found.Select(item => $"{item}").ToArray();
        Assert.True(all.Length == 0, $"{all.Length} found:\n{string.Join('\n', all)}");
    }
}
