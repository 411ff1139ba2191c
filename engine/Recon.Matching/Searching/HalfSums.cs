// All sums of one half of the candidates, sorted: one side of a meeting in the middle.
using System.Numerics;

namespace Recon.Matching.Searching;

/// <summary>Candidates of one kind that are still undecided.</summary>
/// <param name="Bin">Index of the bin in the problem.</param>
readonly record struct Item(int Bin, int Copies, Int128 Value);

/// <summary>Sums ascending, each with the set of copies that makes it.</summary>
/// <param name="Masks">Bit b: copy b of the half, counted over its items in order; of one item always the first copies.</param>
readonly record struct SortedSums<T>(T[] Sums, ulong[] Masks, int Count);

/// <summary>The sums of a half by number of members; by 0 alone where members are not counted.</summary>
/// <remarks>
/// Built by merging, item by item (Horowitz and Sahni 1974), so nothing is ever sorted. Sums that no continuation can bring
/// into the range are dropped on the way.
/// </remarks>
sealed class HalfSums<T>
    where T : struct, IBinaryInteger<T>
{
    /// <summary>
    /// More sums than this are not kept: 2^20 are twenty candidates and 16 MiB.
    /// </summary>
    public const int MostSums = 1 << 20;

    readonly SortedSums<T>[] _levels;

    HalfSums(int levels)
    {
        _levels = new SortedSums<T>[levels];
        Array.Fill(_levels, new SortedSums<T>([], [], 0));
        _levels[0] = new SortedSums<T>([T.Zero], [0], 1);
    }

    public int Levels => _levels.Length;

    public SortedSums<T> Level(int members) => _levels[members];

    /// <summary>Null where there are too many sums or the budget is spent.</summary>
    /// <param name="mostMembers">Null where members are not counted.</param>
    /// <param name="low">What the half as a whole must reach at least, whatever the other half adds.</param>
    /// <param name="high">What it may reach at most.</param>
    public static HalfSums<T>? Of(IReadOnlyList<Item> items, int? mostMembers, T low, T high, SearchSteps steps)
    {
        var half = new HalfSums<T>(mostMembers is { } most ? most + 1 : 1);
        var bit = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var (least, largest) = Rest(items, i + 1);
            if (!half.Add(items[i], bit, low - largest, high - least, steps))
            {
                return null;
            }

            bit += items[i].Copies;
        }

        return half;
    }

    static (T Least, T Largest) Rest(IReadOnlyList<Item> items, int start)
    {
        T least = T.Zero, largest = T.Zero;
        foreach (var item in items.Skip(start))
        {
            var all = T.CreateChecked(item.Copies * item.Value);
            (least, largest) = item.Value < 0 ? (least + all, largest) : (least, largest + all);
        }

        return (least, largest);
    }

    // From the top down, so that what stands below a level is still without the item.
    bool Add(Item item, int bit, T low, T high, SearchSteps steps)
    {
        var value = T.CreateChecked(item.Value);
        long kept = 0;
        for (var level = Levels - 1; level >= 0; level--)
        {
            var sums = Inside(_levels[level], low, high, T.Zero);
            var added = T.Zero;
            for (var copies = 1; copies <= item.Copies && (Levels == 1 || copies <= level); copies++)
            {
                added += value;
                var below = Inside(_levels[Levels == 1 ? 0 : level - copies], low, high, added);
                if (!steps.TryTake(sums.Length + below.Length) || sums.Length + below.Length > MostSums)
                {
                    return false;
                }

                sums = Merge(sums, below, added, ((1UL << (copies - 1) << 1) - 1) << bit);
            }

            _levels[level] = sums.Whole();
            kept += sums.Length;
        }

        return kept <= MostSums;
    }

    /// <summary>Part of some sorted sums: [Start, End).</summary>
    readonly record struct Part(SortedSums<T> Of, int Start, int End)
    {
        public int Length => End - Start;

        public SortedSums<T> Whole() => Start == 0 && End == Of.Count
            ? Of
            : new SortedSums<T>(Of.Sums[Start..End], Of.Masks[Start..End], Length);
    }

    // Those that lie in [low, high] once the value is added.
    static Part Inside(SortedSums<T> sums, T low, T high, T added)
    {
        var start = FirstFrom(sums, low - added);
        return new Part(sums, start, Math.Max(start, FirstFrom(sums, high - added + T.One)));
    }

    static int FirstFrom(SortedSums<T> sums, T bound)
    {
        var (start, end) = (0, sums.Count);
        while (start < end)
        {
            var middle = (start + end) / 2;
            (start, end) = sums.Sums[middle] < bound ? (middle + 1, end) : (start, middle);
        }

        return start;
    }

    static Part Merge(Part stay, Part take, T added, ulong bits)
    {
        if (take.Length == 0)
        {
            return stay;
        }

        var count = stay.Length + take.Length;
        var (sums, masks) = (new T[count], new ulong[count]);
        var (a, b) = (stay.Start, take.Start);
        for (var i = 0; i < count; i++)
        {
            var fromStay = b == take.End || (a < stay.End && stay.Of.Sums[a] <= take.Of.Sums[b] + added);
            (sums[i], masks[i]) = fromStay
                ? (stay.Of.Sums[a], stay.Of.Masks[a++])
                : (take.Of.Sums[b] + added, take.Of.Masks[b++] | bits);
        }

        return new Part(new SortedSums<T>(sums, masks, count), 0, count);
    }
}
