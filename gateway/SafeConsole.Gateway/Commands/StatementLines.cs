using System.Buffers;
using System.IO.Pipelines;
using SafeConsole.Policies;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Gateway.Commands;

/// <summary>Judges line after line, each as a session of its own. What was read is answered before more is waited for.</summary>
internal sealed class StatementLines(StatementJudge judge, TargetPolicy policy, DatabaseCatalog? catalog)
{
    /// <summary>The exit code where a line could not be judged.</summary>
    public const int SomeUnjudged = 2;

    /// <summary>The longest line, in bytes: a list of several of the longest texts.</summary>
    private const int LongestLine = 16 * 1024 * 1024;

    private long number;
    private long unjudged;

    /// <summary>Judges every line, and says of each that it cannot why not. Returns the exit code.</summary>
    public async Task<int> JudgeAsync(Stream input, Stream output, TextWriter errors, CancellationToken cancellationToken)
    {
        var lines = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var verdicts = PipeWriter.Create(output);
        for (ReadResult read = default; !read.IsCompleted;)
        {
            read = await lines.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (Cut(ref rest, read.IsCompleted) is { } line)
                await JudgeAsync(line, verdicts, errors);
            await verdicts.FlushAsync(cancellationToken);
            if (rest.Length > LongestLine)
                throw new CommandRefusedException($"Line {number + 1} is longer than {LongestLine >> 20} MiB; it and what follows was not judged.");
            lines.AdvanceTo(rest.Start, rest.End);
        }

        await verdicts.CompleteAsync();
        if (unjudged > 0)
            await errors.WriteLineAsync($"{unjudged} of {number} lines could not be judged.");
        return unjudged > 0 ? SomeUnjudged : CommandLine.Done;
    }

    /// <summary>Takes a line off the front; the last one needs no line end.</summary>
    private static ReadOnlySequence<byte>? Cut(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        ReadOnlySequence<byte> line;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }

        if (!isLast || rest.IsEmpty)
            return null;
        line = rest;
        rest = rest.Slice(rest.End);
        return line;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        reader.AdvancePastAny(" \t\r"u8);
        return reader.End;
    }

    private async Task JudgeAsync(ReadOnlySequence<byte> bytes, PipeWriter verdicts, TextWriter errors)
    {
        number++;
        if (IsBlank(bytes))
            return;
        var (line, problem) = StatementLine.Read(bytes);
        if (line is null)
        {
            unjudged++;
            await errors.WriteLineAsync($"Line {number} {problem}");
            return;
        }

        var rehearsal = new StatementRehearsal(judge, policy, catalog is null ? null : new SessionNames(catalog));
        var judged = line.Texts.Select((text, place) => (rehearsal.Send(text).Verdict, Place: place)).ToList();
        var (verdict, decisive) = judged.MaxBy(one => one.Verdict.Outcome);
        JudgedLine.Write(verdicts, line, number, verdict, decisive);
    }
}
