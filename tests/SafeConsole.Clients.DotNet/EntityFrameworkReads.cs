using Microsoft.EntityFrameworkCore;
using SafeConsole.Clients.DotNet.Model;

namespace SafeConsole.Clients.DotNet;

/// <summary>Entity Framework Core as a developer uses it: LINQ of every kind, split queries, raw SQL, and a SaveChanges that fails.</summary>
internal static class EntityFrameworkReads
{
    private static readonly DbContextOptions<RecipesContext> Options = new DbContextOptionsBuilder<RecipesContext>()
        .UseNpgsql(
            $"Host={Environment.GetEnvironmentVariable("PGHOST")};Port={Environment.GetEnvironmentVariable("PGPORT")};Database={Environment.GetEnvironmentVariable("PGDATABASE")};Username={Environment.GetEnvironmentVariable("PGUSER")}",
            npgsql => npgsql.MapEnum<Difficulty>("difficulty"))
        .Options;

    /// <summary>All steps, in order.</summary>
    public static async Task RunAsync()
    {
        await StartAsync();
        await FilterAsync();
        await LoadAsync();
        await GroupAsync();
        await RawAsync();
        await RefuseAsync();
    }

    private static async Task StepAsync(string name, Func<RecipesContext, Task<bool>> read) =>
        await Steps.StepAsync(name, async () =>
        {
            await using var context = new RecipesContext(Options);
            Steps.Equal(await read(context), true);
        });

    private static async Task StartAsync()
    {
        await StepAsync("connects", async context => await context.Database.CanConnectAsync());
        await StepAsync("counts", async context => await context.Recipes.CountAsync() == 12000);
        await StepAsync("asks_for_migrations", async context => !(await context.Database.GetAppliedMigrationsAsync()).Any());
        await StepAsync("finds", async context => (await context.Users.FindAsync(4711L))!.Username == "cook4711");
        await StepAsync("finds_single", async context => (await context.Users.SingleAsync(user => user.Email == "user42@example.org")).Id == 42);
        await StepAsync("shows_its_query", context => Task.FromResult(context.Recipes.Where(recipe => recipe.ViewCount > 100).ToQueryString().Contains("view_count", StringComparison.Ordinal)));
    }

    private static async Task FilterAsync()
    {
        await StepAsync("orders_and_pages", async context => (await context.Recipes.OrderByDescending(recipe => recipe.ViewCount).ThenBy(recipe => recipe.Id).Skip(10).Take(5).ToListAsync()).Count == 5);
        await StepAsync("filters_text", async context => await context.Recipes.CountAsync(recipe => EF.Functions.ILike(recipe.Title, "%soup%") && recipe.Title.StartsWith("Slow")) > 1);
        await StepAsync("filters_dates", async context => await context.Reviews.AnyAsync(review => review.CreatedAt.Year == 2026 && review.CreatedAt < DateTime.UtcNow.AddYears(1)));
        await StepAsync("filters_by_list", async context =>
        {
            long[] ids = [1, 2, 3];
            return await context.Users.CountAsync(user => ids.Contains(user.Id)) == 3;
        });
        await StepAsync("filters_by_enum", async context => await context.Recipes.CountAsync(recipe => recipe.Difficulty == Difficulty.Hard) > 10);
        await StepAsync("filters_json", async context => await context.Recipes.CountAsync(recipe => recipe.Metadata!.RootElement.GetProperty("cuisine").GetString() == "nordic") > 10);
        await StepAsync("filters_nulls", async context => await context.Users.CountAsync(user => user.DeletedAt != null && user.LastLoginIp != null) > 10);
    }

