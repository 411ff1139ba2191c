// What dedupe passes left out: for the report of a run, and seen from one record.
using System.Globalization;
using Recon.Model;
using Recon.Runs;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

static class DuplicateSections
{
    const int Shown = 50;

    public static Section Of(RunRecord record) => new(
        "Duplicates that were left out",
        [new("record"), new("repeats"), new("pass")],
        [
            .. record.Duplicates.Take(Shown).Select(duplicate => (IReadOnlyList<string>)
                [duplicate.Record.ToString(), $"{duplicate.Record.Source}:{duplicate.Kept}", duplicate.Pass]),
        ],
        "None.",
        record.Duplicates.Count > Shown ? $"{Text(record.Duplicates.Count - Shown)} more in the JSON result" : null);

    /// <summary>The records that were left out because this one stays; null where there are none.</summary>
    public static Section? RepeatsOf(DecidedRun decided, RecordTable table, int row)
    {
        var found = decided.Matches.Duplicates
            .Where(duplicate => duplicate.Source == table.Source.Index && duplicate.Kept == row).ToList();
        return found.Count == 0 ? null : new Section(
            "Left out because this record stays",
            [new("record"), new("pass")],
            [
                .. found.Take(Shown).Select(duplicate => (IReadOnlyList<string>)
                    [$"{table.Name}:{table.Id(duplicate.Row)}", decided.Submission.Record.Passes[duplicate.Pass].Id]),
            ],
            "",
            found.Count > Shown ? $"{Text(found.Count - Shown)} more" : null);
    }

    static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
