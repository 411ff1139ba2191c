// Finds subsets through a table of the sums that can still be reached: for amounts that span few units.
using Recon.Model;

namespace Recon.Matching.Searching;

/// <summary>
/// One bit a sum and item: whether the items from there on can make it (dynamic programming, Bellman 1957). Walks only
/// where an answer lies ahead, so its cost is the table and the answers.
/// </summary>
/// <remarks>
/// A negative amount is turned round: all its copies are taken at first, and the table says how many to give back. The
/// number of members is no part of the table; a walk that must exceed it is cut as soon as the largest amounts left show it.
/// </remarks>
sealed class SumTable
{
    /// <summary>A larger table is not made: 2^22 words are 32 MiB.</summary>
    public const long MostWords = 1 << 22;

    readonly IReadOnlyList<Item> _items;
    readonly MemberRange _members;
    readonly SearchSteps _steps;
    readonly long[] _units;
    readonly int[] _copiesFrom;
    readonly bool _allPositive;
    readonly long _low;
    readonly long _high;
    readonly int _words;
    readonly ulong[] _table;
    readonly int[] _taken;

    /// <param name="items">The largest amounts first.</param>
    /// <param name="members">How many an answer may take at least and at most, whichever they are.</param>
    SumTable(IReadOnlyList<Item> items, MemberRange members, long low, long high, SearchSteps steps)
    {
        (_items, _members, _steps, _low, _high) = (items, members, steps, low, high);
        _units = [.. items.Select(item => (long)Int128.Min(Int128.Abs(item.Value), (Int128)high + 1))];
        _copiesFrom = new int[items.Count + 1];
        for (var i = items.Count - 1; i >= 0; i--)
        {
            _copiesFrom[i] = _copiesFrom[i + 1] + items[i].Copies;
        }

        _allPositive = items.All(item => item.Value > 0);
        _words = checked((int)WordsOf(high));
        _table = new ulong[(items.Count + 1) * _words];
        _taken = new int[items.Count];
    }

    /// <summary>Words of the whole table; more than <see cref="MostWords"/> where it cannot be made.</summary>
    public static Int128 WordsFor(IReadOnlyList<Item> items, Int128 high) =>
        (items.Count + 1) * WordsOf(Int128.Max(0, Turned(items, high)));

    /// <summary>Calls back with the copies taken by item, for as long as that says it is not the end.</summary>
    public static SearchEnd Run(
        IReadOnlyList<Item> items, MemberRange members, Int128 low, Int128 high, SearchSteps steps, Func<int[], SearchEnd> found)
    {
        Require.That(WordsFor(items, high) <= MostWords);
        var (from, to) = (Turned(items, low), Turned(items, high));
        if (to < 0)
        {
            return SearchEnd.Complete;
        }

        var table = new SumTable(items, members, (long)Int128.Max(0, from), (long)to, steps);
        return table.Fill() ? table.Walk(0, 0, 0, found) : SearchEnd.Spent;
    }

    // The bound in sums that begin with all negative amounts taken; sums above all that can be reached need no bits.
    static Int128 Turned(IReadOnlyList<Item> items, Int128 bound)
    {
        Int128 below = 0, largest = 0;
        foreach (var item in items)
        {
            below += item.Value < 0 ? item.Copies * item.Value : 0;
            largest += item.Copies * Int128.Abs(item.Value);
        }

        return Int128.Min(bound - below, largest + 1);
    }

    static Int128 WordsOf(Int128 high) => (high / 64) + 1;

    Span<ulong> Row(int item) => _table.AsSpan(item * _words, _words);

    bool Fill()
    {
        if (!_steps.TryTake((long)_words * _copiesFrom[0]))
        {
            return false;
        }

        Row(_items.Count)[0] = 1;
        for (var item = _items.Count - 1; item >= 0; item--)
        {
            Row(item + 1).CopyTo(Row(item));
            for (var copies = 1; copies <= _items[item].Copies; copies++)
            {
                OrShifted(Row(item), Row(item + 1), copies * _units[item]);
            }
        }

        return true;
    }

    void OrShifted(Span<ulong> target, ReadOnlySpan<ulong> source, long shift)
    {
        var (words, bits) = ((int)Math.Min(shift / 64, _words), (int)(shift % 64));
        for (var i = _words - 1; i >= words; i--)
        {
            var above = source[i - words] << bits;
            var below = bits > 0 && i > words ? source[i - words - 1] >> (64 - bits) : 0;
            target[i] |= above | below;
        }
    }

    SearchEnd Walk(int item, long sum, int members, Func<int[], SearchEnd> found)
    {
        if (item == _items.Count)
        {
            return found(_taken);
        }

        var negative = _items[item].Value < 0;
        for (var moved = 0; moved <= _items[item].Copies; moved++)
        {
            var reached = sum + (moved * _units[item]);
            _taken[item] = negative ? _items[item].Copies - moved : moved;
            var count = members + _taken[item];
            if (reached > _high)
            {
                break;
            }

            if (!_steps.TryTake(1 + (Math.Max(0, _high - Math.Max(reached, _low)) / 64)))
            {
                return SearchEnd.Spent;
            }

            if (CountsFit(item + 1, reached, count) && Reaches(item + 1, _low - reached, _high - reached))
            {
                var end = Walk(item + 1, reached, count, found);
                if (end != SearchEnd.Complete)
                {
                    return end;
                }
            }
        }

        return SearchEnd.Complete;
    }

    // What is missing must be made of so many of the largest that are left.
    bool CountsFit(int item, long reached, int count)
    {
        var room = _members.Most - count;
        return room >= 0 && count + _copiesFrom[item] >= _members.Fewest
            && (!_allPositive || item == _items.Count
                || (Int128)room * _units[item] >= _low - reached);
    }

    bool Reaches(int item, long from, long to)
    {
        var row = Row(item);
        var (first, last) = (Math.Max(0, from), to);
        for (var word = first / 64; word <= last / 64; word++)
        {
            var bits = row[(int)word];
            bits &= word == first / 64 ? ulong.MaxValue << (int)(first % 64) : ulong.MaxValue;
            bits &= word == last / 64 ? ulong.MaxValue >> (int)(63 - (last % 64)) : ulong.MaxValue;
            if (bits != 0)
            {
                return true;
            }
        }

        return false;
    }
}
