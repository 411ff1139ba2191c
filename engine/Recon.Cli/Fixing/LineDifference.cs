// The difference of two texts as people read it: a hunk for each change, with three lines around it.
using System.Globalization;
using System.Text;
using DiffPlex;

namespace Recon.Cli.Fixing;

/// <summary>The unified format, as <c>diff -u</c> writes it.</summary>
static class LineDifference
{
    const int Around = 3;

    internal static string Of(string name, string before, string after)
    {
        (before, after) = (WithPlainEnds(before), WithPlainEnds(after));
        var blocks = Differ.Instance.CreateLineDiffs(before, after, ignoreWhitespace: false);
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var text = new StringBuilder();
        if (blocks.DiffBlocks.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"--- {name}\n+++ {name}\n");
        }

        // No line stands in two hunks.
        var to = 0;
        foreach (var (block, next) in blocks.DiffBlocks.Zip(blocks.DiffBlocks.Skip(1).Select(other => other.DeleteStartA).Append(old.Length)))
        {
            var from = Math.Max(to, block.DeleteStartA - Around);
            to = Math.Min(next, block.DeleteStartA + block.DeleteCountA + Around);
            var start = block.InsertStartB - (block.DeleteStartA - from);
            text.Append(CultureInfo.InvariantCulture,
                $"@@ -{from + 1},{to - from} +{start + 1},{to - from - block.DeleteCountA + block.InsertCountB} @@\n");
            Lines(text, ' ', old, from, block.DeleteStartA);
            Lines(text, '-', old, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA);
            Lines(text, '+', now, block.InsertStartB, block.InsertStartB + block.InsertCountB);
            Lines(text, ' ', old, block.DeleteStartA + block.DeleteCountA, to);
        }

        return text.ToString();
    }

    static string WithPlainEnds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    static void Lines(StringBuilder text, char mark, string[] lines, int from, int to)
    {
        foreach (var line in lines[from..to])
        {
            text.Append(mark).Append(line).Append('\n');
        }
    }
}
