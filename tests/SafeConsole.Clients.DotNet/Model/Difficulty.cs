namespace SafeConsole.Clients.DotNet.Model;

/// <summary>The database's enum of the same name.</summary>
internal enum Difficulty
{
    Easy,
    Medium,
    Hard,
}
