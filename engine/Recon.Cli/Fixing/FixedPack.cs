// A pack with the offered fixes applied, in memory, until nothing more is offered.
using System.Text;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Packs;

namespace Recon.Cli.Fixing;

/// <summary>A file before and after.</summary>
/// <param name="Path">Where it lies.</param>
sealed record FixedFile(string Path, string Name, string Before, string After);

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
        var pack = PackFiles.Read(Path.Combine(directory, "pack.yaml"));
        var testPath = Path.Combine(directory, "pack.test.yaml");
        var tests = File.Exists(testPath) ? PackFiles.ReadAlone(testPath) : null;
        var texts = new List<(string Path, PackText Text)> { (Path.Combine(directory, "pack.yaml"), pack) };
        if (tests is not null)
        {
            texts.Add((testPath, tests));
        }

        var now = texts.Select(text => text.Text).ToList();
        for (var (round, applied) = (0, 0); ; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var loaded = LoadedPack.From(directory, now[0], now.Count > 1 ? now[1] : null, options, cancellation);
            var edits = loaded.Diagnostics.Select(found => found.Fix).OfType<Edit>().Distinct().ToList();
            if (edits.Count == 0 || round == MostRounds)
            {
                return new FixedPack(
                    [.. texts.Select((text, i) => new FixedFile(text.Path, text.Text.Name, TextOf(text.Text), TextOf(now[i])))], applied, loaded.Diagnostics);
            }

            for (var i = 0; i < now.Count; i++)
            {
                if (Apply(TextOf(now[i]), [.. edits.Where(edit => edit.Place.File == now[i].Name)]) is (var text, > 0 and var count))
                {
                    now[i] = now[i] with { Bytes = Encoding.UTF8.GetBytes(text) };
                    applied += count;
                }
            }
        }
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

    static string TextOf(PackText text) => Encoding.UTF8.GetString(text.Bytes.Span);
}
