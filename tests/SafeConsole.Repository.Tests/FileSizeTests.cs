namespace SafeConsole.Repository.Tests;

/// <summary>A file is read in one go: the size budget of C# and TypeScript.</summary>
public sealed class FileSizeTests
{
    private static readonly (string File, int Lines)[] BySize =
        [.. SourceTree.WrittenCode.Select(file => (file, SourceTree.LineCount(file))).OrderBy(entry => entry.Item2)];

    [Fact]
    public void Median_file_has_at_most_60_lines() => Assert.InRange(BySize[BySize.Length / 2].Lines, 1, 60);

    [Fact]
    public void Nine_files_of_ten_have_at_most_200_lines()
    {
        var long200 = BySize.Where(entry => entry.Lines > 200).ToArray();
        Assert.True(long200.Length * 10 <= BySize.Length, $"{long200.Length} of {BySize.Length} files are longer: {string.Join(", ", long200)}");
    }

    [Fact]
    public void No_file_has_more_than_400_lines() => Offenders.None(BySize.Where(entry => entry.Lines > 400));
}
