using System.Globalization;
using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Review;

/// <summary>Where transcripts are kept and with which key they are sealed.</summary>
public static class TranscriptSetup
{
    /// <summary>Registers the folder of `Transcripts:Folder`. The key is `Transcripts:Key`, or `keys/transcripts.pem` beside the database.</summary>
    public static void AddTranscripts(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var folder = Folder(configuration);
        var keyFile = Path.GetFullPath(configuration["Transcripts:Key"] ?? Path.Combine(Data.DataSetup.Folder(configuration, "keys"), "transcripts.pem"));
        var window = Window(configuration);
        builder.Services.AddSingleton(_ => TranscriptSigningKey.OpenOrCreate(keyFile));
        builder.Services.AddSingleton<ITranscriptStore>(provider => new FileTranscriptStore(
            folder, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TranscriptSigningKey>(), provider.GetRequiredService<ILogger<FileTranscriptStore>>()) { Window = window });
    }

    private static TimeSpan Window(ConfigurationManager configuration)
    {
        var text = configuration["Transcripts:WindowMilliseconds"];
        if (text is null)
            return FileTranscriptStore.DefaultWindow;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && TimeSpan.FromMilliseconds(milliseconds) <= FileTranscriptStore.LongestWindow
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new GatewayConfigurationException($"Transcripts:WindowMilliseconds is '{text}'; it must be a whole number from 0 to {FileTranscriptStore.LongestWindow.TotalMilliseconds}.");
    }

    /// <summary>The transcripts' folder; `transcripts` beside the database unless configured.</summary>
    public static string Folder(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Transcripts:Folder"] ?? Data.DataSetup.Folder(configuration, "transcripts"));
}
