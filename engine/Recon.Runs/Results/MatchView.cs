// One match at a time, out of the columns of the evidence.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

/// <summary>A match as documents and explanations show it; made when asked for, never kept by the million.</summary>
/// <param name="Break">Its judgement where it is a break; null for class <c>matched</c>.</param>
public sealed record MatchView(
    string Id,
    IReadOnlyList<string> Leg,
    string Pass,
    IReadOnlyList<RecordId> Records,
    IReadOnlyList<Truth> Truths,
    IReadOnlyList<KeyValuePair<string, string>> Lags,
    Break? Break)
{
    public string Class => Break?.Class ?? BuiltInClasses.Matched;

    /// <summary>
    /// The matches of a run in canonical order: passes as the pack has them, then business keys. Of purged ones those that are breaks, as
    /// far as these say.
    /// </summary>
    public static IEnumerable<MatchView> All(RunRecord record, MatchListing listing = MatchListing.All)
    {
        var breaks = DifferencesById(record);
        if (record.Matches.Purged is not null)
        {
            foreach (var item in record.Breaks.Where(item => item.Kind == BreakKind.Difference))
            {
                yield return new MatchView(item.Id, item.Leg, item.Pass!, item.Records, [], [], item);
            }

            yield break;
        }

        var firstMembers = listing == MatchListing.None ? FirstMembers(breaks.Values) : null;
        foreach (var pass in record.Passes)
        {
            var leg = record.Matches.Legs.FirstOrDefault(leg => leg.PassNames.Contains(pass.Id));
            if (leg is null)
            {
                continue;
            }

            foreach (var match in MatchesOf(leg, pass.Id))
            {
                if (firstMembers is not null && !firstMembers.Contains(leg.FirstMember(match)))
                {
                    continue;
                }

                var view = Of(record.Head.PackId, leg, match, breaks);
                if (firstMembers is null || view.Break is not null)
                {
                    yield return view;
                }
            }
        }
    }

    // The id of a match is a hash: it is asked only of those whose first member stands in a break.
    static HashSet<RecordId> FirstMembers(IEnumerable<Break> breaks) => [.. breaks.Select(item => item.Records[0])];

    /// <summary>The match in which a record stands, on every leg where it has one.</summary>
    public static IEnumerable<MatchView> Of(RunRecord record, RecordId member)
    {
        var breaks = DifferencesById(record);
        foreach (var leg in record.Matches.Legs)
        {
            var side = leg.Sources.ToList().IndexOf(member.Source);
            var match = side < 0 ? -1 : leg.MatchOf(side, member.Id);
            if (match >= 0)
            {
                yield return Of(record.Head.PackId, leg, match, breaks);
            }
        }
    }

    static Dictionary<string, Break> DifferencesById(RunRecord record) => record.Breaks
        .Where(item => item.Kind == BreakKind.Difference).ToDictionary(item => item.Id, StringComparer.Ordinal);

    static IEnumerable<int> MatchesOf(LegEvidence leg, string pass)
    {
        var number = leg.PassNames.ToList().IndexOf(pass);
        return Enumerable.Range(0, leg.Count).SkipWhile(match => leg.PassOf[match] != number).TakeWhile(match => leg.PassOf[match] == number);
    }

    static MatchView Of(string packId, LegEvidence leg, int match, Dictionary<string, Break> breaks)
    {
        var records = leg.RecordsOf(match);
        var id = EventId.Of(packId, leg.Sources, records);
        return new MatchView(
            id,
            leg.Sources,
            leg.PassNames[leg.PassOf[match]],
            records,
            [.. leg.Truths.Select(truth => leg.TruthOf(truth, match))],
            [.. leg.Lags.Where(lag => lag.Text(match) is not null).Select(lag => KeyValuePair.Create(lag.Fields, lag.Text(match)!))],
            breaks.GetValueOrDefault(id));
    }
}
