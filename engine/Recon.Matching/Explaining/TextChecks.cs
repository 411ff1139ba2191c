// Text conditions asked of single pairs, with words for what they found.
using Recon.Matching.Texts;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>What a pattern finds on both sides is equal.</summary>
/// <param name="columns">By side of the leg.</param>
/// <param name="isAsked">By side: false where the text stands for itself.</param>
sealed class PatternCheck(string name, TextColumn[] columns, bool[] isAsked, string pattern)
    : Condition(ConditionKind.Pattern, name)
{
    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        var found = Found(0, first);
        var holds = found is not null && found == Found(1, second);
        shortfall = holds ? 0 : Unmeasured;
        return holds;
    }

    public override ConditionCheck Check(int first, int second) =>
        Answer(Found(0, first), Found(1, second), Holds(first, second, out _));

    string? Found(int side, int row)
    {
        var text = columns[side].Text(row);
        return isAsked[side] ? Fn.Extract(text, pattern) : text is "" ? null : text;
    }
}

/// <summary>One text contains the other.</summary>
sealed class ContainsCheck(string name, TextColumn[] columns, ContainsCondition condition)
    : Condition(ConditionKind.Contains, name)
{
    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        var holds = condition.Holds(condition.ValueOf(0, first), condition.ValueOf(1, second), out _);
        shortfall = holds ? 0 : Unmeasured;
        return holds;
    }

    public override ConditionCheck Check(int first, int second) =>
        Answer(columns[0].Text(first), columns[1].Text(second), Holds(first, second, out _));
}

/// <summary>Texts as one similarity condition compares them; the last of each side is kept, since one side often stays.</summary>
sealed class ComparedTexts(SimilarityCondition condition)
{
    readonly (int Row, TextValue? Value)[] _last = new (int, TextValue?)[2];

    public TextValue Of(int side, int row)
    {
        if (_last[side] is not { Value: { } kept } last || last.Row != row)
        {
            kept = condition.ValueOf(side, row);
            _last[side] = (row, kept);
        }

        return kept;
    }
}

/// <summary>Two texts share a blocking key.</summary>
sealed class BlockCheck(string name, ComparedTexts texts) : Condition(ConditionKind.Block, name)
{
    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        var holds = texts.Of(0, first).SharesBlock(texts.Of(1, second));
        shortfall = holds ? 0 : Unmeasured;
        return holds;
    }

    public override ConditionCheck Check(int first, int second) =>
        Answer(Words(texts.Of(0, first)), Words(texts.Of(1, second)), Holds(first, second, out _));

    // A key carries the number of its block, which says nothing to people.
    static string? Words(TextValue text) => text.Blocks is not { Length: > 0 } keys
        ? null
        : string.Join(", ", keys.Select(key => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]));
}

/// <summary>Two texts are alike enough; asked whether they share a block or not.</summary>
sealed class SimilarityCheck(string name, TextColumn[] columns, SimilarityTolerance tolerance, ComparedTexts texts)
    : Condition(ConditionKind.Similarity, name)
{
    public override bool IsMeasured => true;

    /// <summary>What the similarity lacks of 1, in millionths.</summary>
    public override Int128 DistanceOf(int first, int second) => Millionths.Whole - SimilarityOf(first, second);

    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        shortfall = Math.Max(0, tolerance.Threshold - SimilarityOf(first, second));
        return shortfall == 0;
    }

    /// <summary>Near is what lacks at most 0.15 of the similarity that is asked for.</summary>
    public override Nearness NearnessOf(int first, int second, Int128 shortfall) =>
        shortfall <= Millionths.Whole * 15 / 100 ? Nearness.Near : Nearness.Far;

    public override ConditionCheck Check(int first, int second)
    {
        var similarity = SimilarityOf(first, second);
        var holds = similarity >= tolerance.Threshold;
        var shortfall = holds || texts.Of(0, first).Text.Length == 0 || texts.Of(1, second).Text.Length == 0
            ? null
            : new Shortfall(Millionths.Text(similarity), Millionths.Text(tolerance.Threshold));
        return Answer(columns[0].Text(first), columns[1].Text(second), holds, shortfall);
    }

    int SimilarityOf(int first, int second) => SimilarityCondition.Similarity(
        tolerance.Metric, texts.Of(0, first), texts.Of(1, second), threshold: 0);
}
