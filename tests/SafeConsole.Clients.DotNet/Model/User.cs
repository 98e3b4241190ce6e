using System.Net;

namespace SafeConsole.Clients.DotNet.Model;

/// <summary>A member of the recipe site.</summary>
internal sealed class User
{
    public long Id { get; set; }
    public required string Username { get; set; }
    public required string Email { get; set; }
    public string? Country { get; set; }
    public bool IsAdmin { get; set; }
    public IPAddress? LastLoginIp { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime? DeletedAt { get; set; }
    public List<Recipe> Recipes { get; } = [];
}
