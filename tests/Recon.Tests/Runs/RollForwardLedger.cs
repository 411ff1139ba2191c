// A ledger of what is at risk, kept by hand from what is delivered day by day: two sources, each reference once a side.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Tests.Runs;

/// <summary>A row of a file; <c>L7</c> is of the ledger, <c>P7</c> of the provider, and both have the reference 7.</summary>
sealed record Delivery(string Id, int Cents, string Currency, bool IsVoid = false)
{
    public string Partner => (Id[0] == 'L' ? "P" : "L") + Id[1..];
}

/// <summary>What is open, what matched and what it weighs, told from the rows alone.</summary>
sealed class RollForwardLedger
{
    static readonly string[] Parts = ["opening", "new", "settled", "resolved", "changed", "withdrawn", "differences", "closing"];

    readonly Dictionary<string, Delivery> _open = [];
    readonly Dictionary<string, Delivery> _resolvedAs = [];
    readonly Dictionary<string, Delivery> _settled = [];

    // What the day left at risk: a record by its id, a difference by that of its ledger entry.
    readonly Dictionary<string, Delivery> _weighed = [];
    readonly Dictionary<string, int> _differences = [];

    public IReadOnlyList<Delivery> Open => [.. _open.Values.OrderBy(row => row.Id, StringComparer.Ordinal)];

    public IReadOnlyList<Delivery> Settled => [.. _settled.Values.OrderBy(row => row.Id, StringComparer.Ordinal)];

    /// <summary>A person closes it as it is: if it is corrected, it is open again.</summary>
    public void Resolve(string id) => _resolvedAs[id] = _open[id];

    public void Reopen(string id) => _resolvedAs.Remove(id);

    public bool IsResolved(string id) => _resolvedAs.TryGetValue(id, out var then) && then == _open[id];

    /// <summary>The state after a day and its lines; this state stays as it is, so that the day can be run again.</summary>
    public (RollForwardLedger After, IReadOnlyList<string> Lines) Day(IReadOnlyList<Delivery> deliveries)
    {
        var after = Copy();
        foreach (var row in deliveries.Where(row => !_settled.ContainsKey(row.Id)))
        {
            if (row.IsVoid)
            {
                after._open.Remove(row.Id);
            }
            else
            {
                after._open[row.Id] = row;
            }
        }

        foreach (var row in after.Open.Where(row => row.Id[0] == 'L'))
        {
            after.Match(row);
        }

        foreach (var row in after._open.Values.Where(row => !after.IsResolved(row.Id)))
        {
            after._weighed[row.Id] = row;
        }

        return (after, Lines(after));
    }

    /// <summary>The lines of a run in the same words, amounts in cents.</summary>
    public static IReadOnlyList<string> LinesOf(RunRecord record) =>
    [
        .. record.RollForward.Select(line =>
        {
            AtRisk[] parts = [line.Opening, line.New, line.Settled, line.Resolved, line.Changed, line.Withdrawn, line.Differences, line.Closing];
            return Line(line.Currency.Code, line.Source, part => (Cents(parts[part].Net), Cents(parts[part].Absolute), parts[part].Count));
        }),
    ];

    RollForwardLedger Copy()
    {
        var copy = new RollForwardLedger();
        foreach (var (from, to) in new[] { (_open, copy._open), (_resolvedAs, copy._resolvedAs), (_settled, copy._settled) })
        {
            foreach (var (id, row) in from)
            {
                to.Add(id, row);
            }
        }

        return copy;
    }

    // Equal amounts match, and of EUR those that differ by five cents or less, with a difference.
    void Match(Delivery row)
    {
        if (!_open.TryGetValue(row.Partner, out var other) || row.Currency != other.Currency
            || Math.Abs(row.Cents - other.Cents) > (row.Currency == "EUR" ? 5 : 0))
        {
            return;
        }

        if (row.Cents != other.Cents)
        {
            _differences[row.Id] = other.Cents - row.Cents;
        }

        foreach (var member in new[] { row, other })
        {
            _open.Remove(member.Id);
            _settled.Add(member.Id, member);
        }
    }

    List<string> Lines(RollForwardLedger after)
    {
        var sums = new SortedDictionary<(string Currency, string Source), (int Net, int Absolute, int Count)[]>();
        foreach (var cents in _differences.Values)
        {
            Add("EUR", "ledger", "opening", cents, 1);
            Add("EUR", "ledger", "differences", cents, -1);
        }

        foreach (var cents in after._differences.Values)
        {
            Add("EUR", "ledger", "closing", cents, 1);
            Add("EUR", "ledger", "new", cents, 1);
        }

        foreach (var id in _weighed.Keys.Union(after._weighed.Keys))
        {
            var (before, now) = (_weighed.GetValueOrDefault(id), after._weighed.GetValueOrDefault(id));
            AddRow(before, "opening", 1);
            AddRow(now, "closing", 1);
            if (before != now)
            {
                var what = now is not null ? _open.ContainsKey(id) ? "changed" : "new"
                    : after._settled.ContainsKey(id) ? "settled"
                    : after._open.ContainsKey(id) ? "resolved"
                    : "withdrawn";
                AddRow(before, what, -1);
                AddRow(now, what, 1);
            }
        }

        return [.. sums.Select(line => Line(line.Key.Currency, line.Key.Source, part => line.Value[part]))];

        void AddRow(Delivery? row, string part, int sign)
        {
            if (row is not null)
            {
                Add(row.Currency, row.Id[0] == 'L' ? "ledger" : "provider", part, row.Cents, sign);
            }
        }

        void Add(string currency, string source, string part, int cents, int sign)
        {
            if (!sums.TryGetValue((currency, source), out var line))
            {
                sums.Add((currency, source), line = new (int, int, int)[Parts.Length]);
            }

            var (net, absolute, count) = line[Array.IndexOf(Parts, part)];
            line[Array.IndexOf(Parts, part)] = (net + (sign * cents), absolute + (sign * Math.Abs(cents)), count + sign);
        }
    }

    static string Line(string currency, string source, Func<int, (int Net, int Absolute, int Count)> of) =>
        $"{currency} {source}: {string.Join(", ", Parts.Select((part, i) => $"{part} {of(i)}"))}";

    static int Cents(ExactTotal total) => (int)total.UnitsAt(2);
}
