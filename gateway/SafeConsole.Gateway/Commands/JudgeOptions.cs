namespace SafeConsole.Gateway.Commands;

/// <summary>What `statements judge` was asked for. Without a policy folder it is the gateway's own, without a catalog names are judged as such.</summary>
internal sealed record JudgeOptions(string Target, string? Policies, string? Catalog)
{
    private static readonly string[] Names = ["--target", "--policies", "--catalog"];

    /// <summary>Reads `--name value` and `--name=value`. Throws <see cref="CommandRefusedException"/>.</summary>
    public static JudgeOptions Parse(IReadOnlyList<string> arguments)
    {
        Dictionary<string, string> values = [];
        for (var place = 0; place < arguments.Count; place++)
        {
            var parts = arguments[place].Split('=', 2);
            if (!Names.Contains(parts[0]))
                throw new CommandRefusedException($"{parts[0]} is not known; known are {string.Join(", ", Names)} and --help.");
            var value = parts.Length == 2 ? parts[1] : ++place < arguments.Count ? arguments[place] : "";
            if (value.Length == 0)
                throw new CommandRefusedException($"{parts[0]} needs a value.");
            if (!values.TryAdd(parts[0], value))
                throw new CommandRefusedException($"{parts[0]} is given twice.");
        }

        return new JudgeOptions(
            values.GetValueOrDefault("--target") ?? throw new CommandRefusedException("--target is missing: say which target's policy judges, such as --target recipes."),
            values.GetValueOrDefault("--policies"),
            values.GetValueOrDefault("--catalog"));
    }
}
