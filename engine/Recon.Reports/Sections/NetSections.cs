// Records of one source that cancel, seen from one of them.
using System.Globalization;
using Recon.Matching.Explaining;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

static class NetSections
{
    const int Shown = 10;

    /// <summary>The match by a pass that nets in which a record stands; null where it stands in none.</summary>
    public static Section? Of(Pack pack, DecidedRun decided, RecordTable table, int row)
    {
        if (LegOf(pack, table) is not { } leg)
        {
            return null;
        }

        var found = decided.Matches.Legs[leg.Index];
        var match = found.MatchOfRow(0, table.Count)[row];
        if (match < 0)
        {
            return null;
        }

        var view = MatchView.Of(decided.Submission.Record, new RecordId(table.Name, table.Id(row)))
            .First(each => each.Leg.SequenceEqual(leg.Names));
        var pass = pack.Passes[found.PassOf(match)];
        var rows = found.RowsOf(0, match).ToArray();
        var amounts = pass.Comparisons.Where(pair => pair.Tolerance is AmountTolerance)
            .SelectMany(pair => pair.Left.Terms).Select(term => term.Field).Distinct(StringComparer.Ordinal).ToList();
        return new Section(
            $"{table.Name}: netted by {pass.Id}, class {view.Class}",
            [new("record"), .. amounts.Select(field => new Heading(field))],
            [
                .. rows.Take(Shown).Select(member => (IReadOnlyList<string>)
                    [$"{table.Name}:{table.Id(member)}", .. amounts.Select(field => table.Column(field).Display(member) ?? "NULL")]),
            ],
            "",
            (view.Break?.Reason ?? "nothing is left of them") + (rows.Length > Shown ? $"\n{Text(rows.Length - Shown)} more" : "")
            + (pack.KeepsOpen(leg) ? "" : "\nThey take no part on any other leg."));
    }

    /// <summary>What a pass that nets could not tell apart; null where the record stands in no such component.</summary>
    public static Section? AmbiguousOf(Pack pack, DecidedRun decided, RecordTable table, int row) =>
        LegOf(pack, table) is { } leg ? AmbiguousRecords.Of(pack, decided, leg, 0, row) : null;

    /// <summary>The open records of the source that came nearest to cancelling one that is open.</summary>
    public static Section NearestOf(RecordTable table, IReadOnlyList<NearCandidate> nearest, Func<PassCheck, string> verdict) => new(
        $"The nearest open records of {table.Name} that it could cancel",
        [new("record"), new("pass"), new("first condition that kept them apart")],
        [.. nearest.Select(near => (IReadOnlyList<string>)[near.Id, near.Check.Pass.Id, verdict(near.Check)])],
        $"{table.Name} has no other open record.");

    static LegSpec? LegOf(Pack pack, RecordTable table) =>
        pack.Legs.FirstOrDefault(leg => leg.Names is [var only] && only == table.Name);

    static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
