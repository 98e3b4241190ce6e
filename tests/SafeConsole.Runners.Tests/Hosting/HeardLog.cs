using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>A logger that keeps the numbers and texts of what was logged.</summary>
internal sealed class HeardLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<int> events = new();
    private readonly ConcurrentQueue<string> texts = new();

    public IReadOnlyCollection<int> Events => events;

    public IReadOnlyCollection<string> Texts => texts;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        events.Enqueue(eventId.Id);
        texts.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
