// Which other choices of an assignment are as good as the one that was found.
namespace Recon.Matching.Choosing;

/// <summary>
/// Two choices of the same cost differ by circles over tight pairs: from a bin of the first side to a partner, back over pairs
/// that are made, or through <see cref="_outside"/> where records stay unpaired.
/// </summary>
/// <remarks>Strong components: R. E. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).</remarks>
sealed class EqualChoices
{
    const int Nowhere = -1;

    readonly Assignment _bins;
    readonly bool[] _isTight;
    readonly bool[] _mayStay;
    readonly bool[] _mayVary;
    readonly StepBudget _steps;
    readonly int _firsts;
    readonly int _outside;
    readonly int[] _component;
    readonly int[] _towards;
    readonly int[] _over;
    readonly int[] _seenIn;
    int _search;

    /// <param name="isTight">By pair of bins: a choice of the same cost may use it.</param>
    /// <param name="mayStay">By bin of the first side: one may leave a record of it unpaired.</param>
    /// <param name="mayVary">By bin of the second side: one may use more or fewer of its records.</param>
    public EqualChoices(Assignment bins, bool[] isTight, bool[] mayStay, bool[] mayVary, StepBudget steps)
    {
        (_bins, _isTight, _mayStay, _mayVary, _steps) = (bins, isTight, mayStay, mayVary, steps);
        _firsts = bins.Left.Length;
        _outside = _firsts + bins.Room.Length;
        _component = new int[_outside + 1];
        _towards = new int[_outside + 1];
        _over = new int[_outside + 1];
        _seenIn = new int[_outside + 1];
        IsOnly = FindComponents();
    }

    /// <summary>True where every choice of the same cost pairs as many records of the same bins.</summary>
    public bool IsOnly { get; }

    /// <summary>True where the pair may be used more often at the same cost; asked about tight pairs only.</summary>
    public bool MayJoin(int edge) => _isTight[edge] && _component[_bins.From[edge]] == _component[_firsts + _bins.To[edge]];

    /// <summary>Looks for circles that end in a bin of the first side; valid until the next call or change.</summary>
    public void LookBackFrom(int first)
    {
        _search++;
        _seenIn[first] = _search;
        var open = new Queue<int>([first]);
        while (open.TryDequeue(out var node) && !_steps.IsSpent)
        {
            foreach (var (before, edge) in Before(node))
            {
                _steps.Spend(1);
                if (_seenIn[before] != _search && _component[before] == _component[node])
                {
                    (_seenIn[before], _towards[before], _over[before]) = (_search, node, edge);
                    open.Enqueue(before);
                }
            }
        }
    }

    /// <summary>True where the bin of the second side leads back to where the search began.</summary>
    public bool LeadsBack(int second) => _seenIn[_firsts + second] == _search;

    /// <summary>Moves one record along the circle that begins with a pair and leads back.</summary>
    public void Turn(int edge)
    {
        _bins.Paired[edge]++;
        var start = _bins.From[edge];
        for (var node = _firsts + _bins.To[edge]; node != start; node = _towards[node])
        {
            Move(node, _towards[node], _over[node]);
        }
    }

    void Move(int from, int to, int edge)
    {
        if (edge != Nowhere)
        {
            _bins.Paired[edge] += from < _firsts ? 1 : -1;
        }
        else if (from == _outside)
        {
            Count(to, -1);
        }
        else
        {
            Count(from, 1);
        }
    }

    // Of a bin of the first side the unpaired, of the second side the used.
    void Count(int node, int by)
    {
        if (node < _firsts)
        {
            _bins.Unpaired[node] += by;
        }
        else
        {
            _bins.Used[node - _firsts] += by;
        }
    }

    IEnumerable<(int Node, int Edge)> After(int node)
    {
        if (node == _outside)
        {
            return Enumerable.Range(0, _firsts).Where(first => _bins.Unpaired[first] > 0)
                .Concat(Seconds().Where(second => _bins.Used[second] > 0).Select(second => _firsts + second))
                .Select(inside => (inside, Nowhere));
        }

        return node < _firsts
            ? Out(node).Where(edge => _isTight[edge]).Select(edge => (_firsts + _bins.To[edge], edge))
                .Concat(Outside(_mayStay[node]))
            : In(node).Where(edge => _bins.Paired[edge] > 0).Select(edge => (_bins.From[edge], edge))
                .Concat(Outside(_mayVary[node - _firsts] && HasRoom(node - _firsts)));
    }

