using FsCheck.Xunit;
using SafeConsole.Proxy.Postgres.Handshakes;

namespace SafeConsole.Proxy.Tests.Handshakes;

/// <summary>The start-up parameter `options`, read as PostgreSQL reads it.</summary>
public sealed class StartupOptionsTests
{
    [Theory]
    [InlineData("-c a=b", "a=b")]
    [InlineData("-ca=b", "a=b")]
    [InlineData("--a=b", "a=b")]
    [InlineData("--statement-timeout=5s -cwork-mem=1MB", "statement_timeout=5s|work_mem=1MB")]
    [InlineData(@"-c a=two\ words\\ --b=\-c\ c=d", @"a=two words\|b=-c c=d")]
    [InlineData("  -c\ta=1\n-c  a=2 ", "a=1|a=2")]
    [InlineData("-c a=b=c --d=", "a=b=c|d=")]
    [InlineData("-e -d 5 -Oca=b -S1024 -fs", "-e|-d|-O|a=b|-S|-f")]
    [InlineData("-f -c -c a=b", "-f|a=b")]
    [InlineData("", "")]
    public void Switches_are_found_in_every_form(string options, string expected) => Assert.Equal(expected, Read(options));

    [Theory]
    [InlineData("default_transaction_read_only=off")]
    [InlineData("-c")]
    [InlineData("-c a")]
    [InlineData("-c =b")]
    [InlineData("--a")]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("-X")]
    [InlineData("-c a=b stray")]
    [InlineData("-c a=b\\")]
    [InlineData("-d")]
    public void What_cannot_be_read_is_refused_with_a_sentence(string options)
    {
        StartupRefusedException refusal = Assert.Throws<StartupRefusedException>(() => StartupOptions.Read(options));
        Assert.Equal("42601", refusal.SqlState);
        Assert.StartsWith("The start-up parameter options cannot be read: ", refusal.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 2_000)]
    public void Any_text_is_read_or_refused(string? text)
    {
        Exception? refusal = Record.Exception(() => StartupOptions.Read(text ?? ""));
        Assert.True(refusal is null or StartupRefusedException, refusal?.ToString());
    }

    [Property(MaxTest = 1_000)]
    public void Any_value_survives_its_escaping(string? text)
    {
        string value = text ?? "";
        string escaped = string.Concat(value.Select(character => $"\\{character}"));
        Assert.Equal(value, Assert.Single(StartupOptions.Read($"-c a={escaped}")).Value);
    }

    private static string Read(string options) =>
        string.Join('|', StartupOptions.Read(options).Select(option => option.Name is { } name ? $"{name}={option.Value}" : option.Written));
}
