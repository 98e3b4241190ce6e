using Microsoft.EntityFrameworkCore;

namespace SafeConsole.Clients.DotNet.Model;

/// <summary>A part of the recipe site's tables, in the database's own spelling.</summary>
internal sealed class RecipesContext(DbContextOptions<RecipesContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Recipe> Recipes => Set<Recipe>();

    public DbSet<Review> Reviews => Set<Review>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(Snake(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name));
            }
        }
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
