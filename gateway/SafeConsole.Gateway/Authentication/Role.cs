namespace SafeConsole.Gateway.Authentication;

/// <summary>The three kinds of people, given by group claims.</summary>
public enum Role
{
    /// <summary>Opens consoles.</summary>
    Developer,

    /// <summary>Reads sessions.</summary>
    Reviewer,

    /// <summary>Writes policies and runs the gateway.</summary>
    Sre,
}
