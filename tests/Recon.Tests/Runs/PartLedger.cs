// Keeps the books of records matched in part by hand: each match takes from both sides what the smaller one has.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Runs;

/// <summary>What each record of each leg had, and what is left of it, told from rows and matches alone.</summary>
sealed class PartLedger
{
    readonly Dictionary<RecordId, Money> _read = [];
    readonly Dictionary<(string Leg, RecordId Record), Money> _left = [];
    readonly Dictionary<(string Leg, RecordId Record), RecordId> _lastOf = [];
    readonly Dictionary<(string Leg, string Source, Currency Currency), ExactNumber> _matched = [];

    public void Add(List<GivenRow>[] rows, RunRecord record)
    {
        var refused = record.Rejects.Select(reject => (reject.Source, reject.Id)).ToList();
        foreach (var (source, index) in record.Sources.Select((source, index) => (source.Name, index)))
        {
            foreach (var row in rows[index].Select(row => row.Cells.ToDictionary(cell => cell.Key, cell => cell.Value)))
            {
                Assert.True(Money.TryParse(row["amount"]!, out var amount));
                if (!refused.Contains((source, row["id"])))
                {
                    _read.TryAdd(new RecordId(source, row["id"]!), amount);
                }
            }
        }

        foreach (var leg in record.Matches.Legs)
        {
            Match(leg);
        }
    }

    /// <summary>What is open has the amount that is left, and with what was matched it is all that was read.</summary>
    public void Check(RunRecord record)
    {
        foreach (var leg in record.Matches.Legs)
        {
            var name = string.Join('~', leg.Sources);
            var open = OpenItems.Of(record).Where(item => item.Break.Leg.SequenceEqual(leg.Sources)).ToList();
            Assert.All(open, item => Assert.Equal(LeftOf(name, item.Record), item.Break.Value.Single()));
            foreach (var source in leg.Sources)
            {
                var read = _read.Where(entry => entry.Key.Source == source).Select(entry => entry.Value);
                var left = open.Where(item => item.Record.Source == source).Select(item => item.Break.Value.Single());
                foreach (var currency in read.Select(amount => amount.CurrencyCode).Distinct())
                {
                    Assert.Equal(
                        Sum(read, currency),
                        Sum(left, currency) + _matched.GetValueOrDefault((name, source, currency), new ExactNumber(0, 0)));
                }
            }

            foreach (var currency in _matched.Keys.Where(key => key.Leg == name).Select(key => key.Currency).Distinct())
            {
                Assert.Equal(_matched[(name, leg.Sources[0], currency)], _matched[(name, leg.Sources[1], currency)]);
            }
        }
    }

    /// <summary>What is open of a record weighs once, however many legs it is open on.</summary>
    public void CheckExposure(RunRecord record)
    {
        var legs = record.Matches.Legs.Select(leg => leg.Sources).ToList();
        foreach (var exposure in record.Exposure.GroupBy(each => (each.Source, each.Currency)))
        {
            var most = _read.Where(entry => (entry.Key.Source, entry.Value.CurrencyCode) == exposure.Key)
                .Select(entry => legs.Where(leg => leg.Contains(entry.Key.Source))
                    .Max(leg => _left.GetValueOrDefault((string.Join('~', leg), entry.Key), entry.Value).Number.Abs()))
                .Aggregate(new ExactNumber(0, 0), (sum, amount) => sum + amount);
            var weighed = exposure.Aggregate(default(ExactTotal), (sum, each) => sum + each.Absolute);
            Assert.True(weighed <= (ExactTotal)most, $"{exposure.Key}: {weighed} of {most}");
        }
    }

    // The first match of a record is that of the record as it was read; what is left comes after it.
    void Match(LegEvidence leg)
    {
        var name = string.Join('~', leg.Sources);
        var waiting = Enumerable.Range(0, leg.Count).Select(match => leg.RecordsOf(match).ToList()).ToList();
        var matchOf = waiting.Index().ToDictionary(match => match.Item, match => match.Index);
        while (waiting.Count > 0)
        {
            var next = waiting.FindIndex(match => match.All(record =>
                (_read.ContainsKey(record) || RootOf(name, record) is not null) && !waiting.Exists(other => other.Exists(each => IsBefore(each, record)))));
            Assert.True(next >= 0, $"{string.Join(", ", waiting[0])}: one of them was never left");
            var part = Take(name, waiting[next][0], waiting[next][1]);
            Assert.All(leg.Truths, truth => Assert.Equal(part, AmountIn(truth, matchOf[waiting[next]])));
            waiting.RemoveAt(next);
        }
    }

    // Of two parts of one record.
    bool IsBefore(RecordId one, RecordId other) =>
        WholeOf(one) is { } whole && WholeOf(other) == whole && NumberOf(one, whole) < NumberOf(other, whole);

    RecordId? WholeOf(RecordId record)
    {
        var root = record with { Id = record.Id[..Math.Max(0, record.Id.LastIndexOf('/'))] };
        return _read.ContainsKey(record) ? record : _read.ContainsKey(root) ? root : null;
    }

    static Money AmountIn(TruthColumns truth, int match)
    {
        Assert.True(Money.TryParse(truth.Values.Text(match)!, out var amount));
        Assert.Equal(0, truth.Against[match]);
        return amount;
    }

    Money Take(string leg, RecordId first, RecordId second)
    {
        var (a, b) = (LeftOf(leg, first), LeftOf(leg, second));
        Assert.Equal((a.CurrencyCode, a.Number.Sign), (b.CurrencyCode, b.Number.Sign));
        var part = a.Abs() > b.Abs() ? b : a;
        foreach (var (record, amount) in new[] { (first, a), (second, b) })
        {
            var root = RootOf(leg, record) ?? record;
            _left[(leg, root)] = amount - part;
            _lastOf[(leg, root)] = record;
            var key = (leg, record.Source, part.CurrencyCode);
            _matched[key] = _matched.GetValueOrDefault(key, new ExactNumber(0, 0)) + part.Number;
        }

        return part;
    }

    Money LeftOf(string leg, RecordId record)
    {
        if (RootOf(leg, record) is not { } root)
        {
            Assert.False(_lastOf.ContainsKey((leg, record)), $"{record} was matched before");
            return _read[record];
        }

        Assert.True(NumberOf(record, root) > NumberOf(_lastOf[(leg, root)], root), $"{record} was matched before");
        return _left[(leg, root)];
    }

    // Of what is left the record that was read; null for such a record, and before anything of it was matched.
    RecordId? RootOf(string leg, RecordId record) =>
        WholeOf(record) is { } root && root != record && _lastOf.ContainsKey((leg, root)) && !_left[(leg, root)].IsZero ? root : null;

    static int NumberOf(RecordId record, RecordId root) => record == root ? 0 : int.Parse(record.Id[(root.Id.Length + 1)..], null);

    static ExactNumber Sum(IEnumerable<Money> amounts, Currency currency) => amounts.Where(amount => amount.CurrencyCode == currency)
        .Aggregate(new ExactNumber(0, 0), (sum, amount) => sum + amount.Number);
}
