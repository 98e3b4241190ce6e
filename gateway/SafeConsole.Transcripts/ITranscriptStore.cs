namespace SafeConsole.Transcripts;

/// <summary>Where transcripts are kept.</summary>
public interface ITranscriptStore
{
    /// <summary>
    /// Starts the record of a new session. Throws <see cref="TranscriptFailedException"/> if it exists or cannot be written,
    /// <see cref="ArgumentException"/> for an id that is not a lower-case UUID.
    /// </summary>
    Task<Transcript> CreateAsync(string session, CancellationToken cancellationToken);

    /// <summary>
    /// The lines of a transcript from event <paramref name="fromNumber"/> (counting from 1), each one JSON object in UTF-8 without its
    /// newline, exactly as hashed. With <paramref name="follow"/> it waits for further events until the session is closed.
    /// Throws <see cref="KeyNotFoundException"/> for a session without a transcript, <see cref="InvalidDataException"/> for a damaged file.
    /// </summary>
    IAsyncEnumerable<TranscriptLine> ReadAsync(string session, long fromNumber, bool follow, CancellationToken cancellationToken);

    /// <summary>Every session that has a transcript, newest first, with whether it is sealed.</summary>
    IAsyncEnumerable<TranscriptListing> ListAsync(CancellationToken cancellationToken);

    /// <summary>Recomputes the chain and checks the seal; the result says in words what was found.</summary>
    Task<TranscriptVerification> VerifyAsync(string session, CancellationToken cancellationToken);

    /// <summary>
    /// Closes and seals what a dead gateway left open: drops a torn last line that was never acknowledged, appends the end with
    /// <see cref="Events.SessionEndReason.GatewayInterrupted"/>. Returns the sessions so closed. Called at start, before any session
    /// opens. A record whose chain does not fit is logged and left as it is found.
    /// </summary>
    Task<IReadOnlyList<string>> CloseInterruptedAsync(CancellationToken cancellationToken);
}
