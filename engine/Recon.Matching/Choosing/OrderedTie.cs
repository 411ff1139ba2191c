// Ties that age decides: the oldest with the oldest, or the newest with the newest.
namespace Recon.Matching.Choosing;

/// <summary>
/// The records of the source declared first, in order, take the first free record of the other side, in the same order,
/// that meets every condition. Where the key is the only condition this pairs k-th with k-th.
/// </summary>
sealed class OrderedTie(FieldOrder firstOrder, FieldOrder secondOrder, PassFindings findings)
{
    public void Choose(CandidateGraph graph, int start, int end)
    {
        var partners = new Dictionary<int, List<int>>();
        var records = new List<(int Row, int Bin)>();
        var queues = new Dictionary<int, Queue<int>>();
        for (var edge = start; edge < end; edge++)
        {
            var (bin, other) = (graph.EdgeFirst[edge], graph.EdgeSecond[edge]);
            if (!partners.TryGetValue(bin, out var others))
            {
                partners.Add(bin, others = []);
                foreach (var row in graph.First.Rows(bin))
                {
                    records.Add((row, bin));
                }
            }

            others.Add(other);
            if (!queues.ContainsKey(other))
            {
                queues.Add(other, InOrder(graph.Second.Rows(other)));
            }
        }

        records.Sort((a, b) => firstOrder.Compare(a.Row, b.Row));
        foreach (var (row, bin) in records)
        {
            TakeFirst(row, partners[bin], queues);
        }
    }

    Queue<int> InOrder(ReadOnlySpan<int> rows)
    {
        var sorted = rows.ToArray();
        Array.Sort(sorted, secondOrder);
        return new Queue<int>(sorted);
    }

    void TakeFirst(int row, List<int> others, Dictionary<int, Queue<int>> queues)
    {
        Queue<int>? best = null;
        foreach (var other in others)
        {
            var queue = queues[other];
            if (queue.Count > 0 && (best is null || secondOrder.Compare(queue.Peek(), best.Peek()) < 0))
            {
                best = queue;
            }
        }

        if (best is not null)
        {
            findings.AddPair(row, best.Dequeue());
        }
    }
}
