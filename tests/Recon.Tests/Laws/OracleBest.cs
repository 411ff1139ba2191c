// The slow, obvious choice of the best pairs: every choice of a component is weighed.
using Recon.Model;

namespace Recon.Tests.Laws;

/// <summary>Weighs all choices of pairs, record by record of the first side.</summary>
sealed class OracleBest(OraclePass pass, int index)
{
    public (List<OracleMatch> Matches, List<OracleComponent> Ambiguous) Choose(
        IEnumerable<OracleComponent> components, bool unlessAmbiguous)
    {
        var matches = new List<OracleMatch>();
        var ambiguous = new List<OracleComponent>();
        foreach (var component in components)
        {
            var best = Best(component);
            if (unlessAmbiguous && best.Signatures.Count > 1)
            {
                ambiguous.Add(component);
            }
            else
            {
                matches.AddRange(best.Pairs.Select(pair => new OracleMatch(index, [pair.First], [pair.Second])));
            }
        }

        return (matches, ambiguous);
    }

    /// <summary>How many components have another best choice, interchangeable records aside.</summary>
    public int Alternatives(IEnumerable<OracleComponent> components) =>
        components.Count(component => Best(component).Signatures.Count > 1);

    Choice Best(OracleComponent component)
    {
        var known = new Dictionary<(int Place, string Used), Choice>();
        return From(0, []);

        Choice From(int place, List<int> used)
        {
            var key = (place, string.Join(',', used));
            if (!known.TryGetValue(key, out var best))
            {
                best = place == component.First.Count ? new Choice([], [], [""]) : Branches(place, used).Aggregate(Better);
                known.Add(key, best);
            }

            return best;
        }

        IEnumerable<Choice> Branches(int place, List<int> used)
        {
            var first = component.First[place];
            foreach (var (_, second) in component.Edges.Where(edge => edge.Item1 == first && !used.Contains(edge.Item2)))
            {
                var rest = From(place + 1, [.. used.Append(second).Order()]);
                var sum = rest.Total.Count == 0
                    ? pass.PairDistance(first, second)
                    : [.. pass.PairDistance(first, second).Zip(rest.Total, (x, y) => x + y)];
                var pair = $"{pass.ClassOf(0, first)}-{pass.ClassOf(1, second)}";
                yield return new Choice([(first, second), .. rest.Pairs], sum, [.. rest.Signatures.Select(each => With(each, pair))]);
            }

            yield return From(place + 1, used);
        }
    }

    static string With(string signature, string pair) =>
        string.Join(' ', signature.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(pair).Order(StringComparer.Ordinal));

    static Choice Better(Choice one, Choice other)
    {
        var order = other.Pairs.Count.CompareTo(one.Pairs.Count);
        order = order != 0 || one.Pairs.Count == 0 ? order : OraclePass.ByDistance.Compare(one.Total, other.Total);
        if (order != 0)
        {
            return order < 0 ? one : other;
        }

        var smaller = one.Pairs.Zip(other.Pairs, (a, b) => a.CompareTo(b)).FirstOrDefault(each => each != 0) <= 0 ? one : other;
        return smaller with { Signatures = [.. one.Signatures.Union(other.Signatures)] };
    }

    /// <summary>Pairs in order, the sum of their distances, and what all choices as good do with interchangeable records folded.</summary>
    sealed record Choice(List<(int First, int Second)> Pairs, List<ExactNumber> Total, HashSet<string> Signatures);
}
