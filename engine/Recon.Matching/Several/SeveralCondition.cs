// Asks the C# condition of an N-way pass about candidates, many at a time.
using Recon.Matching.Choosing;
using Recon.Model.Rules;

namespace Recon.Matching.Several;

/// <summary>Hands on the sets of records for which the pass's <c>when</c> holds: all of them where it has none.</summary>
sealed class SeveralCondition(SeveralPlan plan, PassFindings findings)
{
    /// <summary>A set for which the condition holds: its rows by side, and what was offered with them.</summary>
    public delegate void Held(ReadOnlySpan<int> rows, ReadOnlySpan<int> bins);

    // 2,048 sets of three: 24 KiB of row numbers, half of L1.
    const int BatchSets = 2048;

    readonly int _sides = plan.Tables.Length;
    readonly int[] _rows = new int[plan.When is null ? 0 : BatchSets * plan.Tables.Length];
    readonly int[] _bins = new int[plan.When is null ? 0 : BatchSets * plan.Tables.Length];
    readonly bool[] _holds = new bool[BatchSets];
    int _offered;

    /// <summary>A set that is asked about with others, at the latest by <see cref="AskOffered"/>.</summary>
    public void Offer(ReadOnlySpan<int> rows, ReadOnlySpan<int> bins, Held held)
    {
        if (plan.When is null)
        {
            held(rows, bins);
            return;
        }

        rows.CopyTo(_rows.AsSpan(_offered * _sides));
        bins.CopyTo(_bins.AsSpan(_offered * _sides));
        if (++_offered == BatchSets)
        {
            AskOffered(held);
        }
    }

    /// <summary>Asks about what was offered and not asked yet.</summary>
    public void AskOffered(Held held)
    {
        var count = _offered;
        _offered = 0;
        if (count == 0)
        {
            return;
        }

        var holds = _holds.AsSpan(0, count);
        Ask(_rows.AsSpan(0, count * _sides), holds);
        for (var i = 0; i < count; i++)
        {
            if (holds[i])
            {
                held(_rows.AsSpan(i * _sides, _sides), _bins.AsSpan(i * _sides, _sides));
            }
        }
    }

    /// <summary>Asks about one set by itself.</summary>
    public bool Holds(ReadOnlySpan<int> rows)
    {
        Span<bool> result = [true];
        if (plan.When is not null)
        {
            Ask(rows, result);
        }

        return result[0];
    }

    void Ask(ReadOnlySpan<int> rows, Span<bool> holds)
    {
        try
        {
            plan.When!(plan.Tables, rows, holds);
        }
        catch (RuleFailedException)
        {
            holds.Clear();
            AskOneByOne(rows);
        }
    }

    // The failure to report is that of the smallest set, not of the batch that came first.
    void AskOneByOne(ReadOnlySpan<int> rows)
    {
        Span<bool> ignored = [false];
        for (var start = 0; start < rows.Length; start += _sides)
        {
            var set = rows.Slice(start, _sides);
            try
            {
                plan.When!(plan.Tables, set, ignored);
            }
            catch (RuleFailedException failure)
            {
                findings.Fail(failure, set);
            }
        }
    }
}
