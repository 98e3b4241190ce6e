using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Microsoft.Extensions.Time.Testing;
using SafeConsole.CloudEndpoint;
using SafeConsole.Gateway.Secrets;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Secrets;

/// <summary>Secrets of the Parameter Store, over HTTP, from an endpoint that checks signatures and shapes.</summary>
public sealed class ParameterSecretsTests : IAsyncLifetime
{
    private const string Name = "/safeconsole/recipes/password";
    private const string Reference = "ssm:" + Name;

    private readonly FakeTimeProvider time = new();
    private LocalCloud? cloud;

    private LocalCloud Cloud => cloud!;

    public async Task InitializeAsync()
    {
        cloud = await LocalCloud.StartAsync(Agent.Path);
        Cloud.Parameters.PutSecret(Name, "hunter2");
    }

    public async Task DisposeAsync()
    {
        await Cloud.DisposeAsync();
        Assert.Empty(Cloud.Violations);
    }

    [Fact]
    public async Task Secure_string_is_decrypted()
    {
        Assert.Equal("hunter2", await NewCredentials(time).ResolveAsync(Reference, CancellationToken.None));
    }

    [Fact]
    public async Task Value_is_kept_for_a_minute_and_then_read_anew()
    {
        var secrets = NewSecrets(time);
        await secrets.ResolveAsync(Reference, CancellationToken.None);
        Cloud.Parameters.PutSecret(Name, "rotated");

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("hunter2", await secrets.ResolveAsync(Reference, CancellationToken.None));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("rotated", await secrets.ResolveAsync(Reference, CancellationToken.None));

        Assert.Equal(2, Cloud.Requests.Count);
    }

    [Fact]
    public async Task Those_who_ask_at_once_share_one_call_and_none_of_them_can_end_it()
    {
        var secrets = NewSecrets(time);
        using var impatient = new CancellationTokenSource();
        var first = secrets.ResolveAsync(Reference, impatient.Token);

        await impatient.CancelAsync();
        var others = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => secrets.ResolveAsync(Reference, CancellationToken.None))));

        Assert.All(others, value => Assert.Equal("hunter2", value));
        Assert.Single(Cloud.Requests);
        await Task.WhenAny(first);
    }

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        Cloud.Faults.Throttle("GetParameter", 7);

        Assert.Equal("hunter2", await NewSecrets(TimeProvider.System).ResolveAsync(Reference, CancellationToken.None));
        Assert.Equal(0, Cloud.Faults.Left("GetParameter"));
    }

    [Fact]
    public async Task Missing_parameter_is_a_sentence_and_is_found_as_soon_as_it_is_there()
    {
        var secrets = NewSecrets(time);

        Assert.Equal("The parameter of `ssm:/nowhere` does not exist in the Parameter Store of the gateway's region.", await SentenceAsync(secrets, "ssm:/nowhere"));

        Cloud.Parameters.PutText("/nowhere", "here");
        Assert.Equal("here", await secrets.ResolveAsync("ssm:/nowhere", CancellationToken.None));
    }

    [Fact]
    public async Task Denied_access_is_a_sentence_that_says_what_is_lacking()
    {
        Cloud.Faults.Deny("GetParameter", 1);

        Assert.Equal(
            $"The gateway may not read the parameter of `{Reference}` (AccessDeniedException): its role needs ssm:GetParameter for it and kms:Decrypt for its key.", await SentenceAsync(NewSecrets(time), Reference));
    }

    [Fact]
    public async Task Store_that_is_not_there_is_a_sentence()
    {
        var nobody = NewSecrets(time, $"http://127.0.0.1:{FreePort.Take()}");

        Assert.StartsWith($"The parameter of `{Reference}` cannot be read: ", await SentenceAsync(nobody, Reference), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_references_need_no_store()
    {
        var credentials = new PolicyCredentials(new ParameterSecrets(new Lazy<IAmazonSimpleSystemsManagement>(() => throw new InvalidOperationException("asked")), time));

        await Assert.ThrowsAsync<GatewayConfigurationException>(async () => await credentials.ResolveAsync("env:SAFECONSOLE_TEST_NOT_SET", CancellationToken.None));
    }

    private static async Task<string> SentenceAsync(ParameterSecrets secrets, string reference)
    {
        var message = (await Assert.ThrowsAsync<GatewayConfigurationException>(() => secrets.ResolveAsync(reference, CancellationToken.None))).Message;
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
        return message;
    }

    private PolicyCredentials NewCredentials(TimeProvider clock) => new(NewSecrets(clock));

    private ParameterSecrets NewSecrets(TimeProvider clock, string? address = null)
    {
        var config = new AmazonSimpleSystemsManagementConfig { ServiceURL = address ?? Cloud.Address.ToString(), AuthenticationRegion = LocalCloud.Region, MaxErrorRetry = 2 };
        return new ParameterSecrets(new Lazy<IAmazonSimpleSystemsManagement>(new AmazonSimpleSystemsManagementClient(new BasicAWSCredentials(LocalCloud.AccessKey, LocalCloud.SecretKey), config)), clock);
    }
}
