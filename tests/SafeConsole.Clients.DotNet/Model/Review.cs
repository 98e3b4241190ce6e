namespace SafeConsole.Clients.DotNet.Model;

/// <summary>A member's review of a recipe.</summary>
internal sealed class Review
{
    public long Id { get; set; }
    public long RecipeId { get; set; }
    public Recipe? Recipe { get; set; }
    public long UserId { get; set; }
    public User? User { get; set; }
    public short Stars { get; set; }
    public string? Body { get; set; }
    public DateTime CreatedAt { get; set; }
}
