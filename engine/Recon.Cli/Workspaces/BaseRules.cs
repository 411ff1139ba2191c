// The rules before a change: a folder as it is, or the folder of a pack at a commit of git.
using System.Diagnostics;
using System.Formats.Tar;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Sandbox;
using Recon.Sources.Files;

namespace Recon.Cli.Workspaces;

/// <summary>A folder with the pack as it was; a temporary one is deleted with it.</summary>
/// <param name="Name">For people: the folder, or the reference and its commit.</param>
/// <param name="Commit">Of git; null for a folder.</param>
sealed partial record BaseRules(string Directory, string Name, string? Temporary, string? Commit = null) : IDisposable
{
    const int GitMissing = 127;

    IReadOnlyList<string>? _authors;

    /// <summary>True where the commit has no such pack: all of it is new.</summary>
    internal bool IsNew { get; private init; }

    /// <param name="asked">A folder, or a reference of git: then what both histories have in common last is the base.</param>
    /// <param name="directory">Folder of the changed pack.</param>
    /// <exception cref="ReconException">There is neither such a folder with a pack nor such a reference with this folder.</exception>
    internal static BaseRules Of(string asked, string directory)
    {
        // A confined process has no git: its parent has asked.
        if (Confined.Current?.Order.Bases.GetValueOrDefault(RealPath.Of(directory)) is { } given)
        {
            return new BaseRules(given.Directory, given.Name, null, given.Commit) { IsNew = given.IsNew, _authors = given.Authors };
        }

        if (System.IO.Directory.Exists(asked))
        {
            return new BaseRules(Path.GetFullPath(asked), DisplayPath.Of(Path.GetFullPath(asked)), null);
        }

        if (asked.StartsWith('-'))
        {
            throw new UsageException($"--base {asked}: name a folder or a reference of git");
        }

        var commit = Git(directory, ["merge-base", "--end-of-options", asked, "HEAD"]) is { Exit: 0 } both
            ? both.Out.Trim()
            : throw new ReconException($"--base {asked}: {WhyNone(asked, directory)}", FaultKind.NotFound);
        var name = $"{asked} ({commit[..12]})";
        if (Git(directory, ["cat-file", "-e", $"{commit}:./pack.yaml"]).Exit != 0)
        {
            return new BaseRules("", name, null, commit) { IsNew = true };
        }

        var temporary = System.IO.Directory.CreateTempSubdirectory("recon-base-").FullName;
        return new BaseRules("", name, temporary, commit).Filled(commit, directory);
    }

    /// <param name="asked">A folder, or a reference of git: the commit itself is taken.</param>
    /// <param name="directory">Folder of the pack as it is now.</param>
    /// <exception cref="ReconException">There is neither such a folder nor such a reference with this folder.</exception>
    internal static BaseRules At(string asked, string directory)
    {
        if (System.IO.Directory.Exists(asked) || asked.StartsWith('-'))
        {
            return Of(asked, directory);
        }

        var commit = Git(directory, ["rev-parse", "--verify", "--quiet", "--end-of-options", $"{asked}^{{commit}}"]) is { Exit: 0 } known ? known.Out.Trim()
            : throw new ReconException($"--pack {asked}: there is no such folder, and git knows no such reference here", FaultKind.NotFound);
        var temporary = System.IO.Directory.CreateTempSubdirectory("recon-base-").FullName;
        return new BaseRules("", $"{asked} ({commit[..12]})", temporary, commit).Filled(commit, directory);
    }

    // Who reads it knows what to do: another word, a deeper clone, git.
    static string WhyNone(string asked, string directory) => Git(directory, ["rev-parse", "--is-shallow-repository"]) switch
    {
        { Exit: GitMissing } => "there is no such folder, and git is not installed here, so that no reference can be looked up",
        { Exit: not 0 } => $"there is no such folder, and {DisplayPath.Of(directory)} is in no repository of git",
        _ when Git(directory, ["rev-parse", "--verify", "--quiet", "--end-of-options", $"{asked}^{{commit}}"]).Exit != 0 =>
            "there is no such folder, and git knows no such reference here; git fetch may bring it",
        { Out: var shallow } when shallow.Trim() == "true" =>
            "this clone is shallow and has no commit in common with it; clone with the whole history (fetch-depth: 0, git fetch --unshallow)",
        _ => "the reference has no commit in common with what is checked out",
    };

