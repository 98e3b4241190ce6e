using OpenIddict.Abstractions;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Removes, every hour, what sign-ins left in the database and nothing can use any more: tokens and authorizations over a day old.</summary>
public sealed class SignInPruning(IServiceScopeFactory scopes, TimeProvider time, ILogger<SignInPruning> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    /// <summary>Removes them now. Tokens that are still valid stay, however old.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = time.GetUtcNow() - Age;
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                SignInLog.NotPruned(log, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
