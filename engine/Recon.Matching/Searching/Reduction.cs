// Says of each bin how many must and may be taken, from sums alone, before anything is searched.
namespace Recon.Matching.Searching;

/// <summary>
/// Fewest and most copies by bin such that all answers lie between them: bound propagation over every total and over the
/// number of members, repeated until nothing moves.
/// </summary>
sealed class Reduction
{
    readonly SubsetProblem _problem;
    bool _moved;
    bool _impossible;

    Reduction(SubsetProblem problem)
    {
        _problem = problem;
        Fewest = new int[problem.Bins.Count];
        Most = [.. problem.Bins.Select(bin => bin.Copies)];
    }

    public int[] Fewest { get; }

    public int[] Most { get; }

    /// <summary>Null where no subset can be an answer.</summary>
    public static Reduction? Of(SubsetProblem problem)
    {
        var reduction = new Reduction(problem);
        do
        {
            reduction._moved = false;
            for (var total = 0; total < problem.Totals.Count; total++)
            {
                reduction.HoldTotal(total);
            }

            reduction.HoldMembers();
        }
        while (reduction._moved && !reduction._impossible);
        return reduction._impossible ? null : reduction;
    }

    void HoldTotal(int total)
    {
        var range = _problem.Totals[total];
        var (least, largest) = Extremes(total);
        _impossible |= least > range.High || largest < range.Low;
        for (var bin = 0; bin < Most.Length && !_impossible; bin++)
        {
            var value = _problem.Bins[bin].Values[total];
            if (value == 0)
            {
                continue;
            }

            var (own, ownLargest) = Contribution(bin, value);
            var room = range.High - (least - own);
            var need = range.Low - (largest - ownLargest);
            if (value > 0)
            {
                Narrow(bin, CeilingOf(need, value), room < 0 ? -1 : room / value);
            }
            else
            {
                Narrow(bin, CeilingOf(-room, -value), need > 0 ? -1 : -need / -value);
            }

            var (after, afterLargest) = Contribution(bin, value);
            (least, largest) = (least - own + after, largest - ownLargest + afterLargest);
        }
    }

    (Int128 Least, Int128 Largest) Extremes(int total)
    {
        Int128 least = 0, largest = 0;
        for (var bin = 0; bin < Most.Length; bin++)
        {
            var (low, high) = Contribution(bin, _problem.Bins[bin].Values[total]);
            (least, largest) = (least + low, largest + high);
        }

        return (least, largest);
    }

    (Int128 Least, Int128 Largest) Contribution(int bin, Int128 value) => value > 0
        ? (Fewest[bin] * value, Most[bin] * value)
        : (Most[bin] * value, Fewest[bin] * value);

    void HoldMembers()
    {
        for (var side = 0; side < 2 && !_impossible; side++)
        {
            int[] bins = [.. Enumerable.Range(0, Most.Length)
                .Where(bin => !_problem.BySide || _problem.Bins[bin].Side == side)];
            var (fewest, most) = (bins.Sum(bin => Fewest[bin]), bins.Sum(bin => Most[bin]));
            _impossible |= most < _problem.Members.Fewest || fewest > _problem.Members.Most;
            foreach (var bin in bins)
            {
                var (low, high) = (Fewest[bin], Most[bin]);
                Narrow(bin, _problem.Members.Fewest - (most - high), _problem.Members.Most - (fewest - low));
                (fewest, most) = (fewest - low + Fewest[bin], most - high + Most[bin]);
            }
        }
    }

    void Narrow(int bin, Int128 fewest, Int128 most)
    {
        if (fewest > Fewest[bin] && fewest <= Most[bin])
        {
            Fewest[bin] = (int)fewest;
            _moved = true;
        }

        if (most < Most[bin] && most >= Fewest[bin])
        {
            Most[bin] = (int)most;
            _moved = true;
        }

        _impossible |= fewest > Most[bin] || most < Fewest[bin];
    }

    // Of a positive divisor; 0 where nothing is needed.
    static Int128 CeilingOf(Int128 need, Int128 value) => need <= 0 ? 0 : ((need - 1) / value) + 1;
}
