// Files that a confined process writes for its parent: in its cell, under the hash of the path that was asked for.
using System.Security.Cryptography;
using System.Text;
using Recon.Cli.Outputs;
using Recon.Sandbox;

namespace Recon.Cli.Confining;

/// <summary>A file of a confined process.</summary>
/// <param name="Path">Where it belongs.</param>
/// <param name="File">Where it lies.</param>
sealed record CellOutput(string Path, string File)
{
    internal void CopyTo(Stream target)
    {
        using var written = new FileStream(File, FileMode.Open, FileAccess.Read);
        written.CopyTo(target);
    }
}

static class CellOutputs
{
    const string PathFile = ".path";
    const int MostPath = 4096;

    /// <summary>Where a confined process writes what is to lie at a path; the path itself for everybody else.</summary>
    internal static string For(string path)
    {
        if (Confined.Current is not { } confined)
        {
            return path;
        }

        var file = Path.Combine(confined.Cell.Outputs, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path))));
        File.WriteAllText(file + PathFile, path);
        return file;
    }

    /// <summary>What was written for a path that was asked for; for several, where it has <c>{pack}</c> in it.</summary>
    internal static IEnumerable<CellOutput> WrittenFor(Cell cell, string asked)
    {
        foreach (var note in Directory.EnumerateFiles(cell.Outputs, $"*{PathFile}").Order(StringComparer.Ordinal))
        {
            var file = note[..^PathFile.Length];
            if (IsPlainFile(note) && IsPlainFile(file) && new FileInfo(note).Length <= MostPath
                && File.ReadAllText(note) is var path && IsAskedFor(path, asked))
            {
                yield return new CellOutput(path, file);
            }
        }
    }

    static bool IsPlainFile(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null };

    // An id of a pack is letters, digits, dots and hyphens, and no way up.
    static bool IsAskedFor(string path, string asked)
    {
        var parts = asked.Split(OutputTarget.PackToken);
        return path == asked || (parts is [var head, var tail] && path.Length > asked.Length - OutputTarget.PackToken.Length
            && path.StartsWith(head, StringComparison.Ordinal) && path.EndsWith(tail, StringComparison.Ordinal)
            && path[head.Length..^tail.Length] is var id && id[0] != '.'
            && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'));
    }
}
