// Turns the text tolerances of a pass into parts of its key where equality can say them, else into conditions.
using Recon.Matching.Reading;
using Recon.Matching.Texts;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Blocks;

/// <summary>One text tolerance in terms of the leg's sides (0: the source declared first).</summary>
/// <param name="Key">Columns that must be equal, by side; null where the tolerance needs none.</param>
/// <param name="Condition">What remains to be asked; null where equality says all.</param>
sealed record TextConditions(TextColumn[]? Key, TextCondition? Condition)
{
    /// <param name="leftSide">The side of the pass's left source.</param>
    public static TextConditions Of(Comparison comparison, RecordTable[] tables, int leftSide)
    {
        var columns = Columns(
            tables, leftSide, comparison.Left.Terms[0].Field, comparison.Right.Terms[0].Field);
        return comparison.Tolerance switch
        {
            ContainsTolerance contains => new(
                null, new ContainsCondition(columns, contains.RightIsPart ? 1 - leftSide : leftSide)),
            PatternTolerance pattern => new(Extracts(columns, pattern, leftSide), null),
            SimilarityTolerance similarity => Of(similarity, columns, tables, leftSide),
            _ => throw new InvalidOperationException($"bug: {comparison.Tolerance} is not of texts"),
        };
    }

    /// <summary>The condition with its blocks, none of them made a key.</summary>
    public static SimilarityCondition WithBlocks(
        SimilarityTolerance tolerance, TextColumn[] columns, RecordTable[] tables, int leftSide) => new(
        columns, tolerance,
        [.. tolerance.Blocks.Select(block =>
            block is TextBlock.Field field ? Columns(tables, leftSide, field.Left, field.Right) : null)]);

    /// <summary>Columns of two text fields by side of the leg.</summary>
    public static TextColumn[] Columns(RecordTable[] tables, int leftSide, string left, string right)
    {
        var (first, second) = leftSide == 0 ? (left, right) : (right, left);
        return [(TextColumn)tables[0].Column(first), (TextColumn)tables[1].Column(second)];
    }

    // A single block with one key a text is a part of the key: rows are cut by it before any text is compared.
    static TextConditions Of(
        SimilarityTolerance tolerance, TextColumn[] columns, RecordTable[] tables, int leftSide)
    {
        var key = tolerance.Blocks switch
        {
            [TextBlock.Start start] => (TextColumn[])[.. columns.Select(column => DerivedTexts.Starts(column, start.Characters))],
            [TextBlock.Field field] => [.. Columns(tables, leftSide, field.Left, field.Right).Select(Filled)],
            _ => null,
        };
        return key is null
            ? new(null, WithBlocks(tolerance, columns, tables, leftSide))
            : new(key, new SimilarityCondition(columns, tolerance with { Blocks = [] }, []));
    }

    // An empty text makes no blocking key.
    static TextColumn Filled(TextColumn column) => DerivedTexts.Starts(column, int.MaxValue);

    static TextColumn[] Extracts(TextColumn[] columns, PatternTolerance pattern, int leftSide)
    {
        var askedOnly = pattern.Of switch
        {
            PatternSides.Left => leftSide,
            PatternSides.Right => 1 - leftSide,
            _ => -1,
        };
        return
        [
            .. columns.Select((column, side) => askedOnly == -1 || askedOnly == side
                ? DerivedTexts.Extracts(column, pattern.Pattern)
                : column),
        ];
    }
}
