namespace SafeConsole.Gateway.PolicyAdmin;

/// <summary>One error in a policy file; line and column count from 1.</summary>
public sealed record PolicyProblemAnswer(string File, int Line, int Column, string Message);
