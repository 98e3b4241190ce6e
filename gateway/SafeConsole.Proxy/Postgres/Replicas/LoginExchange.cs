using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>
/// The log-in's state. A server that lets in without SCRAM is only believed where the policy names no credential; passwords in clear
/// or under MD5 are never sent.
/// </summary>
internal sealed class LoginExchange(Stream stream, string? password)
{
    private ScramClient? scram;
    private bool proven;
    private bool admitted;

    /// <summary>Takes one of the server's messages and writes the answer; true when the connection is ready.</summary>
    public bool Take(Frame frame, ReplicaConnection connection, MessageWriter answer)
    {
        switch (frame.Type)
        {
            case BackendType.Authentication when !admitted:
                Authenticate(AuthenticationMessage.Read(frame.Body), answer);
                return false;
            case BackendType.Error:
                ErrorMessage error = ErrorMessage.Read(frame.Body);
                throw new ReplicaFailedException($"The replica refused the connection: {error.Message}", error.SqlState);
            case BackendType.Notice:
                return false;
            case BackendType.ParameterStatus when admitted:
                ParameterStatusMessage status = ParameterStatusMessage.Read(frame.Body);
                connection.Settings[status.Name] = status.Value;
                return false;
            case BackendType.BackendKeyData when admitted:
                connection.Key = BackendKeyDataMessage.Read(frame.Body);
                return false;
            case BackendType.ReadyForQuery when admitted:
                return true;
            default:
                throw new ReplicaFailedException($"The replica sent an unexpected message 0x{frame.Type:x2} during the log-in.");
        }
    }

    private void Authenticate(AuthenticationMessage message, MessageWriter answer)
    {
        switch (message.Request)
        {
            case AuthenticationMessage.Ok when proven || password is null:
                admitted = true;
                break;
            case AuthenticationMessage.Ok:
                throw new ReplicaFailedException("The replica let the role in without a password, though the policy names a credential.");
            case AuthenticationMessage.Sasl when scram is null && password is not null:
                byte[]? binding = ReplicaTls.EndPointBinding(stream);
                scram = ScramClient.Choose([.. message.ReadMechanisms()], binding, password);
                SaslMessage.WriteInitial(answer, scram.Mechanism, scram.First);
                break;
            case AuthenticationMessage.SaslContinue when scram is not null:
                SaslMessage.WriteResponse(answer, scram.Continue(WireText.Decode(message.Data)));
                break;
            case AuthenticationMessage.SaslFinal when scram is not null:
                scram.Finish(WireText.Decode(message.Data));
                proven = true;
                break;
            case AuthenticationMessage.Sasl when password is null:
                throw new ReplicaFailedException("The replica asks for a password, and the policy names no credential.");
            case AuthenticationMessage.CleartextPassword or AuthenticationMessage.Md5Password:
                throw new ReplicaFailedException("The replica asks for a password in clear or under MD5; only SCRAM-SHA-256 is spoken.");
            default:
                throw new ReplicaFailedException("The replica asks for a log-in that is not spoken; only SCRAM-SHA-256 is.");
        }
    }
}
