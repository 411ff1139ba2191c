// A pack as a hasty hand leaves it: other indentation, line ends, blanks and blank lines, and the same meaning.
namespace Recon.Tests.Packs;

static class DeformedPack
{
    // In such lines a blank may be text.
    static readonly string[] Delicate = ["\"", "'", "#", "when: ", "where: ", "Fn.", "description: "];

    /// <summary>Equal seeds deform equally; for packs in the one layout. Lines of text in blocks keep what they say.</summary>
    public static string Of(string text, int seed)
    {
        var random = new Random(seed);
        var step = random.Next(1, 5);
        var lines = new List<string>();
        var block = -1;
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            var blanks = line.Length - line.TrimStart().Length;
            var isText = block >= 0 && (blanks > block || line.Length == 0);
            block = isText ? block : line.EndsWith('|') || line.EndsWith('>') ? blanks : -1;
            lines.Add(isText ? Deeper(line, block, step) : Loosened(Reindented(line, blanks, step), random));
            if (!isText && block < 0)
            {
                lines.AddRange(Enumerable.Repeat(random.Next(2) == 0 ? "" : "   ", random.Next(5) == 0 ? random.Next(4) : 0));
            }
        }

        return string.Join(random.Next(2) == 0 ? "\n" : "\r\n", lines) + (random.Next(2) == 0 ? "" : "\n\n\n");
    }

    // What stands behind a dash begins a level deeper than the dash, however deep a level is.
    static string Reindented(string line, int blanks, int step) => blanks == line.Length ? line
        : line[blanks..].StartsWith("- ", StringComparison.Ordinal) ? $"{Level(blanks / 2, step)}-{new string(' ', step)}{line[(blanks + 2)..]}"
        : Level(blanks / 2, step) + line[blanks..];

    static string Level(int level, int step) => new(' ', level * (step + 1));

    static string Deeper(string line, int block, int step) =>
        line.Length == 0 ? line : Level(block / 2, step) + new string(' ', step) + line[(block + 2)..];

    static string Loosened(string line, Random random)
    {
        var loose = Delicate.Any(sign => line.Contains(sign, StringComparison.Ordinal)) ? line
            : line.Replace("{ ", "{" + new string(' ', random.Next(3)), StringComparison.Ordinal)
                .Replace(" }", new string(' ', random.Next(3)) + "}", StringComparison.Ordinal)
                .Replace(", ", "," + new string(' ', random.Next(1, 4)), StringComparison.Ordinal)
                .Replace(": ", ":" + new string(' ', random.Next(1, 4)), StringComparison.Ordinal);
        return loose.Length == 0 ? loose : loose + new string(' ', random.Next(3));
    }
}
