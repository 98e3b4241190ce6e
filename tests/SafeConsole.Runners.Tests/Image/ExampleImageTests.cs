namespace SafeConsole.Runners.Tests.Image;

/// <summary>Applications' own images with the agent added by three lines: their consoles answer by their own models.</summary>
[Collection(ImageSiteTests.Name)]
public sealed class ExampleImageTests(ImageSite site)
{
    [Fact]
    public async Task Rails_console_answers_by_the_applications_models()
    {
        await using var console = await site.OpenAsync("recipes-rails-console", "/app/bin/rails", "console");
        await console.SeeAsync("Loading production environment");

        await console.EnterAsync("puts \"#{Recipe.published.joins(:user).order(:id).first.title}; #{Recipe.count + 1}\"");

        await console.SeeAsync("; 12001");
        await console.EnterAsync("Recipe.first.update!(title: 'x')");
        await console.SeeAsync("PG::ReadOnlySqlTransaction");
    }

    [Fact]
    public async Task Django_shell_answers_by_the_applications_models()
    {
        await using var console = await site.OpenAsync("recipes-django-console", "/app/manage.py", "shell");
        await console.SeeAsync(">>> ");

        await console.EnterAsync("from recipes.models import Recipe; print(Recipe.objects.order_by('id').first().user.username, Recipe.objects.count() + 1)");

        await console.SeeAsync(" 12001");
        await console.EnterAsync("Recipe.objects.filter(id=1).update(title='x')");
        await console.SeeAsync("django.db.utils.InternalError: cannot execute UPDATE in a read-only transaction");
    }
}
