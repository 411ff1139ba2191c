// The path that a name stands for once every symbolic link on it is followed.
using Recon.Model;

namespace Recon.Sources.Files;

public static class RealPath
{
    // As many as Linux follows.
    const int MaxLinks = 40;

    /// <summary>The same place without links. What does not exist stays as it is.</summary>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var pending = new Stack<string>();
        var current = Begin(full, pending);
        var links = 0;
        while (pending.TryPop(out var part))
        {
            var next = Path.Combine(current, part);
            var target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                current = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new ReconException($"more than {MaxLinks} symbolic links on the way to an input",
                    FaultKind.InputWrong);
            }

            current = Begin(Path.GetFullPath(target, current), pending);
        }

        return current;
    }

    public static bool IsBelow(string root, string path)
    {
        var folder = Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar;
        return path.StartsWith(folder, StringComparison.Ordinal);
    }

    static string Begin(string full, Stack<string> pending)
    {
        var root = Path.GetPathRoot(full)!;
        var parts = full[root.Length..].Split(Path.DirectorySeparatorChar,
            StringSplitOptions.RemoveEmptyEntries);
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            pending.Push(parts[i]);
        }

        return root;
    }
}
