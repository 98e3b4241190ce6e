using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts.Tests;

public sealed class NativeFileTests
{
    [Fact]
    public void A_sync_that_the_kernel_refuses_is_an_error()
    {
        // A pipe cannot be synced: EINVAL. RandomAccess.FlushToDisk would pass over it.
        using var pipe = new AnonymousPipeServerStream();
        using var file = new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);

        Assert.Throws<IOException>(() => NativeFile.SyncData(file));
    }

    [Fact]
    public void A_folder_that_is_not_there_cannot_be_synced() =>
        Assert.Throws<IOException>(() => NativeFile.SyncFolder("/nowhere/at/all"));
}
