using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace SafeConsole.Gateway.Secrets;

/// <summary>One reading of a parameter, through throttling and passing failures, and what is wrong in a sentence.</summary>
internal sealed class ParameterRead(Lazy<IAmazonSimpleSystemsManagement> client, string reference, TimeProvider time)
{
    // Beside the SDK's own three tries of each call.
    private const int MostTries = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly string[] Throttling = ["ThrottlingException", "Throttling", "TooManyUpdates", "RequestLimitExceeded", "TooManyRequestsException"];
    private static readonly string[] Denied = ["AccessDeniedException", "AccessDenied", "UnrecognizedClientException", "ExpiredTokenException", "InvalidSignatureException"];

    /// <summary>The value. Throws <see cref="GatewayConfigurationException"/>.</summary>
    public async Task<string> RunAsync()
    {
        try
        {
            var request = new GetParameterRequest { Name = reference[ParameterSecrets.Scheme.Length..], WithDecryption = true };
            return (await RepeatAsync(request)).Parameter?.Value is { Length: > 0 } value
                ? value
                : throw new GatewayConfigurationException($"The parameter of `{reference}` is empty.");
        }
        catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException)
        {
            throw new GatewayConfigurationException(Sentence(failure));
        }
    }

    private async Task<GetParameterResponse> RepeatAsync(GetParameterRequest request)
    {
        for (var (tries, wait) = (1, FirstWait); ; tries++, wait *= 2)
        {
            try
            {
                return await client.Value.GetParameterAsync(request);
            }
            catch (AmazonServiceException failure) when (Throttling.Contains(failure.ErrorCode) && tries < MostTries)
            {
                await Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), time);
            }
        }
    }

    private string Sentence(Exception failure) => failure switch
    {
        ParameterNotFoundException => $"The parameter of `{reference}` does not exist in the Parameter Store of the gateway's region.",
        AmazonServiceException { ErrorCode: { } code } when Denied.Contains(code) =>
            $"The gateway may not read the parameter of `{reference}` ({code}): its role needs ssm:GetParameter for it and kms:Decrypt for its key.",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"The parameter of `{reference}` cannot be read: the Parameter Store answered with {code}.",
        _ => $"The parameter of `{reference}` cannot be read: {(failure.InnerException ?? failure).Message.TrimEnd('.')}.",
    };
}
