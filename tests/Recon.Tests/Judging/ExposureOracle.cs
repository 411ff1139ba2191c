// Adds up exposure the slow way: sets of records, merged again and again.

namespace Recon.Tests.Judging;

static class ExposureOracle
{
    static readonly string[] ByTrust = ["provider", "bank", "ledger"];

    public static IEnumerable<(string Source, string Class, int Net, int Absolute, int Count)> Of(AnyBook book)
    {
        var links = Links(book);
        var light = links.Where(link => link.Difference == 0 || link.Status == 0).ToList();
        var weighed = new List<(string Source, string Class, int Cents)>();
        foreach (var link in links.Except(light).OrderByDescending(link => link.Status))
        {
            var known = EventOf(link.Members[0], light);
            if (!link.Members.All(known.Contains))
            {
                weighed.Add((ByTrust.First(link.Sources.Contains), link.Class, link.Difference));
            }

            light.Add(link);
        }

        weighed.AddRange(Records(book, links));
        return weighed.GroupBy(entry => (entry.Source, entry.Class)).Select(entries => (
            entries.Key.Source,
            entries.Key.Class,
            entries.Sum(entry => entry.Cents),
            entries.Sum(entry => Math.Abs(entry.Cents)),
            entries.Count()));
    }

    static List<Link> Links(AnyBook book) =>
    [
        .. book.Legs.SelectMany((leg, i) => book.MatchesOf(i).Select(match => new Link(
            [leg.First, leg.Second],
            [AnyBook.Id(leg.First, match.First), .. match.Seconds.Select(second => AnyBook.Id(leg.Second, second))],
            match.Seconds.Sum(second => book.Of(leg.Second)[second].Cents) - book.Of(leg.First)[match.First].Cents,
            book.Of(leg.First)[match.First].Status,
            $"{leg.Pass}-{AnyBook.Statuses[book.Of(leg.First)[match.First].Status]}"))),
    ];

    /// <summary>Open on some leg of its source, unsettled, and no record of its event that is both is of a source more trusted.</summary>
    static IEnumerable<(string Source, string Class, int Cents)> Records(AnyBook book, List<Link> links)
    {
        var open = ByTrust.SelectMany(source => book.Of(source).Select((record, i) => (Source: source, Record: record, Id: AnyBook.Id(source, i))))
            .Where(entry => entry.Record.Status != 0)
            .Where(entry => book.Legs.Any(leg =>
                (leg.First == entry.Source || leg.Second == entry.Source)
                && !links.Any(link => link.Sources.SequenceEqual([leg.First, leg.Second]) && link.Members.Contains(entry.Id))))
            .ToList();
        return open
            .Where(entry => !open.Any(other => Rank(other.Source) < Rank(entry.Source) && EventOf(entry.Id, links).Contains(other.Id)))
            .Select(entry => (entry.Source, $"{entry.Source}-{AnyBook.Statuses[entry.Record.Status]}", entry.Record.Cents));
    }

    static HashSet<string> EventOf(string id, List<Link> links)
    {
        var members = new HashSet<string> { id };
        for (var before = 0; before < members.Count;)
        {
            before = members.Count;
            foreach (var link in links.Where(link => link.Members.Any(members.Contains)))
            {
                members.UnionWith(link.Members);
            }
        }

        return members;
    }

    static int Rank(string source) => Array.IndexOf(ByTrust, source);

    sealed record Link(string[] Sources, string[] Members, int Difference, int Status, string Class);
}
