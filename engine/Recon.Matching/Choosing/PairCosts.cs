// Distances of several measures as one integer each, so that sums compare as the sums of the tuples do.
using System.Numerics;

namespace Recon.Matching.Choosing;

/// <summary>The cost of every pair of an assignment, and of leaving a record unpaired.</summary>
/// <remarks>
/// Distances add up entry by entry and are compared entry by entry. Of n pairs the sum of an entry is at most n times its
/// largest value, so one entry takes as many places as that needs and the tuple is a number in mixed radix. Leaving a record
/// unpaired costs more than any choice of pairs, so the cheapest choice has the most pairs first.
/// </remarks>
sealed class PairCosts
{
    readonly CandidateGraph _graph;
    readonly Assignment _assignment;
    readonly BigInteger[] _weights;

    public PairCosts(CandidateGraph graph, Assignment assignment)
    {
        (_graph, _assignment) = (graph, assignment);
        _weights = new BigInteger[graph.Measures];
        Unpaired = 1;
        for (var measure = graph.Measures - 1; measure >= 0; measure--)
        {
            _weights[measure] = Unpaired;
            Unpaired *= ((BigInteger)assignment.MostPairs * Largest(measure)) + 1;
        }
    }

    /// <summary>The cost of a record of the first side without a partner: larger than any sum of distances.</summary>
    public BigInteger Unpaired { get; private set; }

    /// <summary>The cost of each pair of bins; the number holds eight times that of an unpaired record.</summary>
    public T[] Of<T>()
        where T : IBinaryInteger<T>
    {
        var weights = Array.ConvertAll(_weights, T.CreateChecked);
        return Array.ConvertAll(_assignment.Edges, edge =>
        {
            var cost = T.Zero;
            for (var measure = 0; measure < weights.Length; measure++)
            {
                cost += weights[measure] * T.CreateChecked(_graph.Distance(edge, measure));
            }

            return cost;
        });
    }

    Int128 Largest(int measure)
    {
        Int128 largest = 0;
        foreach (var edge in _assignment.Edges)
        {
            largest = Int128.Max(largest, _graph.Distance(edge, measure));
        }

        return largest;
    }
}
