// Finds the files below the inputs that a path pattern names.
using Recon.Model;

namespace Recon.Sources.Files;

/// <summary>The root of all inputs of a workspace. Nothing outside is ever opened, also not through links.</summary>
sealed class InputFolder(string root)
{
    const int MaxFiles = 10_000;
    const int MaxListed = 8;

    readonly string _root = Path.GetFullPath(root);

    /// <summary>Names below the root with <c>/</c>, sorted ordinally.</summary>
    public IReadOnlyList<string> Find(string[] segments)
    {
        List<string> found = [""];
        for (var i = 0; i < segments.Length; i++)
        {
            var isLast = i == segments.Length - 1;
            found = [.. found.SelectMany(folder => Inside(folder, segments[i], isLast))];
            if (found.Count > MaxFiles)
            {
                throw Wrong($"more than {MaxFiles} inputs fit '{string.Join('/', segments)}'");
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>The place of a file or folder on disk, without links.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: it lies outside the inputs.</exception>
    public string Locate(string name)
    {
        var (root, path) = (RealPath.Of(_root), RealPath.Of(Path.Combine(_root, name)));
        return path == root || RealPath.IsBelow(root, path)
            ? path
            : throw Wrong($"'{Printable.Of(name)}' is a link that leads out of the inputs");
    }

    /// <summary>What was looked for, how far the path exists, and what lies there.</summary>
    public ReconException Missing(string source, string[] segments)
    {
        var wanted = $"{source}: no file '{string.Join('/', segments)}' below the inputs";
        if (!Directory.Exists(_root))
        {
            return new ReconException($"{wanted}: the folder '{_root}' does not exist",
                FaultKind.InputMissing);
        }

        var nearest = "";
        foreach (var segment in segments[..^1])
        {
            var next = Name(nearest, segment);
            if (segment.Contains('*') || !Directory.Exists(Path.Combine(_root, next)))
            {
                break;
            }

            nearest = next;
        }

        return new ReconException($"{wanted}; {Listing(nearest)}", FaultKind.InputMissing);
    }

    string Listing(string folder)
    {
        var names = new DirectoryInfo(Path.Combine(_root, folder)).EnumerateFileSystemInfos()
            .Select(entry => Printable.Of(entry.Name) + (entry is DirectoryInfo ? "/" : ""))
            .Order(StringComparer.Ordinal).ToList();
        var place = folder.Length == 0 ? "the inputs folder" : $"'{folder}'";
        var rest = names.Count > MaxListed ? $" and {names.Count - MaxListed} more" : "";
        return names.Count == 0
            ? $"{place} is empty"
            : $"{place} holds: {string.Join(", ", names.Take(MaxListed))}{rest}";
    }

    IEnumerable<string> Inside(string folder, string segment, bool isLast)
    {
        // Not even names are told of what lies outside.
        var place = new DirectoryInfo(folder.Length == 0 ? _root : Locate(folder));
        if (!segment.Contains('*'))
        {
            var path = Path.Combine(place.FullName, segment);
            return (isLast ? Exists(path) : Directory.Exists(path)) ? [Name(folder, segment)] : [];
        }

        return !place.Exists
            ? []
            : place.EnumerateFileSystemInfos()
                .Where(entry => entry is DirectoryInfo != isLast && PathPattern.Fits(segment, entry.Name))
                .Select(entry => Name(folder, Checked(entry)));
    }

    static bool Exists(string path) => File.Exists(path) && !Directory.Exists(path);

    // .NET shows bytes that are no UTF-8 as U+FFFD, and no file of that name is there.
    static string Checked(FileSystemInfo entry) =>
        entry.Name.Any(char.IsControl) ? throw Wrong($"the file name '{Printable.Of(entry.Name)}' has control characters")
        : entry.Name.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(entry.FullName)
            ? throw Wrong($"the file name '{Printable.Of(entry.Name)}' is not UTF-8; rename the file")
        : entry.Name;

    static ReconException Wrong(string what) => new(what, FaultKind.InputWrong);

    static string Name(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
