// A pack with the offered fixes applied, in memory, until nothing more is offered.
using System.Text;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Packs;

namespace Recon.Cli.Fixing;

/// <summary>A file before and after.</summary>
/// <param name="Path">Where it lies.</param>
sealed record FixedFile(string Path, string Name, string Before, string After)
{
    internal static FixedFile Of(string path, PackText text)
    {
        var content = Encoding.UTF8.GetString(text.Bytes.Span);
        return new FixedFile(path, text.Name, content, content);
    }

    internal PackText In(PackText text) => Before == After ? text : text with { Bytes = Encoding.UTF8.GetBytes(After) };
}

/// <param name="Applied">How many fixes were applied.</param>
/// <param name="Left">What is found once they are.</param>
sealed record FixedPack(IReadOnlyList<FixedFile> Files, int Applied, IReadOnlyList<Diagnostic> Left)
{
    // A mended line may show the next error on it, and no pack has more in a row.
    const int MostRounds = 20;

    // Places are counted behind it.
    const char ByteOrderMark = '\uFEFF';

    internal static FixedPack Of(string directory, PackOptions options, CancellationToken cancellation)
    {
        var (packPath, testPath) = (Path.Combine(directory, "pack.yaml"), Path.Combine(directory, "pack.test.yaml"));
        var pack = PackFiles.Read(packPath);
        var tests = File.Exists(testPath) ? PackFiles.ReadAlone(testPath) : null;
        List<FixedFile> files =
        [
            FixedFile.Of(packPath, pack),
            .. tests is null ? (FixedFile[])[] : [FixedFile.Of(testPath, tests)],
            .. pack.Used.Select(used => FixedFile.Of(Path.GetFullPath(Path.Combine(directory, used.Key)), used.Value)),
        ];
        for (var (round, applied) = (0, 0); ; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var loaded = LoadedPack.From(directory, PackOf(pack, files), tests is null ? null : files[1].In(tests), options, cancellation);
            var count = round == MostRounds ? 0 : ApplyTo(files, [.. loaded.Diagnostics.Select(found => found.Fix).OfType<Edit>().Distinct()]);
            if (count == 0)
            {
                return new FixedPack(files, applied, loaded.Diagnostics);
            }

            applied += count;
        }
    }

    static PackText PackOf(PackText pack, List<FixedFile> files) => files[0].In(pack) with
    {
        Used = pack.Used.ToDictionary(used => used.Key, used => files.First(file => file.Name == used.Value.Name).In(used.Value)),
    };

    // How many were applied.
    static int ApplyTo(List<FixedFile> files, IReadOnlyList<Edit> edits)
    {
        var applied = 0;
        for (var i = 0; i < files.Count; i++)
        {
            if (Apply(files[i].After, [.. edits.Where(edit => edit.Place.File == files[i].Name)]) is (var text, > 0 and var count))
            {
                files[i] = files[i] with { After = text };
                applied += count;
            }
        }

        return applied;
    }

    // Every line keeps the end that it has. From the end, so that the places before stay what they are; of two that overlap the first in the text.
    static (string Text, int Count) Apply(string text, IReadOnlyList<Edit> edits)
    {
        var mark = text.StartsWith(ByteOrderMark) ? text[..1] : "";
        var lines = text[mark.Length..].Split('\n');
        var count = 0;
        foreach (var line in edits.GroupBy(edit => edit.Place.Line))
        {
            var end = int.MaxValue;
            foreach (var edit in line.OrderByDescending(edit => edit.Place.Column).Where(edit => edit.Place.EndColumn <= lines[edit.Place.Line - 1].Length + 1))
            {
                if (edit.Place.EndColumn <= end)
                {
                    var old = lines[edit.Place.Line - 1];
                    var written = old.EndsWith('\r') ? edit.Text.Replace("\n", "\r\n", StringComparison.Ordinal) : edit.Text;
                    lines[edit.Place.Line - 1] = $"{old[..(edit.Place.Column - 1)]}{written}{old[(edit.Place.EndColumn - 1)..]}";
                    (end, count) = (edit.Place.Column, count + 1);
                }
            }
        }

        return (mark + string.Join('\n', lines), count);
    }
}
