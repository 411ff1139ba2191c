// The loops around the rules: typed columns before the loop, one call a row inside.
using Recon.Model.Columns;

namespace Recon.Packs.Compiling;

/// <summary>One method <c>Run</c> a rule, with the shape of its delegate.</summary>
static class ProgramLoops
{
    public static string Of(ProgramRule rule) => rule.Rule.Shape switch
    {
        RuleShape.OfRecord => Record(rule),
        RuleShape.OfPair => Pair(rule),
        RuleShape.OfGroup => Group(rule),
        RuleShape.OfGroups => Groups(rule),
        RuleShape.OfSeveral => Several(rule),
        RuleShape.OfField field => Derivation(rule, field),
        var shape => throw new InvalidOperationException($"bug: no loop for {shape}"),
    };

    const string Model = "Recon.Model";

    const string Failed = "Recon.Model.Rules.RuleFailedException.Of";

    static string Record(ProgramRule rule) => $$"""
            public void Run({{Model}}.RecordTable table, System.ReadOnlySpan<int> rows, System.Span<bool> results)
            {
                var columns = new {{Columns(rule, 0)}}(table);
                {{Meter(rule)}}
                var i = 0;
                try
                {
                    for (; i < rows.Length; i++)
                        results[i] = {{Call(rule, View(rule, 0, "columns", "rows[i]"))}};
                }
                catch (System.Exception thrown)
                {
                    throw {{Failed}}(rule, table, rows[i], thrown);
                }
                {{End(rule, "rows.Length")}}
            }

        """;

    static string Pair(ProgramRule rule)
    {
        var left = View(rule, 0, "leftColumns", "leftRows[i]");
        var right = View(rule, 1, "rightColumns", "rightRows[i]");
        return $$"""
                public void Run(
                    {{Model}}.RecordTable left, {{Model}}.RecordTable right,
                    System.ReadOnlySpan<int> leftRows, System.ReadOnlySpan<int> rightRows,
                    System.Span<bool> results)
                {
                    var leftColumns = new {{Columns(rule, 0)}}(left);
                    var rightColumns = new {{Columns(rule, 1)}}(right);
                    {{Meter(rule)}}
                    var i = 0;
                    try
                    {
                        for (; i < leftRows.Length; i++)
                            results[i] = {{Call(rule, $"{left}, {right}")}};
                    }
                    catch (System.Exception thrown)
                    {
                        throw {{Failed}}(rule, left, leftRows[i], right, rightRows[i], thrown);
                    }
                    {{End(rule, "leftRows.Length")}}
                }

            """;
    }

    static string Group(ProgramRule rule)
    {
        var one = View(rule, 0, $"new {Columns(rule, 0)}(oneTable)", "one");
        return $$"""
                public bool Run(
                    {{Model}}.RecordTable oneTable, int one,
                    {{Model}}.RecordTable manyTable, System.ReadOnlySpan<int> many)
                {
                    {{Meter(rule)}}
                    bool holds;
                    try
                    {
            {{List(rule, 1, "manyTable", "many")}}
                        holds = {{Call(rule, $"{one}, manyList")}};
                    }
                    catch (System.Exception thrown)
                    {
                        throw {{Failed}}(rule, oneTable, one, manyTable, many, thrown);
                    }
                    {{End(rule, "1")}}
                    return holds;
                }

            """;
    }

    static string Groups(ProgramRule rule) => $$"""
            public bool Run(
                {{Model}}.RecordTable left, System.ReadOnlySpan<int> leftRows,
                {{Model}}.RecordTable right, System.ReadOnlySpan<int> rightRows)
            {
                {{Meter(rule)}}
                bool holds;
                try
                {
        {{List(rule, 0, "left", "leftRows")}}
        {{List(rule, 1, "right", "rightRows")}}
                    holds = {{Call(rule, "leftRowsList, rightRowsList")}};
                }
                catch (System.Exception thrown)
                {
                    throw {{Failed}}(rule, left, leftRows, right, rightRows, thrown);
                }
                {{End(rule, "1")}}
                return holds;
            }

        """;