    IEnumerable<(int Node, int Edge)> Before(int node)
    {
        if (node == _outside)
        {
            return Enumerable.Range(0, _firsts).Where(first => _mayStay[first])
                .Concat(Seconds().Where(HasRoom).Select(second => _firsts + second))
                .Select(inside => (inside, Nowhere));
        }

        return node < _firsts
            ? Out(node).Where(edge => _bins.Paired[edge] > 0).Select(edge => (_firsts + _bins.To[edge], edge))
                .Concat(Outside(_bins.Unpaired[node] > 0))
            : In(node).Where(edge => _isTight[edge]).Select(edge => (_bins.From[edge], edge))
                .Concat(Outside(_mayVary[node - _firsts] && _bins.Used[node - _firsts] > 0));
    }

    IEnumerable<int> Out(int first)
    {
        var (start, end) = _bins.Out(first);
        return Enumerable.Range(start, end - start);
    }

    int[] In(int node) => _bins.In(node - _firsts).ToArray();

    IEnumerable<int> Seconds() => Enumerable.Range(0, _bins.Room.Length).Where(second => _mayVary[second]);

    bool HasRoom(int second) => _bins.Used[second] < _bins.Room[second];

    (int Node, int Edge)[] Outside(bool isLinked) => isLinked ? [(_outside, Nowhere)] : [];

    // Of strong components in which no more nodes are linked than a tree links, none has a circle but there and back.
    bool FindComponents()
    {
        var sizes = Tarjan();
        if (_steps.IsSpent)
        {
            return false;
        }

        var links = new int[sizes.Count];
        for (var edge = 0; edge < _isTight.Length; edge++)
        {
            Link(_isTight[edge], _bins.From[edge], _firsts + _bins.To[edge]);
        }

        for (var first = 0; first < _firsts; first++)
        {
            Link(_mayStay[first], first, _outside);
        }

        foreach (var second in Seconds())
        {
            Link(isLinked: true, _firsts + second, _outside);
        }

        return !links.Index().Any(at => at.Item >= sizes[at.Index]);

        void Link(bool isLinked, int node, int other)
        {
            if (isLinked && _component[node] == _component[other])
            {
                links[_component[node]]++;
            }
        }
    }

    // Numbers the strong components; gives their sizes.
    List<int> Tarjan()
    {
        var sizes = new List<int>();
        var (order, low, next) = (new int[_outside + 1], new int[_outside + 1], 1);
        var inside = new Stack<int>();
        var path = new Stack<(int Node, IEnumerator<(int Node, int Edge)> After)>();
        Array.Fill(_component, Nowhere);
        for (var root = 0; root <= _outside && !_steps.IsSpent; root++)
        {
            if (order[root] == 0)
            {
                Enter(root);
            }

            while (path.TryPeek(out var at))
            {
                _steps.Spend(1);
                if (!at.After.MoveNext())
                {
                    path.Pop();
                    Leave(at.Node);
                }
                else if (order[at.After.Current.Node] == 0)
                {
                    Enter(at.After.Current.Node);
                }
                else if (_component[at.After.Current.Node] == Nowhere)
                {
                    low[at.Node] = Math.Min(low[at.Node], order[at.After.Current.Node]);
                }
            }
        }

        return sizes;

        void Enter(int node)
        {
            order[node] = low[node] = next++;
            inside.Push(node);
            path.Push((node, After(node).GetEnumerator()));
        }

        void Leave(int node)
        {
            if (path.TryPeek(out var above))
            {
                low[above.Node] = Math.Min(low[above.Node], low[node]);
            }

            if (low[node] == order[node])
            {
                var size = 0;
                do
                {
                    _component[inside.Peek()] = sizes.Count;
                    size++;
                }
                while (inside.Pop() != node);
                sizes.Add(size);
            }
        }
    }
}
