using System.Text;
using System.Text.Json;
using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Tests.Support;

namespace SafeConsole.Transcripts.Tests;

public sealed class SealTests : StoreTest
{
    [Fact]
    public async Task The_end_is_the_last_event_and_the_seal_counts_it()
    {
        await Test.WriteSealedAsync(5);

        TranscriptRecord last = TranscriptFormat.Parse(Encoding.UTF8.GetBytes(Test.LinesOf()[^1]));
        using JsonDocument seal = JsonDocument.Parse(await File.ReadAllTextAsync(Test.SealPathOf()));

        Assert.Equal(TestStore.End, last.Happened);
        Assert.Equal(5, seal.RootElement.GetProperty("events").GetInt64());
    }

    [Fact]
    public async Task Openssl_confirms_the_seal_with_the_exported_public_key()
    {
        await Test.WriteSealedAsync(5);
        using JsonDocument seal = JsonDocument.Parse(await File.ReadAllTextAsync(Test.SealPathOf()));
        string Field(string name) => seal.RootElement.GetProperty(name).ToString();
        string signed = Path.Combine(Test.Folder, "signed");
        string signature = Path.Combine(Test.Folder, "signature");
        string text = $"safeconsole seal 1\n{TestStore.Session}\n5\n{Field("head")}\n{Field("sealedAt")}\n";
        await File.WriteAllBytesAsync(signature, Convert.FromBase64String(Field("signature")));

        await File.WriteAllTextAsync(signed, text);
        (int code, string output, _) = await ChildProcess.RunAsync(
            "openssl", "dgst", "-sha256", "-verify", Test.KeyPath + ".pub", "-signature", signature, signed);
        Assert.Equal("Verified OK", output.Trim());
        Assert.Equal(0, code);

        await File.WriteAllTextAsync(signed, text.Replace("\n5\n", "\n6\n", StringComparison.Ordinal));
        (code, _, _) = await ChildProcess.RunAsync(
            "openssl", "dgst", "-sha256", "-verify", Test.KeyPath + ".pub", "-signature", signature, signed);
        Assert.NotEqual(0, code);
    }

