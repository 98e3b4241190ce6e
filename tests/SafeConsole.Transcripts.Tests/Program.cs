using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

/// <summary>A writer in a process of its own. <c>endless FOLDER KEY</c> appends until it is killed and prints each acknowledged number, <c>written</c> the same for what is written but not synced;
/// <c>fill FOLDER KEY</c> appends until the disk is full, and says what became of it.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        using var key = TranscriptSigningKey.OpenOrCreate(arguments[2]);
        await using var store = new FileTranscriptStore(arguments[1], TimeProvider.System, key, NullLogger<FileTranscriptStore>.Instance);
        await using Transcript transcript = await store.CreateAsync(TestStore.Session, default);
        await transcript.AppendAsync(TestStore.Opened(), default);
        if (arguments[0] == "endless")
        {
            await EndlesslyAsync(transcript);
        }

        if (arguments[0] == "written")
        {
            for (int number = 2; true; number++)
            {
                await transcript.WriteAsync(TestStore.Output($"{number}"));
                Say($"{number}");
            }
        }

        await FillAsync(transcript);
        await store.DisposeAsync();
        await using var next = new FileTranscriptStore(arguments[1], TimeProvider.System, key, NullLogger<FileTranscriptStore>.Instance);
        Say($"closed={(await next.CloseInterruptedAsync(default)).Count}");
        TranscriptVerification found = await next.VerifyAsync(TestStore.Session, default);
        Say($"events={found.Events} intact={found.Intact} sealed={found.Sealed}");
        return 0;
    }

    private static async Task EndlesslyAsync(Transcript transcript)
    {
        async Task AppendAsync(int appender)
        {
            while (true)
            {
                Say($"{await transcript.AppendAsync(TestStore.Output(new string('x', 1000 * appender)), default)}");
            }
        }

        await Task.WhenAll(Enumerable.Range(1, 4).Select(AppendAsync));
    }

    private static async Task FillAsync(Transcript transcript)
    {
        int acknowledged = 1;
        async Task AppendAsync()
        {
            try
            {
                while (true)
                {
                    await transcript.AppendAsync(TestStore.Output(new string('x', 8000)), default);
                    Interlocked.Increment(ref acknowledged);
                }
            }
            catch (TranscriptFailedException)
            {
            }
        }

        await Task.WhenAll(Enumerable.Range(1, 4).Select(_ => AppendAsync()));
        Say($"acknowledged={acknowledged} durable={transcript.DurableCount} cause={(await transcript.Failed).GetType().Name}");
        try
        {
            await transcript.AppendAsync(TestStore.Output("small"), default);
        }
        catch (TranscriptFailedException)
        {
            Say($"again=refused");
        }
    }

    private static void Say(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
