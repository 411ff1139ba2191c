// Nets all records of a key at once: a match where their total is zero.
using System.Numerics;
using Recon.Matching.Blocks;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Netting;

/// <summary>
/// One pass that nets by key. The records of one key and currency are one group; it is a match where some are plus and some
/// minus, every total is within its tolerance, and no two records lie farther apart than a window allows.
/// </summary>
sealed class NetGroups : IDisposable
{
    readonly PassPlan _plan;
    readonly PartitionedRows[] _rows;
    readonly Int128[] _widths;
    readonly int _totals;
    readonly List<int[]> _found = [];

    /// <param name="closed">Row → true where it is out of reach.</param>
    public NetGroups(
        PassSpec pass, RecordTable table, bool[] closed, MatchOptions options, ReaderFactory readers, Workers workers)
    {
        _plan = new PassPlan(Gathering(pass), [table, table], readers, options.Rules, options.HashSeed)
        {
            FewTexts = workers.Cut.FewTexts,
        };
        _totals = pass.Comparisons.Count(pair => pair.Tolerance is AmountTolerance);
        _widths = [.. InOrder(pass).Select(pair => WidthOf(pair, table))];
        Require.That(_widths.Length == _plan.Windows.Count);
        var open = new NetSides(pass, table, readers).Members(closed);
        var partitions = PartitionedRows.PartitionsFor(table.Count, workers.Cut.PartitionRows);
        _rows = [.. Enumerable.Range(0, 2).Select(side => PartitionedRows.Of(_plan, side, open, PartitionShare.All(partitions), workers))];
        Partitions = partitions;
    }

    public int Partitions { get; }

    /// <summary>Groups of two records or more.</summary>
    public long Candidates { get; private set; }

    /// <summary>Rows of each match, ascending; the matches by their smallest row.</summary>
    public IReadOnlyList<int[]> Find(Workers workers)
    {
        var gate = new Lock();
        workers.ForEach(
            Partitions,
            () => new PartitionRows[] { new(_plan), new(_plan) },
            (partition, rows) =>
            {
                var (looked, found) = Find(partition, rows);
                lock (gate)
                {
                    Candidates += looked;
                    _found.AddRange(found);
                }
            },
            rows => Array.ForEach(rows, side => side.Return(workers.Buffers)));
        return [.. _found.OrderBy(rows => rows[0])];
    }

    /// <summary>Gives the memory of the rows back to the pool.</summary>
    public void Dispose() => Array.ForEach(_rows, rows => rows.Dispose());

    // Amounts first, whatever they are: the total is asked, not the single amount. A window of no width stays a window.
    static PassSpec Gathering(PassSpec pass)
    {
        var widest = new ExactNumber(ExactNumber.MaxUnits, 0);
        return pass with
        {
            Comparisons =
            [
                .. InOrder(pass).Select(pair => pair with
                {
                    Tolerance = pair.Tolerance switch
                    {
                        AmountTolerance amount => amount with { Under = widest, Over = widest },
                        DayTolerance { To: 0 } days => days with { From = -1, To = 1 },
                        ElapsedTolerance { To.Ticks: 0 } => new ElapsedTolerance(new TimeSpan(-1), new TimeSpan(1)),
                        var other => other,
                    },
                }),
            ],
        };
    }

    static IEnumerable<Comparison> InOrder(PassSpec pass) =>
        pass.Comparisons.OrderBy(pair => pair.Tolerance is not AmountTolerance);

    static Int128 WidthOf(Comparison pair, RecordTable table) => pair.Tolerance switch
    {
        AmountTolerance amount => Allowance.Of(
            amount, ReaderFactory.CommonScale((table, pair.Left)), leftIsFirst: true).High(0, 0),
        DayTolerance days => days.To,
        ElapsedTolerance elapsed => elapsed.To.Ticks,
        _ => throw new InvalidOperationException($"bug: no width of {pair.Tolerance}"),
    };

    (int Looked, List<int[]> Found) Find(int partition, PartitionRows[] rows)
    {
        var members = new List<Member>();
        for (var side = 0; side < rows.Length; side++)
        {
            _rows[side].Load(partition, rows[side]);
            for (var position = 0; position < rows[side].Count; position++)
            {
                members.Add(new Member(rows[side].Keys[position], rows[side].Rows[position], side, position, rows[side]));
            }
        }

        members.Sort();
        var (looked, found) = (0, new List<int[]>());
        for (var start = 0; start < members.Count;)
        {
            var end = start + 1;
            while (end < members.Count && members[end].Key == members[start].Key)
            {
                end++;
            }

            var group = members[start..end];
            looked += group.Count > 1 ? 1 : 0;
            if (group.Count > 1 && Nets(group))
            {
                found.Add([.. group.Select(member => member.Row)]);
            }

            start = end;
        }

        return (looked, found);
    }

    bool Nets(List<Member> group)
    {
        for (var window = 0; window < _widths.Length; window++)
        {
            var isWithin = window < _totals ? TotalIsWithin(group, window) : SpanIsWithin(group, window);
            if (!isWithin)
            {
                return false;
            }
        }

        return group.Exists(member => Value(member, 0) > 0) && group.Exists(member => Value(member, 0) < 0);
    }

    bool TotalIsWithin(List<Member> group, int window)
    {
        BigInteger large = 0;
        Int128 small = 0;
        foreach (var member in group)
        {
            small += Value(member, window);
            if (Int128.Abs(small) > ExactNumber.MaxUnits)
            {
                large += small;
                small = 0;
            }
        }

        return BigInteger.Abs(large + small) <= _widths[window];
    }

    bool SpanIsWithin(List<Member> group, int window) =>
        group.Max(member => Value(member, window)) - group.Min(member => Value(member, window)) <= _widths[window];

    // The second side holds amounts negated.
    Int128 Value(Member member, int window)
    {
        var value = member.Rows.WindowAt(member.Position, window);
        return window < _totals && member.Side == 1 ? -value : value;
    }

    readonly record struct Member(UInt128 Key, int Row, int Side, int Position, PartitionRows Rows) : IComparable<Member>
    {
        public int CompareTo(Member other) =>
            Key.CompareTo(other.Key) is var order && order != 0 ? order : Row.CompareTo(other.Row);
    }
}
