// Reads a pack and the queries that it names.
using System.Text;
using System.Text.RegularExpressions;
using Recon.Cli.Confining;
using Recon.Model;
using Recon.Packs;
using Recon.Sources.Files;

namespace Recon.Cli.Workspaces;

static partial class PackFiles
{
    /// <summary>The pack with the files of SQL that its text mentions; none outside its folder, also not by a link.</summary>
    internal static PackText Read(string path) => WithBeside(ReadAlone(path), Path.GetDirectoryName(path)!);

    /// <summary>A text of a pack with the files that it mentions, as they lie beside it.</summary>
    internal static PackText WithBeside(PackText pack, string directory)
    {
        var queries = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var name in QueryFile().Matches(Encoding.UTF8.GetString(pack.Bytes.Span)).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            var file = Path.Combine(directory, name);
            if (File.Exists(file) && RealPath.IsBelow(RealPath.Of(directory), RealPath.Of(file)))
            {
                queries[name] = BoundedFile.Read(file, DisplayPath.Of(file), PackText.MostBytes);
            }
        }

        return pack with { Queries = queries, Used = Used(pack, directory) };
    }

    // Beside the pack's folder or below it, also not by a link: packs of one team lie together, and share what they share there.
    static Dictionary<string, PackText> Used(PackText pack, string directory)
    {
        var text = Encoding.UTF8.GetString(pack.Bytes.Span);
        var used = new Dictionary<string, PackText>(StringComparer.Ordinal);
        if (!text.Contains("use:", StringComparison.Ordinal))
        {
            return used;
        }

        var root = RealPath.Of(Path.GetDirectoryName(Path.GetFullPath(directory)) ?? directory);
        foreach (var name in UsedFile().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            var file = Path.GetFullPath(Path.Combine(directory, name));
            if (File.Exists(file) && RealPath.IsBelow(root, RealPath.Of(file)))
            {
                used[name] = ReadAlone(file);
            }
        }

        return used;
    }

    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: a link that leads out of its checkout.</exception>
    internal static PackText ReadAlone(string path)
    {
        Checkout.DemandWithin(path);
        return new(DisplayPath.Of(path), BoundedFile.Read(path, DisplayPath.Of(path), PackText.MostBytes));
    }

    [GeneratedRegex(@"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\.sql\b", RegexOptions.CultureInvariant)]
    private static partial Regex QueryFile();

    [GeneratedRegex(@"[A-Za-z0-9._/-]+\.(yaml|cs)\b")]
    private static partial Regex UsedFile();
}
