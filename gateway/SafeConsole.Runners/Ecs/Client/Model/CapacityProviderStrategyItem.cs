namespace Amazon.ECS.Model;

/// <summary>One capacity provider of a strategy.</summary>
internal sealed class CapacityProviderStrategyItem
{
    public string? CapacityProvider { get; set; }

    public int? Weight { get; set; }
}
