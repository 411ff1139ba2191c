// Binds the tolerances of texts: parts, patterns, similarity with its blocks.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Compiling;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>
/// <c>contains</c>, <c>contained</c>, <c>{ matches: "INV-([0-9]+)" }</c>, <c>{ jaro_winkler: 0.90, block: { first: 3 } }</c>.
/// </summary>
sealed class TextToleranceBinder(PackScope scope, BoundSource left, BoundSource right)
{
    const string Forms = "contains, contained, { matches: \"INV-([0-9]+)\" }, { jaro_winkler: 0.90 }";
    const int MostCharacters = 100;

    static readonly (string Word, ContainsTolerance Tolerance)[] Parts =
        [("contains", new ContainsTolerance(RightIsPart: true)), ("contained", new ContainsTolerance(RightIsPart: false))];

    public static readonly (string Word, TextMetric Metric)[] Metrics =
    [
        ("jaro_winkler", TextMetric.JaroWinkler), ("token_set", TextMetric.TokenSet),
        ("levenshtein", TextMetric.Levenshtein),
    ];

    public static readonly (string Word, PatternSides Sides)[] Sides =
        [("left", PatternSides.Left), ("right", PatternSides.Right), ("both", PatternSides.Both)];

    public static string Word(TextMetric metric) => Metrics.First(pair => pair.Metric == metric).Word;

    public static string Word(PatternSides sides) => Sides.First(pair => pair.Sides == sides).Word;

    public static string Word(ContainsTolerance contains) => Parts.First(pair => pair.Tolerance == contains).Word;

    /// <summary>True for what may be meant as a tolerance of texts.</summary>
    public static bool IsForm(string text) => Parts.Any(pair => pair.Word == text) || Metrics.Any(metric => metric.Word == text);

    /// <param name="name">The side as a message names it.</param>
    public Tolerance? Bind(Node node, string name) => node switch
    {
        MapNode map => OfMap(map),
        ScalarNode scalar => Part(scalar, name),
        _ => Refuse(node, name, "a list"),
    };

    Tolerance? Part(ScalarNode node, string name)
    {
        var part = Parts.FirstOrDefault(pair => pair.Word == node.Text).Tolerance;
        var hint = Metrics.Any(metric => metric.Word == node.Text)
            ? $"how alike? {{ {node.Text}: 0.90 }}"
            : $"{Forms}; equal texts stand in 'key'";
        return part ?? Refuse(node, name, node.Text, hint);
    }

    Tolerance? Refuse(Node node, string name, string written, string? hint = null)
    {
        scope.Report.Add(Findings.ToleranceKind, node.Place, hint ?? Forms, name, written);
        return null;
    }

    Tolerance? OfMap(MapNode map)
    {
        string[] measures = ["matches", .. Metrics.Select(metric => metric.Word)];
        var keys = new Keys(map, map.Place, PassShapes.TextTolerance, scope.Report);
        var given = measures.Where(keys.Has).ToList();
        if (given.Count != 1)
        {
            if (given.Count > 1 || map.Entries.All(entry => entry.Key.Text is "of" or "block"))
            {
                scope.Report.Add(Findings.OneOf, map.Place, Forms, "a tolerance of texts", string.Join(", ", measures));
            }

            return null;
        }

        if (given[0] == "matches")
        {
            keys.RefuseIfPresent("block", "a pattern finds its own keys");
            return Pattern(keys);
        }

        keys.RefuseIfPresent("of", "it says of which side a pattern is asked");
        return Similarity(keys, given[0]);
    }

    PatternTolerance? Pattern(Keys keys)
    {
        var sides = Words.Choose(keys, "of", Sides, PatternSides.Both, scope.Report);
        if (keys.Scalar("matches") is not { } node || scope.Text(node) is not { } pattern)
        {
            return null;
        }

        if (Patterns.Fault(pattern) is { } fault)
        {
            scope.Report.Add(Findings.BadRegex, node.Place, null, pattern, fault);
            return null;
        }

        return new PatternTolerance(pattern, sides);
    }

    SimilarityTolerance? Similarity(Keys keys, string metric)
    {
        var threshold = keys.Scalar(metric) is { } node ? Threshold(node) : null;
        var blocks = Blocks(keys);
        return threshold is null || blocks is null
            ? null
            : new SimilarityTolerance(Metrics.First(pair => pair.Word == metric).Metric, threshold.Value, blocks);
    }