    [Theory]
    [InlineData("\"events\":5", "\"events\":4")]
    [InlineData("2026-11-23", "2026-11-24")]
    [InlineData("\"signature\":\"M", "\"signature\":\"N")]
    [InlineData("\"signature\":\"M", "\"signature\":\"!")]
    [InlineData("\"signature\":\"M", "\"signature\":\" M")]
    [InlineData("\"key\":\"", "\"key\":\"0")]
    [InlineData("{", "[")]
    [InlineData("\"head\":", "\"hat\":")]
    public async Task A_changed_seal_is_no_seal(string part, string instead)
    {
        await Test.WriteSealedAsync(5);
        string seal = await File.ReadAllTextAsync(Test.SealPathOf());
        string changed = seal.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(seal, changed);
        await File.WriteAllTextAsync(Test.SealPathOf(), changed);

        TranscriptVerification found = await Test.VerifyAsync();

        Assert.False(found.Sealed);
        Assert.False(found.Intact);
        Assert.Contains("signature", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seal_by_another_key_is_no_seal()
    {
        await Test.WriteSealedAsync(5);
        using var other = TranscriptSigningKey.OpenOrCreate(Test.KeyPath + "2");
        TranscriptVerification good = await Test.VerifyAsync();
        TranscriptSeal forged = TranscriptSeal.Sign(TestStore.Session, 5, good.Head, TestStore.Start, other);
        await File.WriteAllBytesAsync(Test.SealPathOf(), forged.ToJson());

        Assert.False((await Test.VerifyAsync()).Sealed);

        await File.WriteAllBytesAsync(Test.SealPathOf(), (forged with { Key = Test.Key.Fingerprint }).ToJson());
        Assert.False((await Test.VerifyAsync()).Sealed);
    }

    [Fact]
    public async Task A_missing_seal_leaves_the_chain_intact_and_says_so()
    {
        await Test.WriteSealedAsync(5);
        File.Delete(Test.SealPathOf());

        TranscriptVerification found = await Test.VerifyAsync();

        Assert.True(found.Intact);
        Assert.False(found.Sealed);
        Assert.Equal("The 5 events fit together, but the record was never sealed: nothing shows whether more followed.", found.Sentence);
    }

    [Fact]
    public async Task Sealing_twice_is_refused_and_changes_nothing()
    {
        Transcript transcript = await Test.WriteSealedAsync(5);
        byte[] lines = await File.ReadAllBytesAsync(Test.PathOf());
        byte[] seal = await File.ReadAllBytesAsync(Test.SealPathOf());

        await Assert.ThrowsAsync<InvalidOperationException>(() => transcript.SealAsync(TestStore.End, default));

        Assert.Equal(lines, await File.ReadAllBytesAsync(Test.PathOf()));
        Assert.Equal(seal, await File.ReadAllBytesAsync(Test.SealPathOf()));
    }

    [Fact]
    public async Task Nothing_is_recorded_after_the_end()
    {
        Transcript transcript = await Test.WriteSealedAsync(5);

        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.AppendAsync(TestStore.Output("late"), default));

        Assert.False(transcript.Failed.IsCompleted);
        Assert.Equal(5, Test.LinesOf().Length);
    }

    [Fact]
    public async Task Appends_that_race_with_the_seal_stand_before_the_end_or_are_refused()
    {
        Transcript transcript = await Test.WriteAsync(1);
        Task<long>[] appends = [.. Enumerable.Range(0, 100).Select(i => Task.Run(() => transcript.AppendAsync(TestStore.Output($"{i}"), default)))];
        await transcript.SealAsync(TestStore.End, default);

        int recorded = 0;
        foreach (Task<long> append in appends)
        {
            Exception? refused = await Record.ExceptionAsync(() => append);
            recorded += refused is null ? 1 : 0;
            Assert.True(refused is null or TranscriptFailedException);
        }

        Assert.Equal(recorded + 2, Test.LinesOf().Length);
        Assert.IsType<SessionEnded>(TranscriptFormat.Parse(Encoding.UTF8.GetBytes(Test.LinesOf()[^1])).Happened);
        Assert.True((await Test.VerifyAsync()).Sealed);
    }

    [Fact]
    public async Task The_end_is_recorded_by_sealing_only()
    {
        Transcript transcript = await Test.WriteAsync(1);

        await Assert.ThrowsAsync<ArgumentException>(() => transcript.AppendAsync(TestStore.End, default));
    }

    [Fact]
    public async Task A_seal_that_cannot_be_written_fails_the_transcript()
    {
        Transcript transcript = await Test.WriteAsync(3);
        Directory.CreateDirectory(Test.SealPathOf());
        File.WriteAllText(Path.Combine(Test.SealPathOf(), "in the way"), "");

        await Assert.ThrowsAsync<TranscriptFailedException>(() => transcript.SealAsync(TestStore.End, default));

        Assert.True(transcript.Failed.IsCompleted);
    }

    [Fact]
    public void A_signing_key_that_others_can_read_is_refused()
    {
        File.SetUnixFileMode(Test.KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Throws<InvalidDataException>(() => TranscriptSigningKey.OpenOrCreate(Test.KeyPath));
    }

    [Fact]
    public async Task A_file_that_is_no_p256_private_key_is_refused()
    {
        await File.WriteAllTextAsync(Test.KeyPath, "nonsense");
        Assert.Throws<InvalidDataException>(() => TranscriptSigningKey.OpenOrCreate(Test.KeyPath));

        await File.WriteAllTextAsync(Test.KeyPath, Test.Key.PublicKey);
        Assert.Throws<InvalidDataException>(() => TranscriptSigningKey.OpenOrCreate(Test.KeyPath));

        (_, string p384, _) = await ChildProcess.RunAsync("openssl", "ecparam", "-name", "secp384r1", "-genkey", "-noout");
        await File.WriteAllTextAsync(Test.KeyPath, p384);
        Assert.Throws<InvalidDataException>(() => TranscriptSigningKey.OpenOrCreate(Test.KeyPath));
    }

    [Fact]
    public void The_same_key_is_found_again_and_its_public_half_lies_beside_it()
    {
        using var again = TranscriptSigningKey.OpenOrCreate(Test.KeyPath);

        Assert.Equal(Test.Key.Fingerprint, again.Fingerprint);
        Assert.Equal(again.PublicKey, File.ReadAllText(Test.KeyPath + ".pub").Trim());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Test.KeyPath));
    }
}
