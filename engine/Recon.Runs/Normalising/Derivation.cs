// Computes a derived field for all candidates.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Normalising;

static class Derivation
{
    /// <summary>An empty text is NULL, as in a cell; cleaning applies before.</summary>
    public static Column Column(ICompiledRules rules, FieldSpec field, RecordTable table)
    {
        var rule = field.Derived!;
        var builder = BuilderOf(field.Kind);
        rules.Derivation(rule)(table, builder);
        Require.That(builder.Count == table.Count);
        try
        {
            var column = builder.Build();
            return column is TextColumn texts ? Cleaned(texts, field) : column;
        }
        catch (OverflowException overflow)
        {
            throw new RuleFailedException(rule, table.Name, overflow);
        }
    }

    static ColumnBuilder BuilderOf(FieldKind kind) => kind switch
    {
        FieldKind.Text => new TextColumnBuilder(),
        FieldKind.Date => new DateColumnBuilder(),
        FieldKind.Instant => new InstantColumnBuilder(),
        _ => new AmountColumnBuilder(kind),
    };

    static TextColumn Cleaned(TextColumn texts, FieldSpec field)
    {
        var cleaning = new CellCleaning(field.Clean);
        var builder = new TextColumnBuilder();
        for (var row = 0; row < texts.Count; row++)
        {
            var text = cleaning.Clean(texts.Utf8(row));
            if (text.IsEmpty)
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append(text);
            }
        }

        return builder.Build();
    }
}
