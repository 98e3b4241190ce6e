using Microsoft.Extensions.Logging.Abstractions;

namespace SafeConsole.Policies.Tests.Loading;

/// <summary>From a saved file to a policy in force.</summary>
public sealed class PolicyWatcherTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly PolicyFolderFixture fixture = new();
    private readonly CancellationTokenSource stop = new();
    private PolicyStore store = null!;
    private Task watching = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        store = await PolicyStore.OpenAsync(fixture.Folder);
        var options = new PolicyWatcherOptions { Quiet = TimeSpan.FromMilliseconds(50), Poll = TimeSpan.FromMilliseconds(200) };
        watching = new PolicyWatcher(store, options, TimeProvider.System, NullLogger<PolicyWatcher>.Instance).RunAsync(stop.Token);
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
    }

    public void Dispose()
    {
        store.Dispose();
        stop.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public async Task A_file_saved_by_rename_is_in_force_and_the_change_is_told()
    {
        PolicySnapshot first = store.Current;
        Task<PolicyChange> change = NextChange();

        fixture.Replace("targets/recipes.yaml", PolicyFolderFixture.Target.Replace("title: Recipes", "title: Renamed", StringComparison.Ordinal));

        PolicyChange told = await change.WaitAsync(Deadline);
        Assert.Same(first, told.Old);
        Assert.Same(store.Current, told.New);
        Assert.Equal("Renamed", store.Current.Targets["recipes"].Title);
    }

    [Fact]
    public async Task A_mistake_leaves_the_last_good_policies_in_force_until_it_is_mended()
    {
        PolicySnapshot good = store.Current;

        // By rename, for half of a file would be a mistake of its own.
        fixture.Replace("targets/recipes.yaml", "title: [");
        await UntilAsync(() => store.LastFailure is not null);
        Assert.Same(good, store.Current);
        Assert.Equal("targets/recipes.yaml", Assert.Single(store.LastFailure!.Problems).File);

        fixture.Replace("targets/recipes.yaml", PolicyFolderFixture.Target);
        await UntilAsync(() => store.LastFailure is null);
        Assert.Same(good, store.Current);
    }

    [Fact]
    public async Task A_folder_that_vanishes_leaves_the_last_good_policies_and_is_found_again()
    {
        PolicySnapshot good = store.Current;
        string away = fixture.Folder + "-away";

        Directory.Move(fixture.Folder, away);
        await UntilAsync(() => store.LastFailure is not null);
        Assert.Same(good, store.Current);

        File.WriteAllText(Path.Combine(away, "targets", "second.yaml"), PolicyFolderFixture.Target);
        Directory.Move(away, fixture.Folder);
        await UntilAsync(() => store.Current.Targets.ContainsKey("second") && store.LastFailure is null);
    }

    [Fact]
    public async Task Many_files_that_change_together_are_one_change()
    {
        int changes = 0;
        store.Changed += _ => Interlocked.Increment(ref changes);

        for (int number = 0; number < 50; number++)
        {
            fixture.Write($"targets/recipes-{number}.yaml", PolicyFolderFixture.Target);
        }

        // The policies are in force a moment before it is told.
        await UntilAsync(() => store.Current.Targets.Count == 51 && Volatile.Read(ref changes) > 0);
        Assert.InRange(Volatile.Read(ref changes), 1, 10);
    }

    [Fact]
    public async Task A_subscriber_that_throws_does_not_keep_the_change_from_the_others()
    {
        store.Changed += _ => throw new InvalidOperationException("a subscriber's own fault");
        Task<PolicyChange> change = NextChange();

        fixture.Write("targets/recipes.yaml", PolicyFolderFixture.Target.Replace("title: Recipes", "title: Again", StringComparison.Ordinal));

        Assert.Equal("Again", (await change.WaitAsync(Deadline)).New.Targets["recipes"].Title);
    }

    private Task<PolicyChange> NextChange()
    {
        var next = new TaskCompletionSource<PolicyChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Changed += change => next.TrySetResult(change);
        return next.Task;
    }

    /// <summary>Looks again and again until it is so; fails after the deadline.</summary>
    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var deadline = new CancellationTokenSource(Deadline);
        while (!isSo())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
