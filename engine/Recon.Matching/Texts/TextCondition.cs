// Conditions between texts that equality cannot say.
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Texts;

/// <summary>A condition between a text of the leg's first side and one of its second.</summary>
/// <param name="columns">By side of the leg.</param>
abstract class TextCondition(TextColumn[] columns)
{
    /// <summary>True where distances tell candidates apart; a condition that only holds or not has distance 0.</summary>
    public virtual bool IsMeasured => false;

    public virtual TextValue ValueOf(int side, int row) => new(columns[side].Text(row) ?? "", [], null);

    /// <summary>True where the rows cannot be told apart by the condition.</summary>
    public virtual bool Same(int side, int row, int otherRow) =>
        columns[side].ValueEquals(row, columns[side], otherRow);

    /// <summary>Sorts rows so that those that are <see cref="Same"/> come together.</summary>
    public virtual int Compare(int side, int row, int otherRow) =>
        columns[side].Utf8(row).SequenceCompareTo(columns[side].Utf8(otherRow));

    /// <param name="distance">At least 0; 0 where the condition is not measured.</param>
    public abstract bool Holds(TextValue first, TextValue second, out int distance);

    /// <summary>An index that finds, for a text of the other side, all texts that may meet the condition.</summary>
    /// <param name="side">The side that the texts are of.</param>
    public abstract TextIndex IndexOver(int side, IReadOnlyList<TextValue> texts);
}

/// <summary>One text contains the other.</summary>
/// <param name="partSide">The side whose text is contained.</param>
sealed class ContainsCondition(TextColumn[] columns, int partSide) : TextCondition(columns)
{
    public override bool Holds(TextValue first, TextValue second, out int distance)
    {
        distance = 0;
        var (part, whole) = partSide == 0 ? (first, second) : (second, first);
        return part.Text.Length > 0 && whole.Text.Contains(part.Text, StringComparison.Ordinal);
    }

    public override TextIndex IndexOver(int side, IReadOnlyList<TextValue> texts) =>
        side == partSide ? new PartIndex(texts) : new WholeIndex(texts);
}

/// <summary>Two texts share a blocking key and are alike enough.</summary>
/// <param name="blockColumns">For each block that is a field its columns by side; null for the others.</param>
sealed class SimilarityCondition(
    TextColumn[] columns, SimilarityTolerance tolerance, IReadOnlyList<TextColumn[]?> blockColumns)
    : TextCondition(columns)
{
    public override bool IsMeasured => true;

    public override TextValue ValueOf(int side, int row)
    {
        var text = base.ValueOf(side, row).Text;
        var needsTokens = tolerance.Metric == TextMetric.TokenSet || tolerance.Blocks.Any(block => block is TextBlock.Token);
        var tokens = needsTokens ? TokenSet.Tokens(text) : [];
        return new TextValue(text, tokens, tolerance.Blocks.Count == 0 ? null : BlocksOf(side, row, text, tokens));
    }

    public override bool Same(int side, int row, int otherRow) => base.Same(side, row, otherRow)
        && blockColumns.All(pair => pair is null || pair[side].ValueEquals(row, pair[side], otherRow));

    public override int Compare(int side, int row, int otherRow)
    {
        var order = base.Compare(side, row, otherRow);
        foreach (var pair in blockColumns)
        {
            order = order != 0 || pair is null ? order
                : pair[side].Utf8(row).SequenceCompareTo(pair[side].Utf8(otherRow));
        }

        return order;
    }

    /// <summary>The distance is what the similarity lacks of 1, in millionths.</summary>
    public override bool Holds(TextValue first, TextValue second, out int distance)
    {
        distance = 0;
        if (!first.SharesBlock(second))
        {
            return false;
        }

        var similarity = Similarity(tolerance.Metric, first, second, tolerance.Threshold);
        distance = Millionths.Whole - similarity;
        return similarity >= tolerance.Threshold;
    }

    public override TextIndex IndexOver(int side, IReadOnlyList<TextValue> texts) =>
        BlockIndex.Of(texts, group => SimilarityIndex.Of(tolerance, group));

    /// <summary>In millionths; may be told as 0 below the threshold. An empty text is like nothing.</summary>
    public static int Similarity(TextMetric metric, TextValue first, TextValue second, int threshold) =>
        first.Text.Length == 0 || second.Text.Length == 0 ? 0 : metric switch
        {
            TextMetric.JaroWinkler => JaroWinkler.Similarity(first.Text, second.Text),
            TextMetric.Levenshtein => Levenshtein.Similarity(first.Text, second.Text, threshold),
            _ => TokenSet.Similarity(first.Tokens, second.Tokens, threshold),
        };

    string[] BlocksOf(int side, int row, string text, string[] tokens)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tolerance.Blocks.Count; i++)
        {
            // The number keeps the keys of one block apart from those of another.
            switch (tolerance.Blocks[i])
            {
                case TextBlock.Start start when text.Length > 0:
                    keys.Add($"{i}:{text[..Math.Min(start.Characters, text.Length)]}");
                    break;
                case TextBlock.Token:
                    keys.UnionWith(tokens.Select(token => $"{i}:{token}"));
                    break;
                case TextBlock.Field when blockColumns[i]![side].Utf8(row).Length > 0:
                    keys.Add($"{i}:{blockColumns[i]![side].Text(row)}");
                    break;
            }
        }

        return [.. keys];
    }
}
