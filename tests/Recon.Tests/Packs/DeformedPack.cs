// A pack as a hasty hand leaves it: other indentation, line ends, blanks and blank lines, and the same meaning.
namespace Recon.Tests.Packs;

static class DeformedPack
{
    /// <summary>Equal seeds deform equally. Lines of text in blocks keep what they say.</summary>
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
            lines.Add(isText ? Deeper(line, block, step) : Loosened(Reindented(line, step), random));
            if (!isText && block < 0)
            {
                lines.AddRange(Enumerable.Repeat(random.Next(2) == 0 ? "" : "   ", random.Next(5) == 0 ? random.Next(4) : 0));
            }
        }

        return string.Join(random.Next(2) == 0 ? "\n" : "\r\n", lines) + (random.Next(2) == 0 ? "" : "\n\n\n");
    }

    // Dashes take two columns in the shipped layout, whatever the step.
    static string Reindented(string line, int step)
    {
        var blanks = line.Length - line.TrimStart().Length;
        return blanks == line.Length ? line : new string(' ', blanks / 2 * (step + 1)) + Dashed(line.TrimStart(), step);
    }

    static string Dashed(string line, int step) => line.StartsWith("- ", StringComparison.Ordinal) ? "-" + new string(' ', step) + line[2..] : line;

    static string Deeper(string line, int block, int step) =>
        line.Length == 0 ? line : new string(' ', block / 2 * (step + 1) + step) + line[(block + 2)..];

    static string Loosened(string line, Random random)
    {
        var isComment = line.TrimStart().StartsWith('#');
        var loose = isComment || line.Contains('"', StringComparison.Ordinal) || line.Contains('\'', StringComparison.Ordinal) || IsCode(line) ? line
            : line.Replace("{ ", "{" + new string(' ', random.Next(3)), StringComparison.Ordinal)
                .Replace(" }", new string(' ', random.Next(3)) + "}", StringComparison.Ordinal)
                .Replace(", ", "," + new string(' ', random.Next(1, 4)), StringComparison.Ordinal)
                .Replace(": ", ":" + new string(' ', random.Next(1, 4)), StringComparison.Ordinal);
        return loose.Length == 0 ? loose : loose + new string(' ', random.Next(3));
    }

    static bool IsCode(string line) => line.Contains("when: ", StringComparison.Ordinal) || line.Contains("where: ", StringComparison.Ordinal)
        || line.Contains("Fn.", StringComparison.Ordinal) || line.Contains("description: ", StringComparison.Ordinal) || line.Contains('#', StringComparison.Ordinal);
}