    // Tables come in the order of a leg, which is none of the rule's.
    static string Several(ProgramRule rule)
    {
        var sources = rule.Scope.Sources.Select((source, index) => (source.Name, Index: index)).ToList();
        var sides = string.Concat(sources.Select(source => $"        var side{source.Index} = {Model}.Rules.LegSpec.SideOf(tables, \"{source.Name}\");\n"));
        var columns = string.Concat(sources.Select(source =>
            $"        var columns{source.Index} = new {Columns(rule, source.Index)}(tables[side{source.Index}]);\n"));
        var views = string.Join(", ", sources.Select(source =>
            View(rule, source.Index, $"columns{source.Index}", $"rows[(i * {sources.Count}) + side{source.Index}]")));
        return $$"""
                public void Run(
                    System.Collections.Generic.IReadOnlyList<{{Model}}.RecordTable> tables,
                    System.ReadOnlySpan<int> rows, System.Span<bool> results)
                {
            {{sides}}{{columns}}
                    {{Meter(rule)}}
                    var i = 0;
                    try
                    {
                        for (; i < results.Length; i++)
                            results[i] = {{Call(rule, views)}};
                    }
                    catch (System.Exception thrown)
                    {
                        throw {{Failed}}(rule, tables, rows.Slice(i * {{sources.Count}}, {{sources.Count}}), thrown);
                    }
                    {{End(rule, "results.Length")}}
                }

            """;
    }

    // Rows of a side as records of the program.
    static string List(ProgramRule rule, int side, string table, string rows) => $$"""
                    var {{rows}}Columns = new {{Columns(rule, side)}}({{table}});
                    var {{rows}}List = new {{Type(rule, side)}}[{{rows}}.Length];
                    for (var i = 0; i < {{rows}}List.Length; i++)
                        {{rows}}List[i] = {{View(rule, side, $"{rows}Columns", $"{rows}[i]")}};
        """;

    // An empty text is missing, as an empty cell is.
    static string Derivation(ProgramRule rule, RuleShape.OfField field)
    {
        var (builder, isThere, value) = field.Field.Kind switch
        {
            FieldKind.Text => ("TextColumnBuilder", "value is { Length: > 0 }", "value"),
            FieldKind.Money => ("AmountColumnBuilder", "value is { } it", "it.Number, it.CurrencyCode"),
            FieldKind.Number => ("AmountColumnBuilder", "value is { } it", "Recon.Model.ExactNumber.From(it)"),
            FieldKind.Date => ("DateColumnBuilder", "value is { } it", "it"),
            FieldKind.Instant => ("InstantColumnBuilder", "value is { } it", "it"),
            var kind => throw new InvalidOperationException($"bug: no builder for {kind}"),
        };
        return $$"""
                public void Run({{Model}}.RecordTable table, {{Model}}.Columns.ColumnBuilder target)
                {
                    var columns = new {{Columns(rule, 0)}}(table);
                    var builder = ({{Model}}.Columns.{{builder}})target;
                    {{Meter(rule)}}
                    var row = 0;
                    try
                    {
                        for (; row < table.Count; row++)
                        {
                            var value = {{Call(rule, View(rule, 0, "columns", "row"))}};
                            if ({{isThere}}) builder.Append({{value}});
                            else builder.AppendNull();
                        }
                    }
                    catch (System.Exception thrown)
                    {
                        throw {{Failed}}(rule, table, row, thrown);
                    }
                    {{End(rule, "table.Count")}}
                }

            """;
    }

    // A rule that calls nothing and makes no text takes one step each time: it needs no meter.
    static string Meter(ProgramRule rule) => rule.Node.IsMetered ? "var meter = new Recon.Model.Rules.RuleMeter(total);" : "";

    static string End(ProgramRule rule, string evaluations) =>
        rule.Node.IsMetered ? $"meter.End({evaluations});" : $"total.Add({evaluations}, 0, 0);";

    static string Call(ProgramRule rule, string arguments) =>
        $"{ProgramText.RuleClass(rule.Number)}.{ProgramText.Holds}({(rule.Node.IsMetered ? "meter.Next()" : "null!")}, {arguments})";

    static string Type(ProgramRule rule, int side) => rule.Scope.Sources[side].RecordType;

    static string Columns(ProgramRule rule, int side) => Type(rule, side) + "Columns";

    static string View(ProgramRule rule, int side, string columns, string row) =>
        $"new {Type(rule, side)}({columns}, {row})";
}
