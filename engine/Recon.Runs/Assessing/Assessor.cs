// Counts right, wrong and missed pairs of one run.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Assessing;

sealed class Assessor
{
    readonly RunRecord _record;
    readonly LabelledPairs _labels;
    readonly HashSet<(string Left, string Right)> _labelled;
    readonly List<(string Left, string Right, string Pass)> _matched = [];
    readonly Dictionary<RecordId, (string Pass, string Partner)> _partners = [];
    readonly Dictionary<RecordId, Break> _breaks = [];

    internal Assessor(RunRecord record, LabelledPairs labels)
    {
        (_record, _labels, _labelled) = (record, labels, [.. labels.Pairs]);
        if (!record.Passes.Any(pass => IsOfBoth(pass.Leg)))
        {
            throw new ReconException(
                $"labels: no pass of {record.Head.PackId} joins {labels.Left} and {labels.Right}", FaultKind.InputWrong);
        }

        foreach (var match in MatchView.All(record).Where(match => IsOfBoth(match.Leg)))
        {
            AddMatch(match);
        }

        foreach (var item in record.Breaks.Where(item => item.Kind is BreakKind.Open or BreakKind.Ambiguous && IsOfBoth(item.Leg)))
        {
            foreach (var member in item.Records)
            {
                _breaks[member] = item;
            }
        }
    }

    internal Assessment Assess()
    {
        var right = _matched.Where(IsRight).Select(pair => (pair.Left, pair.Right)).ToHashSet();
        var missed = _labelled.Except(right).Order(Comparer<(string Left, string Right)>.Create(ByIds)).ToList();
        return new Assessment(
            _labels.Left, _labels.Right, _labelled.Count, _matched.Count, right.Count, missed.Count(IsAsked),
            [.. _record.Passes.Where(pass => IsOfBoth(pass.Leg)).Select(PassOf)],
            [.. WrongPairs()],
            [.. missed.Select(pair => new AssessedPair(LeftId(pair.Left), RightId(pair.Right), null, WhyMissed(pair)))]);
    }

    void AddMatch(MatchView match)
    {
        foreach (var left in match.Records.Where(record => record.Source == _labels.Left))
        {
            foreach (var right in match.Records.Where(record => record.Source == _labels.Right))
            {
                _matched.Add((left.Id, right.Id, match.Pass));
                _partners.TryAdd(left, (match.Pass, right.Id));
                _partners.TryAdd(right, (match.Pass, left.Id));
            }
        }
    }

    PassAssessment PassOf(PassSummary pass)
    {
        var pairs = _matched.Where(pair => pair.Pass == pass.Id).ToList();
        return new PassAssessment(pass.Id, pairs.Count, pairs.Count(IsRight));
    }

    IEnumerable<AssessedPair> WrongPairs()
    {
        var rightOf = _labelled.GroupBy(pair => pair.Left, StringComparer.Ordinal)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Select(pair => pair.Right), StringComparer.Ordinal);
        var leftOf = _labelled.GroupBy(pair => pair.Right, StringComparer.Ordinal)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Select(pair => pair.Left), StringComparer.Ordinal);
        foreach (var pair in _matched.Where(pair => !IsRight(pair)))
        {
            var labels = new[]
            {
                Labelled(LeftId(pair.Left), rightOf.GetValueOrDefault(pair.Left)), Labelled(RightId(pair.Right), leftOf.GetValueOrDefault(pair.Right)),
            };
            yield return new AssessedPair(LeftId(pair.Left), RightId(pair.Right), pair.Pass, string.Join("; ", labels));
        }
    }

    static string Labelled(RecordId record, IEnumerable<string>? partners) => partners is null
        ? $"{record} has no partner"
        : $"{record} belongs to {string.Join(", ", partners.Order(Comparer<string>.Create(Utf8Order.Compare)))}";

    string WhyMissed((string Left, string Right) pair) => IsAsked(pair)
        ? $"asked: break {_breaks[LeftId(pair.Left)].Id[..8]} lists both, pass {_breaks[LeftId(pair.Left)].Pass} could not tell"
        : $"{Fate(LeftId(pair.Left))}; {Fate(RightId(pair.Right))}";

    string Fate(RecordId record) =>
        _partners.TryGetValue(record, out var partner) ? $"{record} matched {partner.Partner} by {partner.Pass}"
        : _breaks.TryGetValue(record, out var item) ? $"{record} is {(item.Kind == BreakKind.Ambiguous ? "ambiguous" : "open")}, {item.Class}"
        : $"{record} is not in this run";

    bool IsAsked((string Left, string Right) pair) =>
        _breaks.TryGetValue(LeftId(pair.Left), out var item) && item.Kind == BreakKind.Ambiguous
        && _breaks.TryGetValue(RightId(pair.Right), out var other) && ReferenceEquals(item, other);

    bool IsRight((string Left, string Right, string Pass) pair) => _labelled.Contains((pair.Left, pair.Right));

    bool IsOfBoth(IReadOnlyList<string> leg) => leg.Contains(_labels.Left) && leg.Contains(_labels.Right);

    RecordId LeftId(string id) => new(_labels.Left, id);

    RecordId RightId(string id) => new(_labels.Right, id);

    static int ByIds((string Left, string Right) a, (string Left, string Right) b) =>
        Utf8Order.Compare(a.Left, b.Left) is var order && order != 0 ? order : Utf8Order.Compare(a.Right, b.Right);
}
