using System.Text;
using System.Text.Json;
using SafeConsole.Testing.Fuzzing;
using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Tests.Support;
using Xunit.Abstractions;

namespace SafeConsole.Transcripts.Tests.Fuzzing;

/// <summary>Damaged transcripts: every line is an event or <see cref="InvalidDataException"/>, every file is read to an end and never called intact.</summary>
public sealed class TranscriptFuzzTests(ITestOutputHelper output) : StoreTest
{
    private static readonly byte[] Golden = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "transcript.ndjson"));

    [Fact]
    public void Damaged_lines_are_events_or_invalid_data()
    {
        byte[][] lines = [.. Encoding.UTF8.GetString(Golden).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes)];
        var run = new FuzzRun<byte[]>(lines, ByteMutator.Mutate, ExamineLine, Convert.ToHexString);
        foreach (FuzzReport report in run.Run(10_000))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 10, report.ToString());
        }
    }

    [Fact]
    public async Task Damaged_files_are_read_to_an_end_and_never_called_intact()
    {
        await Test.WriteSealedAsync(8);
        byte[] sound = await File.ReadAllBytesAsync(Test.PathOf());
        byte[] seal = await File.ReadAllBytesAsync(Test.SealPathOf());
        var run = new FuzzRun<byte[]>([sound, Golden], ByteMutator.Mutate, file => ExamineFile(file, sound, seal), Convert.ToHexString);
        foreach (FuzzReport report in run.Run(400))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 3, report.ToString());
        }
    }

    [Fact]
    public async Task Damaged_seals_are_never_called_intact()
    {
        await Test.WriteSealedAsync(8);
        byte[] sound = await File.ReadAllBytesAsync(Test.SealPathOf());
        byte[] file = await File.ReadAllBytesAsync(Test.PathOf());
        var run = new FuzzRun<byte[]>([sound], MutateSeal, seal => ExamineFile(file, file, seal, sound), Convert.ToHexString);
        foreach (FuzzReport report in run.Run(400))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 1, report.ToString());
        }
    }

    // Most damage leaves no JSON at all; half of the seals stay readable and have another letter or digit somewhere.
    private static byte[] MutateSeal(Random random, IReadOnlyList<byte[]> corpus)
    {
        if (random.Next(2) == 0)
        {
            return ByteMutator.Mutate(random, corpus);
        }

        byte[] seal = [.. corpus[0]];
        int[] places = [.. Enumerable.Range(0, seal.Length).Where(place => char.IsAsciiLetterOrDigit((char)seal[place]))];
        seal[places[random.Next(places.Length)]] = "0123456789ABCDEFabcdef"u8[random.Next(22)];
        return seal;
    }

    private static string ExamineLine(byte[] line)
    {
        try
        {
            TranscriptEvent happened = TranscriptFormat.Parse(line).Happened;
            return happened.GetType().Name;
        }
        catch (InvalidDataException refused)
        {
            return refused.InnerException is null ? "no envelope" : refused.InnerException.Message.Split('.')[0];
        }
    }

    private string ExamineFile(byte[] file, byte[] sound, byte[] seal, byte[]? soundSeal = null)
    {
        File.WriteAllBytes(Test.PathOf(), file);
        File.WriteAllBytes(Test.SealPathOf(), seal);
        TranscriptVerification found = Test.VerifyAsync().GetAwaiter().GetResult();
        bool changed = !file.AsSpan().SequenceEqual(sound) || (soundSeal is not null && !seal.AsSpan().SequenceEqual(soundSeal));
        if (found.Intact && changed && !SameSeal(seal, soundSeal))
        {
            throw new InvalidOperationException($"Called intact: {found.Sentence}");
        }

        int lines = ReadLines();
        return $"{string.Concat(found.Sentence.Where(char.IsAsciiLetter).Take(60))}/{Math.Min(lines, 12)}";
    }

    /// <summary>White space, order, unknown keys and a key's earlier value do not make another seal.</summary>
    private static bool SameSeal(byte[] seal, byte[]? sound)
    {
        if (sound is null)
        {
            return false;
        }

        using JsonDocument found = JsonDocument.Parse(seal);
        using JsonDocument expected = JsonDocument.Parse(sound);
        return expected.RootElement.EnumerateObject().All(
            property => found.RootElement.TryGetProperty(property.Name, out JsonElement value) && value.ToString() == property.Value.ToString());
    }

    private int ReadLines()
    {
        try
        {
            return Test.ReadAsync().GetAwaiter().GetResult().Count;
        }
        catch (InvalidDataException)
        {
            return -1;
        }
    }
}
