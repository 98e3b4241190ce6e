namespace SafeConsole.Gateway;

/// <summary>
/// The lock on `gateway.lock` in the runtime folder (flock(2)), held until it is disposed of or the process ends, however that happens. Two gateways on one folder would take each other's
/// link socket and end each other's runners.
/// </summary>
public sealed class RuntimeLock : IDisposable
{
    // EWOULDBLOCK of flock(2), which .NET passes on as it is.
    private const int HeldByAnother = 11;

    private readonly FileStream file;

    private RuntimeLock(FileStream file) => this.file = file;

    /// <summary>Makes the folder if it is missing, and takes the lock. Throws <see cref="GatewayConfigurationException"/> where another gateway has it.</summary>
    public static RuntimeLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new RuntimeLock(new FileStream(Path.Combine(directory, "gateway.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException held) when (held.HResult == HeldByAnother)
        {
            throw new GatewayConfigurationException($"Another gateway is running with the runtime folder {directory}; stop it, or set Runtime:Directory to another folder.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GatewayConfigurationException($"The runtime folder {directory} cannot be written: {failure.Message} Give it to the gateway's user, or set Runtime:Directory to another folder.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
