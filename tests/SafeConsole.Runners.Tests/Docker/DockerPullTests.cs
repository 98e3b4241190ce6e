using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>An image that the engine does not have comes from its registry.</summary>
public sealed class DockerPullTests : DockerTests
{
    [Fact]
    public async Task Image_that_is_absent_is_pulled_with_its_progress_in_the_log()
    {
        await using var registry = await TestRegistry.StartAsync(await SmallImage.PackAsync(Server.RuntimeDirectory));
        var image = $"{registry.Image}:{Guid.NewGuid():N}";
        var spec = Server.NewSpec() with { Shape = new RunnerShape("tests", LinkServer.Limits, image) };
        var progress = new HeardProgress();

        await using (var runner = await Launcher.LaunchAsync(spec, progress, CancellationToken.None))
        {
            using var link = await Server.LinkOfAsync(spec.Runner);
            Assert.NotNull(await link.ReceiveAsync(CancellationToken.None));
            var (stage, detail) = Assert.Single(progress.Stages);
            Assert.Equal((LaunchStage.Pulling, $"{image} ({runner.Image![7..19]})"), (stage, detail));
            Assert.Equal([$"Pulling: Pulling {image}.", $"Pulling: Pulling {image}: 0 of 1 layers are there, 0.0 MB loaded."], progress.Told.Take(2));
        }

        spec.Log.Complete();
        var lines = new List<string>();
        await foreach (var batch in spec.Log.FollowAsync(CancellationToken.None))
            lines.AddRange(batch.Where(line => line.Source == "engine").Select(line => line.Text));
        Assert.Equal($"image {image} is not on the engine; pulling it", lines[0]);
        Assert.Contains(lines, line => line.EndsWith(": Pull complete", StringComparison.Ordinal));
        Assert.InRange(lines.Count, 3, 30);
        await TestEngine.DockerAsync("rmi", image);
    }

    [Fact]
    public async Task What_the_registry_says_is_in_the_sentence()
    {
        await using var registry = await TestRegistry.StartAsync(await SmallImage.PackAsync(Server.RuntimeDirectory));

        var sentence = await FailAsync(registry.Image + ":absent");

        Assert.StartsWith($"image {registry.Image}:absent not found on the Docker engine, and pulling it failed; ", sentence, StringComparison.Ordinal);
        Assert.Contains("manifest unknown", sentence, StringComparison.Ordinal);
    }
}