    private static async Task LoadAsync()
    {
        await StepAsync("includes", async context => (await context.Recipes.Include(recipe => recipe.User).Include(recipe => recipe.Reviews).FirstAsync(recipe => recipe.Id == 1)).User is not null);
        await StepAsync("splits_queries", async context =>
            (await context.Recipes.Include(recipe => recipe.Reviews).ThenInclude(review => review.User).AsSplitQuery().Where(recipe => recipe.Id <= 5).ToListAsync()).All(recipe => recipe.Reviews.Count > 0));
        await StepAsync("loads_explicitly", async context =>
        {
            var recipe = await context.Recipes.FirstAsync(recipe => recipe.Id == 2);
            await context.Entry(recipe).Collection(one => one.Reviews).LoadAsync();
            await context.Entry(recipe).Reference(one => one.User).LoadAsync();
            return recipe.Reviews.Count > 0 && recipe.User is not null;
        });
        await StepAsync("reads_without_tracking", async context => (await context.Reviews.AsNoTracking().Include(review => review.Recipe!.User).Take(20).ToListAsync()).Count == 20);
        await StepAsync("projects", async context =>
            (await context.Recipes.Where(recipe => recipe.Id < 50).Select(recipe => new { recipe.Title, Author = recipe.User!.Username, Good = recipe.Reviews.Count(review => review.Stars == 5) }).ToListAsync()).Count == 49);
        await StepAsync("streams", async context =>
        {
            var seen = 0;
            await foreach (var _ in context.Reviews.Where(review => review.Id <= 2000).AsAsyncEnumerable())
            {
                seen++;
            }
            return seen == 2000;
        });
    }

    private static async Task GroupAsync()
    {
        await StepAsync("groups", async context =>
            (await context.Recipes.GroupBy(recipe => recipe.Difficulty).Select(group => new { group.Key, Many = group.Count(), Views = group.Sum(recipe => (long)recipe.ViewCount) }).ToListAsync()).Sum(row => row.Many) == 12000);
        await StepAsync("groups_by_month", async context =>
            (await context.Reviews.GroupBy(review => new { review.CreatedAt.Year, review.CreatedAt.Month }).Select(group => new { group.Key, Stars = group.Average(review => (double)review.Stars) }).OrderBy(row => row.Key.Year).ToListAsync()).Count >= 12);
        await StepAsync("takes_the_newest_of_each", async context =>
            (await context.Recipes.Where(recipe => recipe.Id <= 3).Select(recipe => recipe.Reviews.OrderByDescending(review => review.CreatedAt).First().Stars).ToListAsync()).Count == 3);
        await StepAsync("combines", async context =>
            await context.Users.Where(user => user.IsAdmin).Select(user => user.Id).Union(context.Users.Where(user => user.Id == 4711).Select(user => user.Id)).CountAsync() == 4);
        await StepAsync("aggregates", async context => await context.Recipes.MaxAsync(recipe => recipe.TotalMinutes) > 10 && await context.Reviews.AverageAsync(review => review.Stars) > 1);
    }

    private static async Task RawAsync()
    {
        await StepAsync("reads_raw_entities", async context => (await context.Users.FromSql($"SELECT * FROM users WHERE id = {666}").SingleAsync()).Username == "cook666");
        await StepAsync("composes_on_raw", async context => await context.Reviews.FromSqlRaw("SELECT * FROM reviews WHERE user_id = {0}", 666L).CountAsync(review => review.Stars == 5) >= 3000);
        await StepAsync("reads_raw_values", async context => (await context.Database.SqlQuery<int>($"SELECT dice(6) AS \"Value\"").SingleAsync()) >= 1);
        await StepAsync("reads_in_a_transaction", async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await transaction.CreateSavepointAsync("before");
            var users = await context.Users.CountAsync();
            await transaction.RollbackToSavepointAsync("before");
            await transaction.CommitAsync();
            return users == 8000;
        });
    }

    private static async Task RefuseAsync()
    {
        await using var context = new RecipesContext(Options);
        await Steps.RefusedAsync("save_changes", async () =>
        {
            (await context.Recipes.FirstAsync(recipe => recipe.Id == 1)).Title = "x";
            await context.SaveChangesAsync();
        });
        await Steps.RefusedAsync("execute_update", async () => await context.Recipes.ExecuteUpdateAsync(change => change.SetProperty(recipe => recipe.ViewCount, 0)));
        await Steps.RefusedAsync("execute_delete", async () => await context.Reviews.Where(review => review.Id == 1).ExecuteDeleteAsync());
        await Steps.StepAsync("goes_on_after_refusals", async () => Steps.Equal(await context.Users.CountAsync(), 8000));
    }
}
