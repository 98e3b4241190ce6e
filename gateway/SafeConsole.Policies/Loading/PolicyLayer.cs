using YamlDotNet.RepresentationModel;

namespace SafeConsole.Policies.Loading;

/// <summary>One file's mapping for a section; null where the file does not have it.</summary>
internal sealed record PolicyLayer(string File, YamlMappingNode? Mapping);
