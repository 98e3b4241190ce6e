using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SafeConsole.Policies.Loading;

/// <summary>
/// Reads `default.yaml` and `targets/*.yaml`. The revision is the first 16 hex digits of a SHA-256 over their sorted paths and contents, each with its
/// length in front.
/// </summary>
internal static class PolicyFolder
{
    private const string DefaultFile = "default.yaml";
    private const long LongestFile = 256 * 1024;
    private const int MostFiles = 1_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the folder. What cannot be read becomes a problem, never an exception.</summary>
    public static PolicyFolderContent Read(string folder)
    {
        List<PolicyFile> files = [];
        List<PolicyProblem> problems = [];
        foreach (string path in List(folder, problems))
        {
            ReadFile(folder, path, files, problems);
        }

        return new PolicyFolderContent(Revision(files, problems), [.. files], [.. problems]);
    }

    private static string[] List(string folder, List<PolicyProblem> problems)
    {
        try
        {
            List<string> paths = File.Exists(Path.Combine(folder, DefaultFile)) ? [DefaultFile] : [];
            foreach (string file in Directory.EnumerateFiles(Path.Combine(folder, "targets")))
            {
                string name = Path.GetFileName(file);
                if (name.StartsWith('.') || name.EndsWith('~'))
                {
                    continue;
                }

                if (Path.GetExtension(name) == ".yaml")
                {
                    paths.Add("targets/" + name);
                }
                else
                {
                    problems.Add(new PolicyProblem("targets/" + name, 1, 1, $"Only .yaml files belong here; name it {Path.GetFileNameWithoutExtension(name)}.yaml or take it away."));
                }
            }

            if (paths.Count > MostFiles)
            {
                problems.Add(new PolicyProblem("targets", 1, 1, $"There are more than {MostFiles} files."));
            }

            return [.. paths.Take(MostFiles).Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(new PolicyProblem("targets", 1, 1, $"The folder {Path.Combine(folder, "targets")} cannot be read: {failure.Message}"));
            return [];
        }
    }

    private static void ReadFile(string folder, string path, List<PolicyFile> files, List<PolicyProblem> problems)
    {
        try
        {
            using FileStream stream = File.OpenRead(Path.Combine(folder, path));
            byte[] bytes = new byte[LongestFile + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > LongestFile)
            {
                problems.Add(new PolicyProblem(path, 1, 1, $"The file is longer than {LongestFile / 1024} KiB."));
                return;
            }

            files.Add(new PolicyFile(path, Strict.GetString(bytes, 0, length)));
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new PolicyProblem(path, 1, 1, "The file is not UTF-8."));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(new PolicyProblem(path, 1, 1, $"The file cannot be read: {failure.Message}"));
        }
    }

    private static string Revision(List<PolicyFile> files, List<PolicyProblem> problems)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in files.SelectMany(file => new[] { file.Path, file.Text }).Concat(problems.Select(problem => problem.ToString())))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            byte[] length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
