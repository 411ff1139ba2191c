// The tree of files that people review together: what lies in it may have been brought by anybody, also a link.
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Sources.Files;

namespace Recon.Cli.Confining;

static class Checkout
{
    /// <summary>The repository around a folder, where packs name each other's folders; else the folder itself.</summary>
    /// <param name="folder">Without links on the way.</param>
    internal static string Of(string folder)
    {
        for (var directory = folder; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (Path.Exists(Path.Combine(directory, ".git")))
            {
                return directory;
            }
        }

        return folder;
    }

    /// <summary>True where the path, with all links on it followed, is the checkout's root or below it.</summary>
    internal static bool Holds(string root, string path) => RealPath.Of(path) is var real && (real == root || RealPath.IsBelow(root, real));

    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: it is a link that leads out of the checkout in which it lies.</exception>
    internal static void DemandWithin(string file)
    {
        if (!Holds(Of(RealPath.Of(Path.GetDirectoryName(Path.GetFullPath(file))!)), file))
        {
            throw new ReconException($"{DisplayPath.Of(file)}: it is a link that leads out of the checkout; copy the file into it", FaultKind.InputWrong);
        }
    }

    /// <summary>Looks at each step of a path from the root of a checkout on.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: a step is a link: whoever brought it says where the file would go.</exception>
    internal static void DemandWithoutLinks(IReadOnlyCollection<string> roots, string path)
    {
        var full = Path.GetFullPath(path);
        var isWithin = false;
        var reached = Path.GetPathRoot(full)!;
        foreach (var part in full[reached.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            reached = Path.Combine(reached, part);
            if (isWithin && new FileInfo(reached).LinkTarget is not null)
            {
                throw new ReconException($"{path}: {Path.GetRelativePath(Environment.CurrentDirectory, reached)} is a link in the checkout of the untrusted "
                    + "rules, and nothing is written through one; name another file", FaultKind.InputWrong);
            }

            isWithin = isWithin || roots.Contains(RealPath.Of(reached));
        }
    }
}
