using Microsoft.Extensions.Logging;

namespace SafeConsole.Proxy.Tests.Fuzzing;

/// <summary>Keeps the last exception that the proxy itself calls a defect.</summary>
internal sealed class DefectLog : ILogger<ProxySession>
{
    /// <summary>Null while there was none.</summary>
    public Exception? Defect { get; private set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Defect = logLevel >= LogLevel.Error ? exception ?? new InvalidOperationException(formatter(state, exception)) : Defect;
}
