// Makes as many pairs as possible at the smallest total cost.
using System.Numerics;

namespace Recon.Matching.Choosing;

/// <summary>Finds a cheapest choice and which pairs any equally cheap choice may use.</summary>
/// <remarks>
/// Successive shortest paths with potentials (J. Edmonds, R. M. Karp, "Theoretical improvements in algorithmic efficiency
/// for network flow problems", JACM 19, 1972), each search by Dijkstra's algorithm and ended where a free partner is the
/// nearest node left. A record may stay unpaired at a cost above all others; so a choice always exists. Potentials lie in
/// [−unpaired, 0] and distances below thrice that, so a number of eight times the range never overflows.
/// </remarks>
sealed class CheapestAssignment<T>
    where T : IBinaryInteger<T>
{
    readonly Assignment _bins;
    readonly StepBudget _steps;
    readonly T[] _cost;
    readonly T _unpaired;
    readonly int _firsts;
    readonly T[] _potential;
    readonly T[] _distance;
    readonly int[] _reachedBy;
    readonly int[] _seenIn;
    readonly int[] _doneIn;
    readonly PriorityQueue<int, T> _queue = new();
    readonly List<int> _done = [];
    int _search;
    T _end = T.Zero;
    int _last;

    /// <param name="cost">By pair of bins, at least 0.</param>
    public CheapestAssignment(Assignment bins, T[] cost, T unpaired, StepBudget steps)
    {
        (_bins, _cost, _unpaired, _steps) = (bins, cost, unpaired, steps);
        _firsts = bins.Left.Length;
        var nodes = _firsts + bins.Room.Length;
        _potential = new T[nodes];
        _distance = new T[nodes];
        _reachedBy = new int[nodes];
        _seenIn = new int[nodes];
        _doneIn = new int[nodes];
        Array.Fill(_potential, T.Zero);
    }

    /// <summary>Fills the assignment; the answer means nothing once the budget is spent.</summary>
    public void Solve()
    {
        for (var first = 0; first < _firsts && !_steps.IsSpent; first++)
        {
            for (var left = _bins.Left[first]; left > 0 && !_steps.IsSpent;)
            {
                Search(first);
                Settle();
                left -= Augment(first, left);
            }
        }
    }

    /// <summary>True where a choice of the same cost may use the pair of bins.</summary>
    public bool IsTight(int edge) => Reduced(edge) == T.Zero;

    /// <summary>True where a choice of the same cost may leave a record of the bin unpaired.</summary>
    public bool MayStay(int first) => _unpaired + _potential[first] == T.Zero;

    /// <summary>True where a choice of the same cost may use more or fewer records of the bin.</summary>
    public bool MayVary(int second) => _potential[_firsts + second] == T.Zero;

    T Reduced(int edge) => _cost[edge] + _potential[_bins.From[edge]] - _potential[_firsts + _bins.To[edge]];

    // Shortest path from a bin to a free record of the other side, or to staying unpaired; nodes of the second side follow those
    // of the first.
    void Search(int start)
    {
        _search++;
        _queue.Clear();
        _done.Clear();
        (_end, _last) = (_unpaired + _potential[start], start);
        Reach(start, T.Zero, by: -1);
        while (_queue.TryDequeue(out var node, out var distance) && distance < _end && !_steps.Spend(1))
        {
            if (_doneIn[node] == _search)
            {
                continue;
            }

            _doneIn[node] = _search;
            _done.Add(node);
            if (node < _firsts)
            {
                LeaveFirst(node, distance);
            }
            else
            {
                LeaveSecond(node - _firsts, distance);
            }
        }
    }

    void LeaveFirst(int first, T distance)
    {
        End(first, distance + _unpaired + _potential[first]);
        var (start, end) = _bins.Out(first);
        _steps.Spend(end - start);
        for (var edge = start; edge < end; edge++)
        {
            Reach(_firsts + _bins.To[edge], distance + Reduced(edge), edge);
        }
    }

    void LeaveSecond(int second, T distance)
    {
        if (_bins.Used[second] < _bins.Room[second])
        {
            End(_firsts + second, distance + _potential[_firsts + second]);
            return;
        }

        var edges = _bins.In(second);
        _steps.Spend(edges.Length);
        foreach (var edge in edges)
        {
            if (_bins.Paired[edge] > 0)
            {
                Reach(_bins.From[edge], distance, edge);
            }
        }
    }

    void Reach(int node, T distance, int by)
    {
        if (distance < _end && _doneIn[node] != _search && (_seenIn[node] != _search || distance < _distance[node]))
        {
            (_seenIn[node], _distance[node], _reachedBy[node]) = (_search, distance, by);
            _queue.Enqueue(node, distance);
        }
    }

    void End(int node, T distance)
    {
        if (distance < _end)
        {
            (_end, _last) = (distance, node);
        }
    }

    void Settle()
    {
        foreach (var node in _done)
        {
            _potential[node] += _distance[node] - _end;
        }
    }

    int Augment(int start, int left)
    {
        var amount = left;
        if (_last >= _firsts)
        {
            amount = Math.Min(amount, _bins.Room[_last - _firsts] - _bins.Used[_last - _firsts]);
        }

        foreach (var (edge, isBack) in Path(start))
        {
            amount = isBack ? Math.Min(amount, _bins.Paired[edge]) : amount;
        }

        foreach (var (edge, isBack) in Path(start))
        {
            _bins.Paired[edge] += isBack ? -amount : amount;
        }

        if (_last < _firsts)
        {
            _bins.Unpaired[_last] += amount;
        }
        else
        {
            _bins.Used[_last - _firsts] += amount;
        }

        return amount;
    }

    IEnumerable<(int Edge, bool IsBack)> Path(int start)
    {
        for (var node = _last; node != start;)
        {
            var edge = _reachedBy[node];
            var isBack = node < _firsts;
            yield return (edge, isBack);
            node = isBack ? _firsts + _bins.To[edge] : _bins.From[edge];
        }
    }
}
