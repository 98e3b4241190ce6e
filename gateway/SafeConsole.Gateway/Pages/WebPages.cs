using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Pages;

/// <summary>The built web pages of `Web:Folder`: files as they are, and `index.html` for every address that the pages route themselves.</summary>
public static class WebPages
{
    private const string Missing = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>SafeConsole</title></head>
        <body><h1>The web pages are not built</h1>
        <p>The gateway runs, but Web:Folder holds no index.html. Build the pages (<code>npm ci</code> and <code>npm run build</code> in <code>web/</code>) or set
        Web:Folder to their folder. The HTTP API works without them.</p></body></html>
        """;

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Maps the pages for GET; unknown addresses under `/api`, `/hub`, `/connect` and `/link` stay unknown.</summary>
    public static void MapWebPages(this WebApplication app)
    {
        var folder = Path.GetFullPath(app.Configuration["Web:Folder"] ?? "web");
        IFileProvider files = Directory.Exists(folder) ? new PhysicalFileProvider(folder) : new NullFileProvider();
        app.MapGet("/{**path}", (HttpContext context, string? path) => Serve(context, files, path ?? ""))
            .RequirePermission(Permission.Anyone).ExcludeFromDescription();
    }

    private static IResult Serve(HttpContext context, IFileProvider files, string path)
    {
        if (path.Split('/')[0] is "api" or "hub" or "connect" or "link" or "openapi")
            return Results.Problem("There is nothing under this address.", statusCode: StatusCodes.Status404NotFound);
        var file = files.GetFileInfo(path);
        if (path.Length > 0 && file is { Exists: true, IsDirectory: false, PhysicalPath: not null })
        {
            // Names under assets/ carry a hash of their content: they never change.
            context.Response.Headers.CacheControl = path.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
            var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
            return Results.File(file.PhysicalPath, type, lastModified: file.LastModified);
        }

        if (Path.HasExtension(path))
            return Results.Problem("There is no such file.", statusCode: StatusCodes.Status404NotFound);
        context.Response.Headers.CacheControl = "no-cache";
        return files.GetFileInfo("index.html") is { Exists: true, PhysicalPath: { } index }
            ? Results.File(index, "text/html; charset=utf-8")
            : Results.Content(Missing, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
