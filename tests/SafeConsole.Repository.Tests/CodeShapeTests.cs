using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SafeConsole.Repository.Tests;

/// <summary>What the compiler does not ask of C#: one type a file, short methods, namespace = folder, no partial classes but generated ones.</summary>
public sealed class CodeShapeTests
{
    private static readonly (string File, CompilationUnitSyntax Root)[] Code =
        [.. SourceTree.WrittenCSharp.Select(file => (file, CSharpSyntaxTree.ParseText(SourceTree.Read(file)).GetCompilationUnitRoot()))];

    [Fact]
    public void A_file_holds_one_top_level_type() =>
        Offenders.None(Code.Select(code => (code.File, Types: TopLevelTypes(code.Root).Count())).Where(code => code.Types > 1));

    [Fact]
    public void A_type_stands_in_the_file_of_its_name() =>
        Offenders.None(Code.SelectMany(code => TopLevelTypes(code.Root).Select(type => (code.File, Type: NameOf(type))))
            .Where(code => Path.GetFileName(code.File).Split('.')[0] != code.Type));

    [Fact]
    public void A_method_has_at_most_40_lines() =>
        Offenders.None(Code.SelectMany(code => code.Root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
            .Select(method => (code.File, Name: method is MethodDeclarationSyntax named ? named.Identifier.Text : method.Kind().ToString(), Lines: LineCount(method))))
            .Where(method => method.Lines > 40));

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong = from code in Code
                    let space = code.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString()
                    where space is not null && space != Expected(code.File)
                    select $"{code.File}: {space}, not {Expected(code.File)}";
        Offenders.None(wrong);
    }

    [Fact]
    public void Only_types_that_a_generator_completes_are_partial()
    {
        string[] generators = ["LoggerMessage", "JsonSerializable", "GeneratedRegex", "LibraryImport", "YamlStaticContext", "YamlSerializable", "GeneratedDllImport"];
        var partial = from code in Code
                      from type in code.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
                      where type.Modifiers.Any(SyntaxKind.PartialKeyword)
                      where !type.DescendantNodes().OfType<AttributeSyntax>().Any(attribute => generators.Contains(attribute.Name.ToString()))
                      where !type.DescendantNodes().OfType<TypeDeclarationSyntax>().Any(inner => inner.Modifiers.Any(SyntaxKind.PartialKeyword))
                      select $"{code.File}: {type.Identifier.Text}";
        Offenders.None(partial);
    }

    [Fact]
    public void Tests_neither_sleep_nor_skip()
    {
        var sleeping = from code in Code
                       where code.File.StartsWith("tests/", StringComparison.Ordinal)
                       from node in code.Root.DescendantNodes()
                       where node is MemberAccessExpressionSyntax access && access.ToString() == "Thread.Sleep"
                           || node is AttributeArgumentSyntax { NameEquals.Name.Identifier.Text: "Skip" }
                       select $"{code.File}: {node}";
        Offenders.None(sleeping);
    }

    private static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(CompilationUnitSyntax root) =>
        root.Members.Concat(root.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(space => space.Members))
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private static string NameOf(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax named ? named.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;

    private static int LineCount(BaseMethodDeclarationSyntax method)
    {
        var signature = method.AttributeLists.Count > 0 ? method.AttributeLists.Last().GetLastToken().GetNextToken() : method.GetFirstToken();
        return method.GetLocation().GetLineSpan().EndLinePosition.Line - signature.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
    }

    private static string Expected(string file)
    {
        var parts = file.Split('/')[..^1];
        // It bears the names of the package that replaces it.
        if (file.StartsWith("gateway/SafeConsole.Runners/Ecs/Client/", StringComparison.Ordinal))
            return string.Join('.', ["Amazon.ECS", .. parts[4..]]);
        var project = Array.FindIndex(parts, part => part.StartsWith("SafeConsole.", StringComparison.Ordinal));
        return project >= 0 ? string.Join('.', parts[project..])
            : parts switch
            {
                ["runner-image", "agent", .. var rest] => string.Join('.', ["SafeConsole.Agent", .. rest]),
                ["tests", "bench", .. var rest] => string.Join('.', ["SafeConsole.Bench", .. rest]),
                _ => string.Join('.', parts),
            };
    }
}
