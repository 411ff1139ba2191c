// Reads a pack and the queries that it names.
using System.Text;
using System.Text.RegularExpressions;
using Recon.Packs;
using Recon.Sources.Files;

namespace Recon.Cli.Workspaces;

static partial class PackFiles
{
    /// <summary>The pack with the files of SQL that its text mentions; none outside its folder, also not by a link.</summary>
    internal static PackText Read(string path)
    {
        var pack = ReadAlone(path);
        var directory = Path.GetDirectoryName(path)!;
        var queries = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var name in QueryFile().Matches(Encoding.UTF8.GetString(pack.Bytes.Span)).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            var file = Path.Combine(directory, name);
            if (File.Exists(file) && RealPath.IsBelow(RealPath.Of(directory), RealPath.Of(file)))
            {
                queries[name] = BoundedFile.Read(file, DisplayPath.Of(file), PackText.MostBytes);
            }
        }

        return pack with { Queries = queries };
    }

    internal static PackText ReadAlone(string path) => new(DisplayPath.Of(path), BoundedFile.Read(path, DisplayPath.Of(path), PackText.MostBytes));

    [GeneratedRegex(@"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\.sql\b", RegexOptions.CultureInvariant)]
    private static partial Regex QueryFile();
}
