using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace SafeConsole.Policies.Loading;

/// <summary>Makes a target's policy from its file and default.yaml. The result is good only if no problem was noted.</summary>
internal sealed class TargetReader(List<PolicyProblem> problems)
{
    /// <summary>Reads one target.</summary>
    public TargetPolicy Read(PolicyDocument target, PolicyDocument? defaults)
    {
        List<PolicyLayer> layers = [new PolicyLayer(target.File, target.Root)];
        if (defaults is not null)
        {
            layers.Add(new PolicyLayer(defaults.File, defaults.Root));
        }

        var root = new PolicySection("", layers, PolicyKeys.Target, target.Root.Start, partial: false, problems);
        string name = Path.GetFileNameWithoutExtension(target.File);
        if (PolicyValidator.TargetName(name) is { } problem)
        {
            problems.Add(new PolicyProblem(target.File, 1, 1, problem));
        }

        return new TargetPolicy(
            name,
            root.Text("title"),
            root.Text("application"),
            root.Text("environment"),
            root.Text("owner"),
            root.Text("description"),
            new ReplReader(root.Section("repl")).Read(),
            Database(root.Section("database")),
            Access(root.Section("access")),
            new LimitReader(root.Section("limits")).Read(),
            Refusal(root.Section("refusal")),
            target.File);
    }

    /// <summary>Checks the values of default.yaml by themselves, so that a mistake is found even if every target overrides it.</summary>
    public void Check(PolicyDocument defaults)
    {
        List<PolicyLayer> layers = [new PolicyLayer(defaults.File, defaults.Root)];
        var root = new PolicySection("", layers, PolicyKeys.Default, defaults.Root.Start, partial: true, problems);
        PolicySection access = root.Section("access");
        _ = access.Choice("reason", "required", "optional");
        _ = Pattern(access);
        _ = Proof(root.Section("database").Section("proof"));
        _ = new LimitReader(root.Section("limits")).Read();
        _ = Refusal(root.Section("refusal"));
    }

    private static DatabasePolicy Database(PolicySection database)
    {
        string host = database.Text("host");
        database.Report("host", PolicyValidator.Host);
        database.Report("credential", PolicyValidator.Reference);
        database.Report("certificateAuthority", PolicyValidator.Reference);
        TlsMode tls = database.Choice("tls", "verify-full", "require", "disable") switch
        {
            "disable" => TlsMode.Disable,
            "require" => TlsMode.Require,
            _ => TlsMode.VerifyFull,
        };
        database.Report("tls", _ => PolicyValidator.Tls(tls, host));
        return new DatabasePolicy(
            database.Choice("engine", "postgres"),
            host,
            (int)database.Count("port", 1, 65_535),
            database.Text("name"),
            database.Text("role"),
            database.OptionalText("credential"),
            tls,
            database.OptionalText("certificateAuthority"),
            Proof(database.Section("proof")))
        {
            AllowedFunctions = database.Texts("allowedFunctions", PolicyValidator.Function),
        };
    }

    private static ProofPolicy Proof(PolicySection proof) => new(
        proof.Choice("standby", "required", "waived") == "required",
        proof.Choice("role", "required", "waived") == "required",
        proof.Duration("maximumLag", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)));

    private static AccessPolicy Access(PolicySection access)
    {
        ImmutableArray<string> groups = access.Texts("groups");
        ImmutableArray<string> users = access.Texts("users", PolicyValidator.User);
        if (groups.IsEmpty && users.IsEmpty && access.Require("groups") is { Node: YamlSequenceNode } place)
        {
            place.Problem("Nobody could open this target: `access.groups` and `access.users` are both empty.");
        }

        bool required = access.Choice("reason", "required", "optional") == "required";
        return new AccessPolicy(groups, users, required, Pattern(access), access.OptionalText("reasonExample"));
    }

    private static string? Pattern(PolicySection access)
    {
        string? pattern = access.OptionalText("reasonPattern");
        int wrong = access.Report("reasonPattern", PolicyValidator.Pattern);
        string? example = access.OptionalText("reasonExample");
        if (pattern is not null && example is not null && wrong == 0 && !new AccessPolicy([], [], true, pattern, example).AcceptsReason(example))
        {
            access.Find("reasonExample")!.Problem("`access.reasonExample` does not match `access.reasonPattern`.");
        }

        return pattern;
    }

    private static RefusalPolicy Refusal(PolicySection refusal)
    {
        string? link = refusal.OptionalText("link");
        int wrong = refusal.Report("link", PolicyValidator.Link);
        return new RefusalPolicy(refusal.OptionalText("text"), link is null || wrong > 0 ? null : new Uri(link));
    }
}
