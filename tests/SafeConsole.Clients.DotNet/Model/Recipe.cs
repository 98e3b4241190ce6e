using System.Text.Json;

namespace SafeConsole.Clients.DotNet.Model;

/// <summary>A recipe.</summary>
internal sealed class Recipe
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public User? User { get; set; }
    public required string Title { get; set; }
    public Difficulty Difficulty { get; set; }
    public int ViewCount { get; set; }
    public int? TotalMinutes { get; set; }
    public JsonDocument? Metadata { get; set; }
    public DateTime? PublishedAt { get; set; }
    public List<Review> Reviews { get; } = [];
}
