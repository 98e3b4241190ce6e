using System.Text;

namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>
/// Reads the start-up parameter `options` as PostgreSQL does (pg_split_opts in utils/init/postinit.c, process_postgres_switches in tcop/postgres.c): words with backslash
/// escapes, then switches of one letter, of which `-c name=value` and `--name=value` ask for settings.
/// </summary>
internal static class StartupOptions
{
    private const string WithValue = "BCDcdfhkNprStvW";
    private const string WithoutValue = "bEeFijlnOPsT";

    /// <summary>The switches in order. Throws <see cref="StartupRefusedException"/> for what PostgreSQL would refuse as well.</summary>
    public static IReadOnlyList<StartupOption> Read(string options)
    {
        Queue<string> words = Split(options);
        var found = new List<StartupOption>();
        while (words.TryDequeue(out string? word))
        {
            if (word.Length < 2 || word[0] != '-' || word == "--")
            {
                throw Malformed($"\"{word}\" is no switch");
            }

            if (word[1] == '-')
            {
                found.Add(Setting(word, word[2..]));
            }
            else
            {
                ReadLetters(word, words, found);
            }
        }

        return found;
    }

    // Letters without a value may stand together; a letter with one takes the rest of the word, or the next word.
    private static void ReadLetters(string word, Queue<string> words, List<StartupOption> found)
    {
        for (int i = 1; i < word.Length; i++)
        {
            if (WithoutValue.Contains(word[i], StringComparison.Ordinal))
            {
                found.Add(new StartupOption($"-{word[i]}", null, ""));
                continue;
            }

            if (!WithValue.Contains(word[i], StringComparison.Ordinal))
            {
                throw Malformed($"\"-{word[i]}\" is no switch");
            }

            string value = i + 1 < word.Length ? word[(i + 1)..] : words.TryDequeue(out string? next) ? next : throw Malformed($"\"-{word[i]}\" lacks its value");
            found.Add(word[i] == 'c' ? Setting($"-c {value}", value) : new StartupOption($"-{word[i]}", null, value));
            return;
        }
    }

    // In a name a dash stands for an underscore.
    private static StartupOption Setting(string written, string assignment)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new StartupOption(written, assignment[..equals].Replace('-', '_'), assignment[(equals + 1)..])
            : throw Malformed($"\"{written}\" is not of the form name=value");
    }

    private static Queue<string> Split(string options)
    {
        var words = new Queue<string>();
        var word = new StringBuilder();
        bool within = false;
        for (int i = 0; i < options.Length; i++)
        {
            if (options[i] is ' ' or (>= '\t' and <= '\r'))
            {
                End();
                continue;
            }

            within = true;
            i += options[i] == '\\' ? 1 : 0;
            word.Append(i < options.Length ? options[i] : throw Malformed("it ends in a backslash"));
        }

        End();
        return words;

        void End()
        {
            if (within)
            {
                words.Enqueue(word.ToString());
            }

            word.Clear();
            within = false;
        }
    }

    private static StartupRefusedException Malformed(string why) => new("42601", $"The start-up parameter options cannot be read: {why}.");
}
