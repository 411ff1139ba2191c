// Of equally good choices takes the one whose list of pairs is the smallest.
namespace Recon.Matching.Choosing;

/// <summary>
/// Goes through the records of the first side by id and gives each the smallest record that an equally good choice, agreeing
/// on all records before, gives it; where none pairs it, it stays.
/// </summary>
/// <remarks>
/// The records of a bin have the same partners, so of a partner bin the smallest record left is the one to take. A record for which
/// another choice must be turned to costs one search of its strong component.
/// </remarks>
sealed class SmallestPairs(CandidateGraph graph, Assignment bins, EqualChoices others)
{
    readonly int[] _taken = new int[bins.Room.Length];

    /// <summary>Pairs of rows; uses the assignment up.</summary>
    public List<(int First, int Second)> Take()
    {
        var pairs = new List<(int First, int Second)>();
        foreach (var (row, first) in RecordsOfFirst())
        {
            var edge = Smallest(first);
            bins.Left[first]--;
            if (edge == -1)
            {
                bins.Unpaired[first]--;
                continue;
            }

            var second = bins.To[edge];
            pairs.Add((row, NextRow(second)));
            bins.Paired[edge]--;
            bins.Room[second]--;
            bins.Used[second]--;
            _taken[second]++;
        }

        return pairs;
    }

    IEnumerable<(int Row, int First)> RecordsOfFirst()
    {
        var records = new List<(int Row, int First)>();
        for (var first = 0; first < bins.Left.Length; first++)
        {
            foreach (var row in graph.First.Rows(bins.Bins[0][first]))
            {
                records.Add((row, first));
            }
        }

        records.Sort();
        return records;
    }

    // The pair of bins to use; the choice is turned to one that uses it where need be.
    int Smallest(int first)
    {
        var used = -1;
        var (start, end) = bins.Out(first);
        for (var edge = start; edge < end; edge++)
        {
            used = bins.Paired[edge] > 0 && IsSmaller(edge, used) ? edge : used;
        }

        return others.IsOnly ? used : Turned(first, used);
    }

    int Turned(int first, int used)
    {
        var (start, end) = bins.Out(first);
        var candidates = new List<int>();
        for (var edge = start; edge < end; edge++)
        {
            if (bins.Paired[edge] == 0 && bins.Room[bins.To[edge]] > 0 && others.MayJoin(edge) && IsSmaller(edge, used))
            {
                candidates.Add(edge);
            }
        }

        if (candidates.Count == 0)
        {
            return used;
        }

        candidates.Sort((a, b) => NextRow(bins.To[a]).CompareTo(NextRow(bins.To[b])));
        others.LookBackFrom(first);
        foreach (var edge in candidates)
        {
            if (others.LeadsBack(bins.To[edge]))
            {
                others.Turn(edge);
                return edge;
            }
        }

        return used;
    }

    bool IsSmaller(int edge, int other) => other == -1 || NextRow(bins.To[edge]) < NextRow(bins.To[other]);

    int NextRow(int second) => graph.Second.Rows(bins.Bins[1][second])[_taken[second]];
}
