// The loops around the rules: typed columns before the loop, one call a row inside, the row known when a rule throws.
namespace Recon.Packs.Compiling;

/// <summary>One method <c>Run</c> a rule, with the shape of its delegate.</summary>
static class ProgramLoops
{
    public static string Of(ProgramRule rule) => rule.Rule.Shape switch
    {
        RuleShape.OfRecord => Record(rule),
        RuleShape.OfPair => Pair(rule),
        RuleShape.OfGroup => Group(rule),
        RuleShape.OfField field => Derivation(rule, field),
        var shape => throw new InvalidOperationException($"bug: no loop for {shape}"),
    };

    static string Call(ProgramRule rule, string arguments) =>
        $"{ProgramText.RuleClass(rule.Number)}.{ProgramText.Holds}({arguments})";

    static string Type(ProgramRule rule, int side) => rule.Scope.Sources[side].RecordType;

    static string Record(ProgramRule rule) => $$"""
            public void Run(Recon.Model.RecordTable table, System.ReadOnlySpan<int> rows, System.Span<bool> results)
            {
                var columns = new {{Type(rule, 0)}}Columns(table);
                var i = 0;
                try
                {
                    for (; i < rows.Length; i++)
                        results[i] = {{Call(rule, $"new {Type(rule, 0)}(columns, rows[i])")}};
                }
                catch (System.Exception thrown)
                {
                    throw Recon.Model.Rules.RuleFailedException.Of(rule, table, rows[i], thrown);
                }
            }

        """;

    static string Pair(ProgramRule rule) => $$"""
            public void Run(
                Recon.Model.RecordTable left, Recon.Model.RecordTable right,
                System.ReadOnlySpan<int> leftRows, System.ReadOnlySpan<int> rightRows, System.Span<bool> results)
            {
                var leftColumns = new {{Type(rule, 0)}}Columns(left);
                var rightColumns = new {{Type(rule, 1)}}Columns(right);
                var i = 0;
                try
                {
                    for (; i < leftRows.Length; i++)
                        results[i] = {{Call(rule, $"new {Type(rule, 0)}(leftColumns, leftRows[i]), new {Type(rule, 1)}(rightColumns, rightRows[i])")}};
                }
                catch (System.Exception thrown)
                {
                    throw Recon.Model.Rules.RuleFailedException.Of(rule, left, leftRows[i], right, rightRows[i], thrown);
                }
            }

        """;

    static string Group(ProgramRule rule) => $$"""
            public bool Run(Recon.Model.RecordTable oneTable, int one, Recon.Model.RecordTable manyTable, System.ReadOnlySpan<int> many)
            {
                try
                {
                    var columns = new {{Type(rule, 1)}}Columns(manyTable);
                    var list = new {{Type(rule, 1)}}[many.Length];
                    for (var i = 0; i < list.Length; i++)
                        list[i] = new {{Type(rule, 1)}}(columns, many[i]);
                    return {{Call(rule, $"new {Type(rule, 0)}(new {Type(rule, 0)}Columns(oneTable), one), list")}};
                }
                catch (System.Exception thrown)
                {
                    throw Recon.Model.Rules.RuleFailedException.Of(rule, oneTable, one, manyTable, many, thrown);
                }
            }

        """;

    // An empty text is missing, as an empty cell is.
    static string Derivation(ProgramRule rule, RuleShape.OfField field)
    {
        var (builder, isThere, value) = field.Field.Kind switch
        {
            Model.Columns.FieldKind.Text => ("TextColumnBuilder", "value is { Length: > 0 }", "value"),
            Model.Columns.FieldKind.Money =>
                ("AmountColumnBuilder", "value is { } it", "it.Number, it.CurrencyCode"),
            Model.Columns.FieldKind.Number =>
                ("AmountColumnBuilder", "value is { } it", "Recon.Model.ExactNumber.From(it)"),
            Model.Columns.FieldKind.Date => ("DateColumnBuilder", "value is { } it", "it"),
            Model.Columns.FieldKind.Instant => ("InstantColumnBuilder", "value is { } it", "it"),
            var kind => throw new InvalidOperationException($"bug: no builder for {kind}"),
        };
        return $$"""
                public void Run(Recon.Model.RecordTable table, Recon.Model.Columns.ColumnBuilder target)
                {
                    var columns = new {{Type(rule, 0)}}Columns(table);
                    var builder = (Recon.Model.Columns.{{builder}})target;
                    var row = 0;
                    try
                    {
                        for (; row < table.Count; row++)
                        {
                            var value = {{Call(rule, $"new {Type(rule, 0)}(columns, row)")}};
                            if ({{isThere}}) builder.Append({{value}});
                            else builder.AppendNull();
                        }
                    }
                    catch (System.Exception thrown)
                    {
                        throw Recon.Model.Rules.RuleFailedException.Of(rule, table, row, thrown);
                    }
                }

            """;
    }
}
