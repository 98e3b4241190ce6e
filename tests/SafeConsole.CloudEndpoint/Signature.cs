using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace SafeConsole.CloudEndpoint;

/// <summary>Checks a request's signature by AWS Signature Version 4, from the request alone and the one secret that the endpoint knows.</summary>
internal sealed partial class Signature(string accessKey, string secretKey, string region)
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromMinutes(5);

    /// <summary>Throws <see cref="RefusedException"/> for what is not signed as it should be.</summary>
    public void Check(HttpRequest request, byte[] body, string service)
    {
        var header = Authorization().Match(request.Headers.Authorization.ToString());
        if (!header.Success)
            throw new RefusedException("MissingAuthenticationTokenException", "Request is missing Authentication Token");
        var (key, day) = (header.Groups["key"].Value, header.Groups["day"].Value);
        if (key != accessKey)
            throw new RefusedException("UnrecognizedClientException", "The security token included in the request is invalid.");
        if (header.Groups["region"].Value != region || header.Groups["service"].Value != service)
            throw new RefusedException("InvalidSignatureException", $"Credential should be scoped to region {region} and service {service}.");
        var time = request.Headers["X-Amz-Date"].ToString();
        if (!DateTime.TryParseExact(time, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var signed)
            || (DateTime.UtcNow - signed).Duration() > LongestAge || !time.StartsWith(day, StringComparison.Ordinal))
            throw new RefusedException("InvalidSignatureException", "Signature expired, or not of this day.");
        var names = header.Groups["headers"].Value.Split(';');
        if (!names.Contains("host") || !names.Contains("x-amz-date") || !names.Contains("x-amz-target"))
            throw new RefusedException("InvalidSignatureException", "host, x-amz-date and x-amz-target must be signed.");
        var expected = Sign(day, service, $"AWS4-HMAC-SHA256\n{time}\n{day}/{region}/{service}/aws4_request\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(request, body, names))))}");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(header.Groups["signature"].Value)))
            throw new RefusedException("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.");
    }

    private static string Canonical(HttpRequest request, byte[] body, string[] names)
    {
        var headers = string.Concat(names.Select(name => $"{name}:{Spaces().Replace(request.Headers[name].ToString().Trim(), " ")}\n"));
        return $"{request.Method}\n{request.Path}\n\n{headers}\n{string.Join(';', names)}\n{Hex(SHA256.HashData(body))}";
    }

    private string Sign(string day, string service, string text)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in (string[])[day, region, service, "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(@"^AWS4-HMAC-SHA256 Credential=(?<key>\w+)/(?<day>\d{8})/(?<region>[\w-]+)/(?<service>\w+)/aws4_request, ?SignedHeaders=(?<headers>[\w;-]+), ?Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Authorization();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
