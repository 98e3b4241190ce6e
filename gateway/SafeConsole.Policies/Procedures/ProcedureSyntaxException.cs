namespace SafeConsole.Policies.Procedures;

/// <summary>A PL/pgSQL body is not understood at some token.</summary>
internal sealed class ProcedureSyntaxException(string message) : Exception(message);
