// One expression asked about one record or two, through the checks of every rule of a pack.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs;

namespace Recon.Cli.Evaluating;

/// <summary>A value, or what is wrong with the expression.</summary>
/// <param name="Value">As reports write it; <c>null</c> for nothing.</param>
sealed record Evaluated(string? Value, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>C# as it may stand in a pack.</summary>
sealed class Expression(string text, IReadOnlyList<Parameter> parameters)
{
    const string Answer = "answer_of_eval";

    // Said of whatever is tried as a condition first.
    const string NotYesOrNo = "RC3026";

    readonly RuleRef _rule = new("expression", text, PlaceOf(text));

    /// <exception cref="RuleFailedException">It threw, or asked for more than a rule may take.</exception>
    internal Evaluated Of(RecordTable table, int row, CancellationToken cancellation)
    {
        var one = Single(table, row);
        var condition = Compile(new RuleShape.OfRecord(table.Source), [table.Source], cancellation);
        if (condition.Image is not null)
        {
            return Said(Ask(condition, rules => Results(results => rules.Record(_rule)(one, [0], results))));
        }

        // No yes or no: it may be a value of any kind that a field can have.
        List<CompiledImage> tried = [condition];
        foreach (var kind in Enum.GetValues<FieldKind>())
        {
            var field = new FieldSpec(Answer, kind, true, Answer, null, null, [], null, null, null, null, _rule);
            var source = table.Source with { Fields = [.. table.Source.Fields, field] };
            tried.Add(Compile(new RuleShape.OfField(source, field), [source], cancellation));
            if (tried[^1].Image is not null)
            {
                return new Evaluated(Ask(tried[^1], rules => Value(rules, one, kind)), []);
            }
        }

        var said = tried.MinBy(image => image.Diagnostics.Count)!.Diagnostics;
        var others = said.Where(found => found.Code != NotYesOrNo).ToList();
        return new Evaluated(null, others.Count > 0 ? others : said);
    }

    /// <summary>Yes or no: a rule about two records answers nothing else.</summary>
    /// <exception cref="RuleFailedException">It threw, or asked for more than a rule may take.</exception>
    internal Evaluated Of(RecordTable left, int leftRow, RecordTable right, int rightRow, CancellationToken cancellation)
    {
        if (left.Name == right.Name)
        {
            throw new UsageException($"both records are of {left.Name}: a rule names each by its source");
        }

        var compiled = Compile(new RuleShape.OfPair(left.Source, right.Source), [left.Source, right.Source], cancellation);
        return compiled.Image is null
            ? new Evaluated(null, compiled.Diagnostics)
            : Said(Ask(compiled, rules => Results(results => rules.Pair(_rule)(left, right, [leftRow], [rightRow], results))));
    }

    CompiledImage Compile(RuleShape shape, IReadOnlyList<SourceSpec> sources, CancellationToken cancellation) =>
        RuleCompiler.Compile([new RuleToCompile(_rule, shape)], sources, parameters, cancellation);

    T Ask<T>(CompiledImage compiled, Func<PackProgram, T> ask)
    {
        using var rules = PackProgram.Load(compiled, parameters);
        return ask(rules);
    }

    string Value(PackProgram rules, RecordTable one, FieldKind kind)
    {
        ColumnBuilder builder = kind switch
        {
            FieldKind.Text => new TextColumnBuilder(),
            FieldKind.Date => new DateColumnBuilder(),
            FieldKind.Instant => new InstantColumnBuilder(),
            _ => new AmountColumnBuilder(kind),
        };
        rules.Derivation(_rule)(one, builder);
        return builder.Build().Display(0) ?? "null";
    }

    delegate void Asked(Span<bool> results);

    static bool Results(Asked ask)
    {
        Span<bool> results = [false];
        ask(results);
        return results[0];
    }

    static Evaluated Said(bool holds) => new(holds ? "true" : "false", []);

    // The other rows are not asked: one of them might throw.
    static RecordTable Single(RecordTable table, int row) => new(
        table.Source, TextColumn.Of([table.Id(row)]), [.. table.Columns.Select(column => column.Gather([row]))], new RowOrigins([], null, [0], null));

    static Place PlaceOf(string text)
    {
        var first = text.Split('\n')[0];
        return new Place("expression", 1, 1, first.Length + 1, first);
    }
}
