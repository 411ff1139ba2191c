// Numbers by match, of which a large run has millions that need not be written down one by one.
using System.Collections;
using System.Runtime.CompilerServices;

namespace Recon.Model;

/// <summary>Match → number of its pass. Matches of one pass stand together, so that what is kept is where each pass ends. Immutable.</summary>
[CollectionBuilder(typeof(MatchPasses), nameof(Of))]
public sealed class MatchPasses : IReadOnlyList<int>
{
    const int FewPasses = 8;

    readonly int[] _passes;
    readonly int[] _ends;

    MatchPasses(int[] passes, int[] ends) => (_passes, _ends) = (passes, ends);

    public int Count => _ends.Length == 0 ? 0 : _ends[^1];

    public int this[int match]
    {
        get
        {
            Require.That(match >= 0 && match < Count);
            return _passes[PlaceOf(match)];
        }
    }

    public static MatchPasses Of(ReadOnlySpan<int> passOf)
    {
        var runs = new List<(int Pass, int Count)>();
        for (int start = 0, end; start < passOf.Length; start = end)
        {
            var other = passOf[start..].IndexOfAnyExcept(passOf[start]);
            end = other < 0 ? passOf.Length : start + other;
            runs.Add((passOf[start], end - start));
        }

        return Of(runs);
    }

    /// <summary>So many matches of each pass, one behind the other.</summary>
    public static MatchPasses Of(IEnumerable<(int Pass, int Count)> runs)
    {
        var (passes, ends, end) = (new List<int>(), new List<int>(), 0);
        foreach (var (pass, count) in runs.Where(run => run.Count > 0))
        {
            end += count;
            passes.Add(pass);
            ends.Add(end);
        }

        return new MatchPasses([.. passes], [.. ends]);
    }

    /// <summary>The same matches under other numbers.</summary>
    public MatchPasses Renumbered(Func<int, int> number) => new(Array.ConvertAll(_passes, pass => number(pass)), _ends);

    /// <summary>Writes the numbers of some matches.</summary>
    /// <param name="start">The first of them.</param>
    public void CopyTo(int start, Span<int> target)
    {
        for (int done = 0, place = target.IsEmpty ? 0 : PlaceOf(start); done < target.Length; place++)
        {
            var count = Math.Min(_ends[place] - start - done, target.Length - done);
            target.Slice(done, count).Fill(_passes[place]);
            done += count;
        }
    }

    // A leg has few passes.
    int PlaceOf(int match)
    {
        if (_ends.Length > FewPasses)
        {
            var found = Array.BinarySearch(_ends, match + 1);
            return found >= 0 ? found : ~found;
        }

        var place = 0;
        while (match >= _ends[place])
        {
            place++;
        }

        return place;
    }

    public IEnumerator<int> GetEnumerator() => _passes.SelectMany((pass, i) => Enumerable.Repeat(pass, _ends[i] - (i == 0 ? 0 : _ends[i - 1]))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>
/// Match → where its members end, those of all matches one behind the other; they begin where those of the match before end. Immutable.
/// </summary>
/// <remarks>Most matches have one member on each side: those before the first that has another number of them cost nothing.</remarks>
[CollectionBuilder(typeof(MatchEnds), nameof(Of))]
public sealed class MatchEnds : IReadOnlyList<int>
{
    // Matches of one member, which end where their number says; then the ends of the others.
    readonly int _singles;
    readonly int[] _others;

    MatchEnds(int singles, int[] others) => (_singles, _others) = (singles, others);

    public int Count => _singles + _others.Length;

    /// <summary>Members of all matches.</summary>
    public int Members => Count == 0 ? 0 : this[Count - 1];

    public int this[int match] => match < _singles ? match + 1 : _others[match - _singles];

    public static MatchEnds Of(ReadOnlySpan<int> ends)
    {
        var singles = 0;
        while (singles < ends.Length && ends[singles] == singles + 1)
        {
            singles++;
        }

        return new MatchEnds(singles, ends[singles..].ToArray());
    }

    /// <summary>So many matches of one member, then others.</summary>
    /// <param name="others">Where they end.</param>
    public static MatchEnds Of(int singles, int[] others) => new(singles, others);

    /// <summary>From its first member to before the last.</summary>
    public (int Start, int End) Range(int match) => (match == 0 ? 0 : this[match - 1], this[match]);

    /// <summary>The match of a member.</summary>
    public int MatchOf(int member)
    {
        if (member < _singles)
        {
            return member;
        }

        // The first that ends behind it; those behind it that have no member end at the same place.
        var (low, high) = (0, _others.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _others[middle] <= member ? (middle + 1, high) : (low, middle);
        }

        return _singles + low;
    }

    /// <summary>Writes the ends of some matches.</summary>
    /// <param name="start">The first of them.</param>
    public void CopyTo(int start, Span<int> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = this[start + i];
        }
    }

    public IEnumerator<int> GetEnumerator() => Enumerable.Range(0, Count).Select(match => this[match]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
