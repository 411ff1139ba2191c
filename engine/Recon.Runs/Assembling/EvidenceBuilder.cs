// The matches of a run as evidence: ids, passes, believed values and lags, side by side.
using Recon.Judging.Believing;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class EvidenceBuilder
{
    internal static MatchEvidence Build(
        RunRequest request, IReadOnlyList<RecordTable> tables, MatchSet matches, CancellationToken cancellation) =>
        new([.. matches.Legs.Select(leg => BuildLeg(request, tables, leg, cancellation))]);

    static LegEvidence BuildLeg(
        RunRequest request, IReadOnlyList<RecordTable> tables, LegMatches leg, CancellationToken cancellation)
    {
        var pack = request.Pack;
        var passes = pack.Passes.Where(pass => pass.Leg.Index == leg.Leg.Index).ToList();
        return new LegEvidence(
            leg.Leg.Names,
            [.. passes.Select(pass => pass.Id)],
            leg.Passed.Renumbered(index => passes.FindIndex(pass => pass.Index == index)),
            [.. leg.Leg.Sources.Select((source, side) => Members(leg.MembersOf(side), leg.TableOf(side, tables[source.Index])))],
            TruthTable.Of(pack, tables, leg, cancellation),
            Lags.Of(pack, tables, leg, request.Calendars, cancellation));
    }

    static MemberIds Members(MemberRows members, RecordTable table) => new(members.Ends, table.Ids.InOrder(members.Rows));
}
