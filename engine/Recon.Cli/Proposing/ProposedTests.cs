// The tests beside a proposed pack: a pair of the data for each pass.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Runs;
using Recon.Runs.Results;

namespace Recon.Cli.Proposing;

static class ProposedTests
{
    // A group of more members is no example.
    const int MostRecords = 6;

    /// <summary>A test for each pass that has a match which can be named; sources without ids have none.</summary>
    public static string Text(PackDraft draft, DecidedRun run)
    {
        var text = new StringBuilder("# What the rules promise, by examples of the data. Add the bounds: just inside, and just outside.\ntests:\n");
        var record = run.Submission.Record;
        foreach (var pass in draft.Passes)
        {
            var match = MatchView.All(record).FirstOrDefault(match => match.Pass == pass.Id && match.Records.Count <= MostRecords);
            if (match is not null && draft is { Left.Id: not null, Right.Id: not null })
            {
                Write(text, draft, run, pass, match);
            }
        }

        return text.ToString().EndsWith("tests:\n", StringComparison.Ordinal) ? text.ToString().Replace("tests:\n", "tests: []\n", StringComparison.Ordinal) : text.ToString();
    }

    static void Write(StringBuilder text, PackDraft draft, DecidedRun run, ProposedPass pass, MatchView match)
    {
        text.Append(CultureInfo.InvariantCulture, $"  - name: {ProposedSource.Quoted($"{pass.Id}: {pass.Why}")}\n");
        text.Append(CultureInfo.InvariantCulture, $"    date: {ResultDocument.Iso(run.Submission.Record.Head.BusinessDate)}\n    given:\n");
        foreach (var source in (ProposedSource[])[draft.Left, draft.Right])
        {
            var table = run.Tables.Single(table => table.Name == source.Name);
            text.Append(CultureInfo.InvariantCulture, $"      {source.Name}:\n");
            foreach (var member in match.Records.Where(member => member.Source == source.Name))
            {
                text.Append(CultureInfo.InvariantCulture, $"        - {{ {string.Join(", ", Cells(source, table, table.RowOf(Encoding.UTF8.GetBytes(member.Id))))} }}\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"    expect:\n      matched: [ {{ pass: {pass.Id}, records: [{string.Join(", ", match.Records.Select(member => ProposedSource.Quoted(member.Id)))}] }} ]\n\n");
    }

    static IEnumerable<string> Cells(ProposedSource source, RecordTable table, int row) =>
        from field in source.Fields
        let column = table.Columns[table.Source.Fields.Index().First(entry => entry.Item.Name == field.Name).Index]
        where !column.IsNull(row)
        select $"{field.Name}: {(field.Kind == "text" ? ProposedSource.Quoted(column.Display(row)!) : column.Display(row))}";
}
