namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// What the records tell of sandboxes that may have been left behind. They die with their gateway, so there is something only where a crash came
/// between two system calls. A process that merely has a dead one's number is never touched.
/// </summary>
internal sealed class AbandonedSandboxes(string runtimeDirectory)
{
    private readonly SandboxRecords records = new(runtimeDirectory);

    /// <summary>
    /// The sandboxes on record, this gateway's and dead ones'; not those of another gateway that lives. A record of an earlier boot is removed, for
    /// its processes are gone and their numbers mean others.
    /// </summary>
    public IReadOnlyList<SandboxRecord> Find()
    {
        var found = new List<SandboxRecord>();
        foreach (var record in records.ReadAll())
        {
            if (record.Boot != SandboxRecords.Boot)
                records.Delete(record.Runner);
            else if (!record.Gateway.IsAlive || record.Gateway.Id == Environment.ProcessId)
                found.Add(record);
        }
        return found;
    }

    /// <summary>Kills a sandbox and forgets its record; true when something of it was alive.</summary>
    public bool Stop(string runner)
    {
        if (Find().FirstOrDefault(record => record.Runner == runner) is not { } record)
            return false;
        var initWasAlive = record.Init?.Kill() ?? false;
        var outerWasAlive = record.Outer?.Kill() ?? false;
        var wasAlive = StrandedSandbox.Kill(runner) || initWasAlive || outerWasAlive;
        records.Delete(runner);
        return wasAlive;
    }
}
