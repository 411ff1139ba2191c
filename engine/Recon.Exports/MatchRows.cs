// The matches of a run as rows.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Exports;

/// <summary>One record of a match.</summary>
/// <param name="Match">Number of the match, from 1 over all legs.</param>
/// <param name="Break">The break of a match whose sides differ; null where they agree.</param>
readonly record struct MemberRow(string Leg, int Match, string Pass, string Source, string Id, string? Break);

/// <summary>What is believed about one field of a match.</summary>
readonly record struct TruthRow(int Match, Truth Truth);

static class MatchRows
{
    public static IReadOnlyList<ExportColumn<MemberRow>> MemberColumns() =>
    [
        ExportColumns.Text<MemberRow>("leg", row => row.Leg),
        ExportColumns.Count<MemberRow>("match", row => row.Match),
        ExportColumns.Text<MemberRow>("pass", row => row.Pass),
        ExportColumns.Text<MemberRow>("source", row => row.Source),
        ExportColumns.Text<MemberRow>("id", row => row.Id),
        ExportColumns.Text<MemberRow>("break", row => row.Break),
    ];

    public static IReadOnlyList<ExportColumn<TruthRow>> TruthColumns() =>
    [
        ExportColumns.Count<TruthRow>("match", row => row.Match),
        ExportColumns.Text<TruthRow>("field", row => row.Truth.Field),
        ExportColumns.Text<TruthRow>("value", row => row.Truth.Value),
        ExportColumns.Text<TruthRow>("from", row => row.Truth.From),
        ExportColumns.Text<TruthRow>("against", row => row.Truth.Against.Count == 0 ? null : string.Join(',', row.Truth.Against)),
    ];

    /// <summary>In the order of (leg, match, source, id).</summary>
    public static IEnumerable<MemberRow> Members(RunRecord record)
    {
        var breakOf = new BreakOfMatch(record);
        return Each(record).SelectMany(each =>
        {
            var (number, leg, match) = each;
            var members = leg.RecordsOf(match);
            var (name, pass, found) = (string.Join('~', leg.Sources), leg.PassNames[leg.PassOf[match]], breakOf.Of(leg, members));
            return members.Select(member => new MemberRow(name, number, pass, member.Source, member.Id, found));
        });
    }

    /// <summary>In the order of (leg, match, trust list).</summary>
    public static IEnumerable<TruthRow> Truths(RunRecord record) =>
        Each(record).SelectMany(each => each.Leg.Truths.Select(truth => new TruthRow(each.Number, each.Leg.TruthOf(truth, each.Match))));

    static IEnumerable<(int Number, LegEvidence Leg, int Match)> Each(RunRecord record)
    {
        var number = 0;
        foreach (var leg in record.Matches.Legs)
        {
            for (var match = 0; match < leg.Count; match++)
            {
                yield return (++number, leg, match);
            }
        }
    }

    // The id of a match is a hash: it is asked only of those whose first member stands in a difference.
    sealed class BreakOfMatch(RunRecord record)
    {
        readonly HashSet<RecordId> _first = [.. Differences(record).Select(item => item.Records[0])];
        readonly HashSet<string> _ids = [.. Differences(record).Select(item => item.Id)];

        public string? Of(LegEvidence leg, IReadOnlyList<RecordId> members)
        {
            if (members.Count == 0 || !_first.Contains(members[0]))
            {
                return null;
            }

            var id = EventId.Of(record.Head.PackId, leg.Sources, members);
            return _ids.Contains(id) ? id : null;
        }

        static IEnumerable<Break> Differences(RunRecord record) => record.Breaks.Where(item => item.Kind == BreakKind.Difference);
    }
}
