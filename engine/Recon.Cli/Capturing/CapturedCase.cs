// A break as a test beside the rules: the records that it needs, and what is expected of them.
using System.Globalization;
using System.Text;
using Recon.Cli.Proposing;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs;
using Recon.Runs.Freezing;
using Recon.Runs.Results;

namespace Recon.Cli.Capturing;

/// <summary>What the test says of the records.</summary>
enum CaptureExpectation
{
    /// <summary>No break: it fails until somebody says what should be, or the rules see to it.</summary>
    Nothing,

    /// <summary>The break as it is.</summary>
    Today,
}

/// <param name="records">Those of the break, and as many around it as it needs.</param>
/// <param name="mask">Null: texts stay as they are.</param>
sealed class CapturedCase(DecidedRun run, Break item, IReadOnlyList<RecordId> records, TextMask? mask)
{
    /// <summary>The entry of a list of tests, indented for <c>tests:</c>.</summary>
    public string Text(string name, CaptureExpectation expectation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"  - name: {ProposedSource.Quoted(name)}\n");
        text.Append(CultureInfo.InvariantCulture, $"    date: {ResultDocument.Iso(run.Submission.Record.Head.BusinessDate)}\n");
        string[] posted = [.. new CapturedPostings(run, records, mask).Lines()];
        text.Append(posted.Length > 0 ? "    posted:\n" : "").AppendJoin("", posted);
        text.Append(records.All(OwnPosting.Is) ? "    given: {}\n" : "    given:\n");
        foreach (var table in run.Tables)
        {
            int[] rows = [.. records.Where(record => record.Source == table.Name).Select(record => table.RowOf(Encoding.UTF8.GetBytes(record.Id)))];
            if (rows.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"      {table.Name}:\n");
                text.AppendJoin("", rows.Select(row => $"        - {{ {string.Join(", ", Cells(table, row))} }}\n"));
            }
        }

        return text.Append("    expect:\n").Append(Expected(expectation)).ToString();
    }

    string Expected(CaptureExpectation expectation) => expectation == CaptureExpectation.Today
        ? $"      breaks: [ {BreakText()} ]\n"
        : $"      # Today: {BreakText()}\n      # Say here what should be, and change the rules until it is.\n      breaks: []\n      exactly: true\n";

    string BreakText() => $"{{ class: {item.Class}, status: {ResultDocument.Word(item.Status)}, tier: {ResultDocument.Word(item.Tier)}{RecordsText()} }}";

    // The automatic id of a record is a hash of its content: behind a mask it has another one.
    string RecordsText() => item.Records.Any(record => !OwnPosting.Is(record) && SourceOf(record).Id is null) ? ""
        : $", records: [{string.Join(", ", item.Records.Select(record => ProposedSource.Quoted(Shown(record))))}]";

    SourceSpec SourceOf(RecordId record) => run.Tables.Single(table => table.Name == record.Source).Source;

    // The id as the masked row will have it.
    string Shown(RecordId record) => OwnPosting.Is(record) ? mask?.Of(record.Id) ?? record.Id
        : mask is not null && SourceOf(record) is { Id: { } id } source && source.Field(id).Kind == FieldKind.Text ? mask.Of(record.Id) : record.Id;

    IEnumerable<string> Cells(RecordTable table, int row) => table.Source.Fields.Index()
        .Where(field => field.Item.Derived is null && !table.Columns[field.Index].IsNull(row))
        .Select(field => $"{field.Item.Name}: {Cell(table.Columns[field.Index], row)}");

    string Cell(Column column, int row) => column.Kind != FieldKind.Text ? column.Display(row)!
        : ProposedSource.Quoted(mask is null ? column.Display(row)! : mask.Of(column.Display(row)!));
}
