// Records for rules that are counted: an amount of 1, 2, 3 …, a note "a;b" and a memo of the same.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Tests.Rules;

static class MeteredRecords
{
    internal static SourceSpec Source(string name, int index) => new(
        name, index, SourceRole.External, new ReadSpec(ReadFormat.Csv, "x.csv", false, null), null, null, null,
        [Field("amount", FieldKind.Number), Field("note", FieldKind.Text), Field("memo", FieldKind.Text, optional: true)], "UTC", null, null, []);

    internal static RecordTable Table(string name, int index, IReadOnlyList<string> ids)
    {
        var amounts = new AmountColumnBuilder(FieldKind.Number);
        var texts = new TextColumnBuilder();
        for (var row = 0; row < ids.Count; row++)
        {
            amounts.Append(ExactNumber.From(row + 1));
            texts.Append("a;b");
        }

        var text = texts.Build();
        return new RecordTable(
            Source(name, index), TextColumn.Of(ids), [amounts.Build(), text, text],
            new RowOrigins([], new byte[ids.Count], new int[ids.Count], new bool[ids.Count]));
    }

    static FieldSpec Field(string name, FieldKind kind, bool optional = false) =>
        new(name, kind, optional, name, null, null, [], null, null, null, null, null);
}
