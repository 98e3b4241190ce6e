using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>
/// A registry on the loopback with one image of one layer, under every tag but `absent`: what a pull asks for of the distribution specification
/// (https://github.com/opencontainers/distribution-spec), in the formats of Docker's image manifest 2.2.
/// </summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private const string ConfigType = "application/vnd.docker.container.image.v1+json";
    private const string LayerType = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private readonly ConcurrentDictionary<string, byte[]> blobs = new();
    private readonly WebApplication app;
    private readonly byte[] manifest;

    private TestRegistry(byte[] layer)
    {
        // An archive that is not compressed is taken too, and is its own difference.
        var config = JsonSerializer.SerializeToUtf8Bytes(new { architecture = "amd64", os = "linux", config = new { }, rootfs = new { type = "layers", diff_ids = new[] { Add(layer) } } });
        manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = new { mediaType = ConfigType, size = config.Length, digest = Add(config) },
            layers = new[] { new { mediaType = LayerType, size = layer.Length, digest = Digest(layer) } },
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/v2/", () => Results.Ok());
        app.MapMethods("/v2/tests/small/manifests/{reference}", ["GET", "HEAD"], Manifest);
        app.MapMethods("/v2/tests/small/blobs/{digest}", ["GET", "HEAD"], (string digest) => blobs.TryGetValue(digest, out var blob) ? Results.Bytes(blob) : Results.NotFound());
    }

    /// <summary>The image's name, without a tag.</summary>
    public string Image => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority + "/tests/small";

    public static async Task<TestRegistry> StartAsync(string archive)
    {
        var registry = new TestRegistry(await File.ReadAllBytesAsync(archive));
        await registry.app.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Manifest(string reference, HttpResponse response)
    {
        response.Headers["Docker-Content-Digest"] = Digest(manifest);
        return reference == "absent"
            ? Results.Text("""{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""", "application/json", Encoding.UTF8, StatusCodes.Status404NotFound)
            : Results.Bytes(manifest, ManifestType);
    }

    private string Add(byte[] blob)
    {
        blobs[Digest(blob)] = blob;
        return Digest(blob);
    }

    private static string Digest(byte[] blob) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(blob));
}
