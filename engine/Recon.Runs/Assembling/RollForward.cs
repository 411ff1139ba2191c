// Rolls the exposure of the run before forward to that of this run, amount by amount, and proves that nothing is left over.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

/// <summary>Compares what weighed before with what weighs now: a record by its name, a break that weighs as a whole by its id.</summary>
sealed class RollForward
{
    readonly MatchedRun _run;
    readonly RecordFates _fates;
    readonly Dictionary<(Currency Currency, string Source), Movements> _lines = [];

    RollForward(MatchedRun run, IReadOnlyList<Break> breaks)
    {
        _run = run;
        _fates = new RecordFates(run, breaks);
    }

    /// <param name="breaks">Those of this run.</param>
    /// <param name="exposure">That of this run, as judging added it up.</param>
    /// <returns>
    /// By currency, then source in the order of the pack, those that it does not have last; none where the run before does not
    /// say what its breaks weighed.
    /// </returns>
    /// <exception cref="InvalidOperationException">A bug of ours: it does not balance.</exception>
    internal static IReadOnlyList<RollForwardLine> Of(MatchedRun run, IReadOnlyList<Break> breaks, IReadOnlyList<Exposure> exposure)
    {
        if (run.Input.Opening.AtRisk is not { } before)
        {
            return [];
        }

        var forward = new RollForward(run, breaks);
        forward.Compare(before.Breaks, breaks);
        var lines = forward.Lines();
        Require.That(lines.All(line => line.IsBalanced));
        Require.That(Agree(before.Lines, lines, line => line.Opening));
        Require.That(Agree(exposure, lines, line => line.Closing));
        return lines;
    }

    internal static IEnumerable<string> Notices(OpeningState opening) => opening.AtRisk is not null || opening.RunId is null ? [] :
        [$"exposure is not rolled forward: an earlier version recorded run {opening.RunId}, without what each of its breaks weighs"];

    void Compare(IReadOnlyList<WeighedBreak> before, IReadOnlyList<Break> now)
    {
        var weighed = before.SelectMany(item => item.Weighs.Select(weight => new Weighed(item.Id, item.Kind, weight)))
            .ToLookup(entry => entry.Key);
        var weighs = now.SelectMany(item => (item.Weighs ?? []).Select(weight => new Weighed(item.Id, item.Kind, weight)))
            .ToLookup(entry => entry.Key);
        foreach (var gone in weighed)
        {
            var stays = weighs[gone.Key];
            Move(gone, stays, !stays.Any() ? _fates.HowGone(gone.First()) : IsSame(gone, stays) ? null : Movement.Changed);
        }

        foreach (var come in weighs.Where(come => !weighed.Contains(come.Key)))
        {
            Move([], come, _fates.HowCome(come.First()));
        }
    }

    void Move(IEnumerable<Weighed> before, IEnumerable<Weighed> now, Movement? movement)
    {
        foreach (var weight in before.Select(entry => entry.Weight))
        {
            var line = LineOf(weight);
            line.Opening.Add(weight.Amount.Number);
            line.Of(movement)?.Take(weight.Amount.Number);
        }

        foreach (var weight in now.Select(entry => entry.Weight))
        {
            var line = LineOf(weight);
            line.Closing.Add(weight.Amount.Number);
            line.Of(movement)?.Add(weight.Amount.Number);
        }
    }

    // In whatever order: two parts of a record may change places.
    static bool IsSame(IEnumerable<Weighed> before, IEnumerable<Weighed> now) =>
        before.Select(AmountOf).Order().SequenceEqual(now.Select(AmountOf).Order());

    static (string Source, Currency Currency, ExactNumber Number) AmountOf(Weighed entry) =>
        (entry.Weight.Source, entry.Weight.Amount.CurrencyCode, entry.Weight.Amount.Number);

    Movements LineOf(Weight weight)
    {
        var key = (weight.Amount.CurrencyCode, weight.Source);
        if (!_lines.TryGetValue(key, out var line))
        {
            _lines.Add(key, line = new Movements());
        }

        return line;
    }

    IReadOnlyList<RollForwardLine> Lines()
    {
        var order = _run.Input.Request.Pack.Sources.ToDictionary(source => source.Name, source => source.Index, StringComparer.Ordinal);
        return
        [
            .. _lines.OrderBy(line => line.Key.Currency).ThenBy(line => order.GetValueOrDefault(line.Key.Source, int.MaxValue))
                .ThenBy(line => line.Key.Source, StringComparer.Ordinal)
                .Select(line => line.Value.ToLine(line.Key.Currency, line.Key.Source)),
        ];
    }

    static bool Agree(IReadOnlyList<Exposure> exposure, IReadOnlyList<RollForwardLine> lines, Func<RollForwardLine, AtRisk> of) =>
        exposure.Select(row => row.Currency).Concat(lines.Select(line => line.Currency)).Distinct().All(currency =>
            Sum(exposure.Where(row => row.Currency == currency).Select(row => new AtRisk(row.Net, row.Absolute, row.Count)))
            == Sum(lines.Where(line => line.Currency == currency).Select(of)));

    static AtRisk Sum(IEnumerable<AtRisk> parts) => parts.Aggregate(AtRisk.Nothing, (sum, part) => sum + part);
}

/// <summary>An amount that weighs, and what it is the amount of.</summary>
readonly record struct Weighed(string Break, BreakKind Kind, Weight Weight)
{
    public (RecordId? Record, string? Break) Key => Weight.Record is { } record ? (record, null) : (null, Break);
}

enum Movement
{
    New,
    Settled,
    Resolved,
    Changed,
    Withdrawn,
    Differences,
}

/// <summary>The sums of one line.</summary>
sealed class Movements
{
    readonly Tally[] _by = [.. Enum.GetValues<Movement>().Select(_ => new Tally())];

    public Tally Opening { get; } = new();

    public Tally Closing { get; } = new();

    public Tally? Of(Movement? movement) => movement is { } one ? _by[(int)one] : null;

    public RollForwardLine ToLine(Currency currency, string source) => new(
        currency, source, Opening.Sum, By(Movement.New), By(Movement.Settled), By(Movement.Resolved), By(Movement.Changed),
        By(Movement.Withdrawn), By(Movement.Differences), Closing.Sum);

    AtRisk By(Movement movement) => _by[(int)movement].Sum;
}

sealed class Tally
{
    readonly ExactSum _net = new();
    readonly ExactSum _absolute = new();
    int _count;

    public AtRisk Sum => new(_net.Total, _absolute.Total, _count);

    public void Add(ExactNumber number)
    {
        _net.Add(number);
        _absolute.Add(number.Abs());
        _count++;
    }

    public void Take(ExactNumber number)
    {
        _net.Add(-number);
        _absolute.Add(-number.Abs());
        _count--;
    }
}
