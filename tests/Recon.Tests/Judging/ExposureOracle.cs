// Adds up exposure the slow way: sets of records, merged again and again.

namespace Recon.Tests.Judging;

static class ExposureOracle
{
    static readonly string[] ByTrust = ["provider", "bank", "ledger"];

    public static IEnumerable<(string Source, string Class, int Net, int Absolute, int Count)> Of(
        AnyBook book)
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
        [.. book.Legs.SelectMany((leg, i) => book.MatchesOf(i).Select(match => LinkOf(book, leg, match)))];

    static Link LinkOf(
        AnyBook book, (string Pass, string First, string Second) leg, (int First, int[] Seconds) match)
    {
        var one = book.Of(leg.First)[match.First];
        return new Link(
            [leg.First, leg.Second],
            [AnyBook.Id(leg.First, match.First), .. match.Seconds.Select(i => AnyBook.Id(leg.Second, i))],
            match.Seconds.Sum(i => book.Of(leg.Second)[i].Cents) - one.Cents,
            one.Status,
            $"{leg.Pass}-{AnyBook.Statuses[one.Status]}");
    }

    /// <summary>Unsettled open records, but those that a more trusted one of the same event speaks for.</summary>
    static IEnumerable<(string Source, string Class, int Cents)> Records(AnyBook book, List<Link> links)
    {
        var open = ByTrust
            .SelectMany(source => book.Of(source)
                .Select((record, i) => new Item(source, record, AnyBook.Id(source, i))))
            .Where(item => Gravest(book, links, item).Status > 0)
            .ToList();
        return open
            .Where(item => !open.Any(other => SpeaksFor(other, item, links)))
            .Select(item => (item.Source, Gravest(book, links, item).Class, item.Record.Cents));
    }

    /// <summary>Over the legs on which no match holds it, the first of equals; settled where there is none.</summary>
    static (int Status, string Class) Gravest(AnyBook book, List<Link> links, Item item)
    {
        var gravest = (Status: 0, Class: "");
        for (var i = 0; i < book.Legs.Length; i++)
        {
            string[] sources = [book.Legs[i].First, book.Legs[i].Second];
            var matched = links.Any(
                link => link.Sources.SequenceEqual(sources) && link.Members.Contains(item.Id));
            var status = AnyBook.OpenStatus(item.Record, i);
            if (sources.Contains(item.Source) && !matched && status > gravest.Status)
            {
                gravest = (status, $"{item.Source}-{book.Legs[i].Pass}-{AnyBook.Statuses[status]}");
            }
        }

        return gravest;
    }

    static bool SpeaksFor(Item other, Item item, List<Link> links) =>
        Rank(other.Source) < Rank(item.Source) && EventOf(item.Id, links).Contains(other.Id);

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

    sealed record Item(string Source, AnyRecord Record, string Id);

    sealed record Link(string[] Sources, string[] Members, int Difference, int Status, string Class);
}
