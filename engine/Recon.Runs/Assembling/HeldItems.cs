// Open items of earlier runs for which this pack has no record or no leg: they stay open until it has.
using Recon.Judging;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

/// <summary>An open item on a leg where it cannot be matched for want of a record, a leg or a source.</summary>
/// <param name="Source">Index of its source in the pack; −1 where the pack does not have it.</param>
/// <param name="Row">The record that stands for it on other legs; −1 where there is none.</param>
/// <param name="Weighs">True on one leg of an item, and only where it is open on no leg of the pack.</param>
sealed record HeldPlace(CarriedItem Item, OpenLeg Open, int Source, int Row, bool Weighs, string Why)
{
    internal HeldRecord ForJudging() => new(
        Item.Record, Open.Leg, new EarlierBreak(Open.Break, Open.Born, Open.Class), Open.DatedFrom, Item.Value, Weighs, Why);
}

static class HeldItems
{
    /// <summary>In the order of the pack's sources, sources that it does not have last; within one by record.</summary>
    /// <param name="sides">[source][leg of the source]: what became of each row.</param>
    internal static IReadOnlyList<HeldPlace> Of(
        Pack pack,
        OpeningState opening,
        IReadOnlyList<NormalisedSource> sources,
        IReadOnlyList<IReadOnlyList<SideState>> sides) =>
    [
        .. sources.SelectMany((source, i) => source.Fates
            .SelectMany(fate => OfFate(pack, i, fate, sides[i]))
            .OrderBy(place => place.Item.Record)),
        .. opening.Items.Where(item => !OwnPosting.Is(item.Record) && pack.Sources.All(source => source.Name != item.Record.Source))
            .OrderBy(item => item.Record)
            .SelectMany(item => Whole(item, -1, $"the pack has no source {item.Record.Source} any more")),
    ];

    internal static IEnumerable<CarriedItem> WithoutRecord(IEnumerable<HeldPlace> held) =>
        held.Where(place => place.Row < 0).Select(place => place.Item).Distinct();

    /// <summary>Rejects that name the items whose source the pack does not have: no source speaks for them.</summary>
    internal static IEnumerable<Reject> Rejects(IEnumerable<HeldPlace> held) => held
        .Where(place => place.Source < 0).DistinctBy(place => place.Item)
        .Select(place => new Reject(
            place.Item.Record.Source, null, null, place.Item.Record.Id, CarriedFate.RejectedAs + place.Why,
            RawRows.ContentText(place.Item.Cells)));

    /// <summary>One line for each source, and each way in which its items are held.</summary>
    internal static IEnumerable<string> Notices(IReadOnlyList<HeldPlace> held)
    {
        foreach (var group in held.GroupBy(place => (
            place.Item.Record.Source, Leg: place.Row >= 0 ? string.Join(" ~ ", place.Open.Leg) : null, IsGone: place.Source < 0)))
        {
            var count = group.DistinctBy(place => place.Item).Count();
            var items = count == 1 ? "1 open item stays" : $"{count} open items stay";
            yield return $"{group.Key.Source}: {items} open: " + group.Key switch
            {
                { IsGone: true } => "the pack has no such source any more; name it as before and they can match again",
                { Leg: { } leg } => $"the pack has no leg {leg} any more; give it a pass again and they can match there",
                _ => "this pack cannot read them (see the rejects that begin with carried:); mend it and they can match again",
            };
        }
    }

    static IEnumerable<HeldPlace> OfFate(Pack pack, int source, CarriedFate fate, IReadOnlyList<SideState> sides)
    {
        if (fate.Why is { } why)
        {
            return Whole(fate.Item, source, why);
        }

        if (fate.Row < 0)
        {
            return [];
        }

        // A leg of one source is only there while the source has no other.
        var gone = fate.Item.OpenLegs
            .Where(open => pack.LegOf(open.Leg) is null && (open.Leg.Count > 1 || sides.Count == 0));
        var isOpen = sides.Any(leg => leg.IsOpen(fate.Row));
        return gone.Select((open, i) => new HeldPlace(
            fate.Item, open, source, fate.Row, i == 0 && !isOpen, $"the pack has no leg {string.Join(" ~ ", open.Leg)} any more"));
    }

    static IEnumerable<HeldPlace> Whole(CarriedItem item, int source, string why) =>
        item.OpenLegs.Select((open, i) => new HeldPlace(item, open, source, -1, i == 0, why));
}