    public void Dispose()
    {
        if (Temporary is not null)
        {
            System.IO.Directory.Delete(Temporary, recursive: true);
        }
    }

    /// <summary>
    /// Who wrote what changed in the folder since the base (its last commit, where the base is no commit), and who works there where it has
    /// changes that are not committed: by name, by address and by both. Empty where there is no history.
    /// </summary>
    internal IReadOnlyList<string> AuthorsOf(string directory)
    {
        if (_authors is not null)
        {
            return _authors;
        }

        const string Format = "--format=%an%n%ae%n%an <%ae>";
        var log = Git(directory, Commit is null ? ["log", "-1", Format, "--", "."] : ["log", Format, $"{Commit}..HEAD", "--", "."]);
        var isChanged = Git(directory, ["status", "--porcelain", "--", "."]) is { Exit: 0, Out.Length: > 0 };
        string[] here = isChanged ? [Git(directory, ["config", "user.name"]).Out.Trim(), Git(directory, ["config", "user.email"]).Out.Trim()] : ["", ""];
        return
        [
            .. (log.Exit == 0 ? log.Out : "").Split('\n').Concat(here).Append($"{here[0]} <{here[1]}>")
                .Select(name => name.Trim()).Where(name => name.Length > 0),
        ];
    }

    BaseRules Filled(string commit, string directory)
    {
        // What a pack uses may lie in a folder beside its own.
        var pack = Git(directory, ["show", $"{commit}:./pack.yaml"]);
        var beside = pack.Exit == 0 && UsesFiles().IsMatch(pack.Out) && Git(directory, ["rev-parse", "--show-prefix"]).Out.Trim().Length > 0
            ? Path.GetFileName(Path.GetFullPath(directory)) : null;
        using var archive = new MemoryStream();
        var (exit, error) = Archive(commit, beside is null ? directory : Path.GetDirectoryName(Path.GetFullPath(directory))!, archive);
        archive.Position = 0;
        if (exit != 0)
        {
            Dispose();
            throw new ReconException(
                $"--base: {DisplayPath.Of(directory)} is not in {Name}: a new or renamed pack has no rules before; plan it without --base ({error.Trim()})",
                FaultKind.NotFound);
        }

        // Below the folder only: names that lead out of it are refused by the reader of the archive.
        try
        {
            TarFile.ExtractToDirectory(archive, Temporary!, overwriteFiles: false);
        }
        catch (IOException fault)
        {
            Dispose();
            throw new ReconException($"--base: the folder as it was in {Name} cannot be written out: {fault.Message}", FaultKind.InputWrong, inner: fault);
        }

        return this with { Directory = beside is null ? Temporary! : Path.Combine(Temporary!, beside) };
    }

    // From within the folder git archives what is below it, named from there.
    static (int Exit, string Error) Archive(string commit, string directory, Stream target)
    {
        using var git = Start(directory, ["archive", "--format=tar", commit, "."]);
        var error = git.StandardError.ReadToEndAsync();
        git.StandardOutput.BaseStream.CopyTo(target);
        git.WaitForExit();
        return (git.ExitCode, error.GetAwaiter().GetResult());
    }

    static (int Exit, string Out) Git(string directory, string[] words)
    {
        try
        {
            using var git = Start(directory, words);
            var error = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            _ = error.GetAwaiter().GetResult();
            return (git.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (GitMissing, "");
        }
    }

    static Process Start(string directory, string[] words) => Process.Start(new ProcessStartInfo("git", ["-C", directory, .. words])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [GeneratedRegex(@"^use:", RegexOptions.Multiline)]
    private static partial Regex UsesFiles();
}
