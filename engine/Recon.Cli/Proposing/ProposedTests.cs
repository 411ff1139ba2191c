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
        var cases = new StringBuilder();
        var record = run.Submission.Record;
        foreach (var pass in draft.Passes.Where(_ => draft is { Left.Id: not null, Right.Id: not null }))
        {
            if (MatchView.All(record).FirstOrDefault(match => match.Pass == pass.Id && match.Records.Count <= MostRecords) is { } match)
            {
                Write(cases, draft, run, pass, match);
            }
        }

        return "# What the rules promise, by examples of the data. Add the bounds: just inside, and just outside.\n"
            + (cases.Length == 0 ? "tests: []\n" : $"tests:\n{cases}");
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
                var cells = Cells(source, table, table.RowOf(Encoding.UTF8.GetBytes(member.Id)));
                text.Append(CultureInfo.InvariantCulture, $"        - {{ {string.Join(", ", cells)} }}\n");
            }
        }

        var records = string.Join(", ", match.Records.Select(member => ProposedSource.Quoted(member.Id)));
        text.Append(CultureInfo.InvariantCulture, $"    expect:\n      matched: [ {{ pass: {pass.Id}, records: [{records}] }} ]\n\n");
    }

    static IEnumerable<string> Cells(ProposedSource source, RecordTable table, int row) =>
        from field in source.Fields
        let column = table.Columns[table.Source.Fields.Index().First(entry => entry.Item.Name == field.Name).Index]
        where !column.IsNull(row)
        select $"{field.Name}: {(field.Kind == "text" ? ProposedSource.Quoted(column.Display(row)!) : column.Display(row))}";
}
