using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.CloudEndpoint.Ssm;

namespace SafeConsole.CloudEndpoint;

/// <summary>
/// ECS and the Parameter Store on a port of 127.0.0.1, for one account in one region: by the JSON protocol, with signatures, held to the
/// official service models in both directions. Its tasks are real runners.
/// </summary>
public sealed class LocalCloud : IAsyncDisposable
{
    /// <summary>The one account's access key.</summary>
    public const string AccessKey = "AKIDSAFECONSOLETESTS";

    /// <summary>Its secret.</summary>
    public const string SecretKey = "secret/of+the/tests";

    /// <summary>The region.</summary>
    public const string Region = "eu-central-1";

    private static readonly string[] ErrorsOfEveryService =
        ["AccessDeniedException", "InvalidSignatureException", "MissingAuthenticationTokenException", "SerializationException", "ThrottlingException", "UnknownOperationException", "UnrecognizedClientException", "ValidationException"];

    private readonly ConcurrentQueue<ReceivedRequest> requests = new();
    private readonly ConcurrentQueue<string> violations = new();
    private readonly Signature signature = new(AccessKey, SecretKey, Region);
    private readonly ICloudService[] services;
    private readonly WebApplication app;

    private LocalCloud(string agentPath)
    {
        Ecs = new EcsService(agentPath);
        Parameters = new ParameterStore();
        services = [Ecs, Parameters];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/", AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>The cluster.</summary>
    public EcsService Ecs { get; }

    /// <summary>The Parameter Store.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>What goes wrong.</summary>
    public CloudFaults Faults { get; } = new();

    /// <summary>Every request so far, refused or not.</summary>
    public IReadOnlyCollection<ReceivedRequest> Requests => requests;

    /// <summary>What in requests and in answers of its own does not fit the service model. A test that expects none looks here.</summary>
    public IReadOnlyCollection<string> Violations => violations;

    /// <summary>Starts it. The agent is what runs in its tasks' containers.</summary>
    public static async Task<LocalCloud> StartAsync(string agentPath)
    {
        var endpoint = new LocalCloud(agentPath);
        await endpoint.app.StartAsync();
        return endpoint;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Ecs.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        requests.Enqueue(new ReceivedRequest(operation, string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")), Encoding.UTF8.GetString(buffer.ToArray())));
        JsonObject answer;
        try
        {
            answer = Answer(context.Request, operation, buffer.ToArray());
            if (Faults.AnswerIsLost(operation))
            {
                context.Abort();
                return;
            }
        }
        catch (RefusedException refused)
        {
            context.Response.StatusCode = refused.Status;
            answer = new JsonObject { ["__type"] = refused.Code, ["message"] = refused.Message };
        }
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private JsonObject Answer(HttpRequest request, string operation, byte[] body)
    {
        var prefix = request.Headers["X-Amz-Target"].ToString().Split('.')[0];
        var service = services.FirstOrDefault(known => known.Model.TargetPrefix == prefix && known.Model.InputOf(operation) is not null)
            ?? throw new RefusedException("UnknownOperationException", "");
        signature.Check(request, body, service.Model.SigningName);
        if (request.ContentType != "application/x-amz-json-1.1")
            violations.Enqueue($"{operation}: the content type is {request.ContentType}");
        var input = Parse(body);
        var problems = service.Model.Problems(service.Model.InputOf(operation)!, input);
        Note(operation, problems);
        if (problems.Count > 0)
            throw new RefusedException("SerializationException", string.Join("; ", problems));
        try
        {
            Faults.RefuseWhereTold(operation);
            var output = service.Answer(operation, input);
            Note(operation, service.Model.Problems(service.Model.OutputOf(operation), JsonNode.Parse(output.ToJsonString())));
            return output;
        }
        catch (RefusedException refused) when (!ErrorsOfEveryService.Concat(service.Model.ErrorsOf(operation)).Contains(refused.Code))
        {
            violations.Enqueue($"{operation} has no error {refused.Code}");
            throw;
        }
    }

    private void Note(string operation, IEnumerable<string> problems)
    {
        foreach (var problem in problems)
            violations.Enqueue($"{operation}: {problem}");
    }

    private static JsonObject Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new RefusedException("SerializationException", "The body is no object.");
        }
        catch (JsonException)
        {
            throw new RefusedException("SerializationException", "The body is no JSON.");
        }
    }
}
