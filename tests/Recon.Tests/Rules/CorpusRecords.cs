// Records for the corpus: a hundred a side, texts as long as references get.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Tests.Rules;

static class CorpusRecords
{
    internal const int Count = 100;

    internal static RecordTable Table(SourceSpec source) => new(
        source, TextColumn.Of(Enumerable.Range(0, Count).Select(row => $"{row:D3}")), [.. source.Fields.Select(ColumnOf)],
        new RowOrigins([], new byte[Count], new int[Count], new bool[Count]));

    static Column ColumnOf(FieldSpec spec)
    {
        ColumnBuilder builder = spec.Kind switch
        {
            FieldKind.Text => new TextColumnBuilder(),
            FieldKind.Date => new DateColumnBuilder(),
            _ => new AmountColumnBuilder(spec.Kind),
        };
        for (var row = 0; row < Count; row++)
        {
            switch (builder)
            {
                case TextColumnBuilder text:
                    text.Append($"{new string('a', 40)} {row:D3} EUR");
                    break;
                case DateColumnBuilder date:
                    date.Append(new DateOnly(2026, 1, 1).AddDays(row));
                    break;
                case AmountColumnBuilder amount:
                    amount.Append(ExactNumber.From(row));
                    break;
            }
        }

        return builder.Build();
    }
}
