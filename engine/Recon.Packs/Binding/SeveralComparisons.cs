// Binds `within` and `compare` of a pass over three or more sources: each entry faces two of them.
using System.Text.RegularExpressions;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

/// <param name="sources">In the order of the join: of two the one named first stands left.</param>
sealed partial class SeveralComparisons(PackScope scope, List<BoundSource> sources, string? calendar)
{
    readonly Dictionary<(BoundSource Left, BoundSource Right), ComparisonBinder> _pairs = [];
    readonly List<Comparison> _stated = [];
    bool _complete = true;

    /// <summary>False where an entry could not be bound.</summary>
    public bool Complete => _complete && _pairs.Values.All(pair => pair.Bound.Complete);

    /// <summary>Of all pairs, in the order in which the pass states them: so they count where distances are compared.</summary>
    public IReadOnlyList<Comparison> Stated => _stated;

    public void Bind(Keys keys)
    {
        foreach (var entry in keys.Map("within")?.Entries ?? [])
        {
            var middle = entry.Key.Text.IndexOf('~', StringComparison.Ordinal);
            var (one, other) = middle < 0 ? (entry.Key.Text, entry.Key.Text) : (entry.Key.Text[..middle], entry.Key.Text[(middle + 1)..]);
            Note(PairOf(entry.Key, one, other), pair => pair.BindWithin(entry));
        }

        foreach (var entry in keys.Map("compare")?.Entries ?? [])
        {
            if (keys.Shape<ScalarNode>(entry.Value, "the other side") is { } other)
            {
                Note(PairOf(entry.Key, entry.Key.Text, other.Text), pair => pair.BindCompare(entry.Key, other));
            }
        }
    }

    public IReadOnlyList<Comparison> Of(BoundSource left, BoundSource right) =>
        _pairs.TryGetValue((left, right), out var pair) ? pair.Bound.List : [];

    void Note(ComparisonBinder? pair, Action<ComparisonBinder> bind)
    {
        if (pair is not null)
        {
            var known = pair.Bound.List.Count;
            bind(pair);
            _stated.AddRange(pair.Bound.List.Skip(known));
        }
    }

    // The sides must say of which source they are: a bare field may be of three.
    ComparisonBinder? PairOf(ScalarNode place, string one, string other)
    {
        if (SourceOf(one) is not { } first || SourceOf(other) is not { } second || first == second)
        {
            var names = string.Join(", ", sources.Select(source => source.Name));
            scope.Report.Add(Findings.WhichTwo, place.Place, $"{sources[0].Name}.FIELD ~ {sources[1].Name}.FIELD", place.Text, names);
            _complete = false;
            return null;
        }

        var (left, right) = sources.IndexOf(first) < sources.IndexOf(second) ? (first, second) : (second, first);
        if (!_pairs.TryGetValue((left, right), out var pair))
        {
            _pairs.Add((left, right), pair = new ComparisonBinder(scope, left, right, Cardinality.OneToOne, calendar));
        }

        return pair;
    }

    BoundSource? SourceOf(string side) => SourceName().Matches(side)
        .Select(match => sources.Find(source => source.Name == match.Groups[1].Value)).FirstOrDefault(source => source is not null);

    [GeneratedRegex(@"([A-Za-z0-9_]+)\s*\.", RegexOptions.CultureInvariant)]
    private static partial Regex SourceName();
}
