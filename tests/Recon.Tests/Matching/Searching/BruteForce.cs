// Every subset, one after the other: what a search for subsets is held to.
using Recon.Matching.Searching;

namespace Recon.Tests.Matching.Searching;

static class BruteForce
{
    /// <summary>All answers, ordered as the search orders them.</summary>
    public static List<int[]> Answers(SubsetProblem problem)
    {
        var answers = new List<int[]>();
        Extend(problem, 0, [], answers);
        return [.. answers.OrderBy(answer => answer.Length).ThenBy(answer => answer, ByBin)];
    }

    static readonly Comparer<int[]> ByBin = Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    static void Extend(SubsetProblem problem, int bin, List<int> taken, List<int[]> answers)
    {
        if (bin == problem.Bins.Count)
        {
            if (Holds(problem, taken))
            {
                answers.Add([.. taken]);
            }

            return;
        }

        for (var copies = 0; copies <= problem.Bins[bin].Copies; copies++)
        {
            Extend(problem, bin + 1, [.. taken, .. Enumerable.Repeat(bin, copies)], answers);
        }
    }

    static bool Holds(SubsetProblem problem, List<int> taken)
    {
        var second = taken.Count(bin => problem.Bins[bin].Side == 1);
        return problem.MembersHold(taken.Count - second, second)
            && Enumerable.Range(0, problem.Totals.Count).All(total =>
            {
                var sum = taken.Aggregate((Int128)0, (sum, bin) => sum + problem.Bins[bin].Values[total]);
                return sum >= problem.Totals[total].Low && sum <= problem.Totals[total].High;
            });
    }
}
