using System.Text.Json.Nodes;
using SafeConsole.CloudEndpoint.Model;

namespace SafeConsole.CloudEndpoint;

/// <summary>One service behind the endpoint.</summary>
internal interface ICloudService
{
    ServiceModel Model { get; }

    /// <summary>Carries an operation out. Throws <see cref="RefusedException"/>.</summary>
    JsonObject Answer(string operation, JsonObject request);
}
