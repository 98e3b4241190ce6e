namespace SafeConsole.Gateway.Console;

/// <summary>An offered way to start the REPL; the command line itself is the SRE's.</summary>
public sealed record OptionAnswer(string Name, string Title, string Description);