    int? Threshold(ScalarNode node)
    {
        const string Hint = "more than 0, at most 1, with up to 6 decimals: 0.90";
        if (!PackScope.IsReference(node) && !Literals.TryNumber(node.Text, out _))
        {
            scope.Report.Add(Findings.BadTolerance, node.Place, Hint, node.Text, "texts");
            return null;
        }

        if (scope.Value(node, FieldKind.Number) is not { } text || !Literals.TryNumber(text, out var number))
        {
            return null;
        }

        var trimmed = number.Trimmed();
        if (trimmed.Scale <= 6 && trimmed.Sign > 0 && trimmed <= new ExactNumber(1, 0))
        {
            return (int)trimmed.Rescaled(6).Units;
        }

        scope.Report.Add(Findings.BadTolerance, node.Place, Hint, text, "texts");
        return null;
    }

    /// <summary>The blocks; null, reported, where one cannot be told.</summary>
    IReadOnlyList<TextBlock>? Blocks(Keys keys)
    {
        if (!keys.Has("block"))
        {
            return [];
        }

        var found = new List<TextBlock>();
        var nodes = keys.OneOrMore("block");
        foreach (var node in nodes)
        {
            if (node is ScalarNode { Text: "none" } && nodes.Count == 1)
            {
                return [];
            }

            if (Block(node, keys.PlaceOf("block")) is not { } block)
            {
                return null;
            }

            if (found.Contains(block))
            {
                scope.Report.Add(Findings.DuplicateName, node.Place, "keep one", "blocks", Text(block));
                return null;
            }

            found.Add(block);
        }

        return nodes.Count == 0 ? NoBlock(keys) : found;
    }

    IReadOnlyList<TextBlock>? NoBlock(Keys keys)
    {
        if (keys.Find("block") is ListNode)
        {
            scope.Report.Add(Findings.Empty, keys.PlaceOf("block"), "block: none", "the list of blocks");
        }

        return null;
    }

    TextBlock? Block(Node node, Place owner)
    {
        if (node is ScalarNode { Text: "token" })
        {
            return new TextBlock.Token();
        }

        if (node is not MapNode map)
        {
            scope.Report.Add(
                Findings.BadWord, node.Place, "{ first: 3 }, token, { field: zip }, a list of them, or none",
                node is ScalarNode scalar ? scalar.Text : "a list", "the blocks");
            return null;
        }

        var keys = new Keys(map, owner, PassShapes.Block, scope.Report);
        if (keys.Has("first") == keys.Has("field"))
        {
            if (keys.Has("first") || map.Entries.Count == 0)
            {
                scope.Report.Add(Findings.OneOf, map.Place, null, "a block", "first, field");
            }

            return null;
        }

        return keys.Has("first")
            ? scope.Integer(keys.Scalar("first"), 1, MostCharacters) is { } count ? new TextBlock.Start(count) : null
            : Field(keys);
    }

    TextBlock.Field? Field(Keys keys)
    {
        var node = keys.Find("field");
        if (node is MapNode map)
        {
            var sides = new Keys(map, keys.PlaceOf("field"), "this block", scope.Report, left.Name, right.Name);
            return Field(sides.NeedScalar(left.Name), sides.NeedScalar(right.Name));
        }

        var both = keys.Shape<ScalarNode>(node, "a field");
        return Field(both, both);
    }

    TextBlock.Field? Field(ScalarNode? leftName, ScalarNode? rightName)
    {
        if (leftName is null || rightName is null)
        {
            return null;
        }

        var first = left.FieldOf(leftName, scope.Report, "text", FieldKind.Text);
        var second = right.FieldOf(rightName, scope.Report, "text", FieldKind.Text);
        return first is { Kind: FieldKind.Text } && second is { Kind: FieldKind.Text }
            ? new TextBlock.Field(first.Name, second.Name)
            : null;
    }

    static string Text(TextBlock block) => block switch
    {
        TextBlock.Start start => $"first: {start.Characters}",
        TextBlock.Field field => $"field: {field.Left}",
        _ => "token",
    };
}
