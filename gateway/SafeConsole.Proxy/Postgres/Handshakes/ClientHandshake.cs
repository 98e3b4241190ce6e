using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>
/// Reads a client's first packets. Encryption is answered with "no": the bytes come from inside the runner over the session's link,
/// which is protected itself. https://www.postgresql.org/docs/15/protocol-flow.html#id-1.10.6.7.3
/// </summary>
internal static class ClientHandshake
{
    // SSL and GSS may each be asked for once before the start-up packet.
    private const int MaximumRequests = 2;

    /// <summary>The start-up or cancel request; null when the client closed first. Throws <see cref="ProtocolFaultException"/>.</summary>
    public static async Task<ClientStartup?> ReadAsync(Stream client, FrameBuffer incoming, CancellationToken cancellationToken)
    {
        int requests = 0;
        while (true)
        {
            if (TryTake(incoming, out ClientStartup? startup, out bool encryption))
            {
                return startup;
            }

            if (encryption)
            {
                if (++requests > MaximumRequests)
                {
                    throw new ProtocolFaultException("Encryption was asked for again and again.");
                }

                await client.WriteAsync("N"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                await client.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (!await incoming.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    private static bool TryTake(FrameBuffer incoming, out ClientStartup? startup, out bool encryption)
    {
        startup = null;
        encryption = false;
        if (!StartupPacket.TryRead(incoming.Unread, out StartupPacket packet))
        {
            return false;
        }

        switch (packet.Code)
        {
            case StartupPacket.Ssl or StartupPacket.Gss when packet.Body.IsEmpty:
                encryption = true;
                break;
            case StartupPacket.Cancel:
                startup = new ClientStartup(CancelRequest.Read(packet.Body), 0, []);
                break;
            default:
                startup = new ClientStartup(null, CheckVersion(packet.Code), StartupMessage.Read(packet.Body));
                break;
        }

        incoming.Advance(packet.Length);
        return startup is not null;
    }

    private static int CheckVersion(int version) => version >> 16 == 3
        ? version
        : throw new ProtocolFaultException("Only version 3 of the PostgreSQL protocol is spoken.");
}
