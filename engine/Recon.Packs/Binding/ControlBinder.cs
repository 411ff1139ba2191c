// Binds `controls` of a source.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed partial class ControlBinder(PackScope scope, BoundSource source, BoundRead read)
{
    public static readonly (string, bool)[] OnFail = [("stop", false), ("flag", true)];

    static readonly (string Text, ControlKind Kind)[] OfStatements =
    [
        ("opening + movements = closing", ControlKind.OpeningMovementsClosing),
        ("opening = previous closing", ControlKind.OpeningIsPreviousClosing),
    ];

    const string Examples =
        "{ unique: id }, { required: ref }, { count: trailer.rows }, { sum: amount, equals: trailer.total }";

    public List<ControlSpec> Bind(ListNode? list)
    {
        var controls = new List<ControlSpec>();
        foreach (var item in list?.Items ?? [])
        {
            var control = item switch
            {
                ScalarNode text => OfStatement(text, Defaults.ControlFlagsOnly),
                MapNode map => OfMap(map),
                _ => Refuse(item),
            };
            if (control is not null)
            {
                controls.Add(control);
            }
        }

        return controls;
    }

    ControlSpec? Refuse(Node item)
    {
        if (item is ListNode)
        {
            scope.Report.Add(Findings.WrongShape, item.Place, Examples, "a control");
        }

        return null;
    }

    ControlSpec? OfMap(MapNode map)
    {
        var keys = new Keys(map, map.Place, SourceShapes.Control, scope.Report);
        var kinds = ((string[])["unique", "count", "sum", "required", "check"]).Where(keys.Has).ToList();
        if (kinds.Count != 1)
        {
            scope.Report.Add(
                Findings.OneOf, map.Place, Examples, "a control", "unique, count, sum, required, check");
            return null;
        }

        var flag = Words.Choose(keys, "on_fail", OnFail, Defaults.ControlFlagsOnly, scope.Report);
        if (kinds[0] != "sum")
        {
            keys.RefuseIfPresent("equals", "only a sum equals something");
        }

        return keys.Scalar(kinds[0]) is not { } value ? null : kinds[0] switch
        {
            "unique" => OfField(ControlKind.Unique, "unique", value, flag),
            "required" => OfField(ControlKind.Required, "required", value, flag),
            "count" => Count(value, flag),
            "sum" => Sum(value, keys, flag),
            _ => OfStatement(value, flag),
        };
    }

    ControlSpec? OfStatement(ScalarNode node, bool flag)
    {
        var text = Blanks().Replace(node.Text.Trim(), " ");
        var match = OfStatements.FirstOrDefault(pair => pair.Text == text);
        if (match.Text is null)
        {
            var known = OfStatements.Select(pair => pair.Text);
            scope.Report.Add(
                Findings.BadControl, node.Place, NearestName.Hint(text, [.. known, Examples]), node.Text);
            return null;
        }

        if (read.Known && !read.IsStatement)
        {
            scope.Report.Add(
                Findings.KeyDoesNothing, node.Place, "use { sum: …, equals: trailer.… }", text,
                read.IsQuery ? "the answer of a query has no balances" : "a CSV file has no balances");
            return null;
        }

        return new ControlSpec(match.Kind, null, null, flag, text);
    }

    ControlSpec? OfField(ControlKind kind, string word, ScalarNode name, bool flag) =>
        source.Field(name.Text, name.Place, scope.Report, out _) is { } field
            ? new ControlSpec(kind, field.Name, null, flag, $"{word} {field.Name}")
            : null;

    ControlSpec? Count(ScalarNode value, bool flag)
    {
        var operand = TrailerOperand(value);
        operand ??= scope.Integer(value, 0, int.MaxValue) is { } rows ? $"{rows}" : null;
        return Known(value, operand)
            ? new ControlSpec(ControlKind.Count, null, operand, flag, $"count = {operand}")
            : null;
    }

    ControlSpec? Sum(ScalarNode name, Keys keys, bool flag)
    {
        var field = source.FieldOf(
            name, scope.Report, "money or a number", FieldKind.Money, FieldKind.Number);
        if (keys.NeedScalar("equals", "equals: trailer.total, or an amount") is not { } value
            || field is null)
        {
            return null;
        }

        var operand = TrailerOperand(value) ?? scope.Value(value, field.Kind);
        return Known(value, operand)
            ? new ControlSpec(ControlKind.Sum, field.Name, operand, flag, $"sum({field.Name}) = {operand}")
            : null;
    }

    static string? TrailerOperand(ScalarNode value) =>
        value.Text.StartsWith("trailer.", StringComparison.Ordinal) ? value.Text : null;

    /// <summary>True where the operand is a literal, or names a value of the trailer.</summary>
    bool Known(ScalarNode value, string? operand)
    {
        if (operand is null || !operand.StartsWith("trailer.", StringComparison.Ordinal))
        {
            return operand is not null;
        }

        IReadOnlyCollection<string> names = [.. read.Spec.Csv?.Trailer?.Values.Keys ?? (IEnumerable<string>)(read.Spec.Sql?.Trailer?.Values ?? [])];
        var name = operand["trailer.".Length..];
        if (!read.Known || names.Contains(name))
        {
            return read.Known;
        }

        var hint = names.Count > 0 ? NearestName.Hint(name, names)
            : read.IsQuery ? "trailer: { query: …, values: [rows] } in 'read' names its values"
            : "trailer: { first_cell: …, rows: 2 } in 'read' names its values";
        scope.Report.Add(Findings.UnknownTrailer, value.Place, hint, name);
        return false;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
