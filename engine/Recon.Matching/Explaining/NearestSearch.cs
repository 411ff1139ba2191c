// Looks through the open records of the other source for those that came nearest to one record.
using Recon.Model;

namespace Recon.Matching.Explaining;

/// <summary>Keeps the best few of all candidates looked at.</summary>
sealed class NearestSearch(IReadOnlyList<Checks> passes, RecordTable[] tables, Reach reach)
{
    public NearestAnswer Find(int side, int row, int limit, int mostLookedAt)
    {
        var best = new List<Score>(limit + 1);
        var (available, lookedAt) = (0, 0);
        for (var other = 0; other < tables[1 - side].Count; other++)
        {
            if (!reach.IsOpen(1 - side, other))
            {
                continue;
            }

            available++;
            if (lookedAt < mostLookedAt)
            {
                lookedAt++;
                Keep(best, ScoreOf(side, row, other), limit);
            }
        }

        var candidates = best.Select(score => new NearCandidate(
            score.Row, tables[1 - side].Id(score.Row), Check(score, side, row))).ToList();
        return new NearestAnswer(candidates, lookedAt, available);
    }

    // The score knows nothing of totals and C#; the few that are shown are asked again, by every pass.
    PassCheck Check(Score score, int side, int row)
    {
        var (first, second) = side == 0 ? (row, score.Row) : (score.Row, row);
        return passes.Index()
            .Select(pass => (IsScored: pass.Index == score.Pass, Check: pass.Item.Of(first, second)))
            .OrderBy(pass => pass.Check.ConditionsFailed)
            .ThenByDescending(pass => pass.IsScored)
            .ThenByDescending(pass => pass.Check.ConditionsMet)
            .First().Check;
    }

    static void Keep(List<Score> best, Score score, int limit)
    {
        var place = best.BinarySearch(score);
        best.Insert(place < 0 ? ~place : place, score);
        if (best.Count > limit)
        {
            best.RemoveAt(limit);
        }
    }

    Score ScoreOf(int side, int row, int other)
    {
        var (first, second) = side == 0 ? (row, other) : (other, row);
        Score? best = null;
        for (var pass = 0; pass < passes.Count; pass++)
        {
            var score = ScoreOf(pass, first, second, other);
            best = best is null || score.CompareTo(best) < 0 ? score : best;
        }

        return best!;
    }

    Score ScoreOf(int pass, int first, int second, int other)
    {
        var (met, failed, far) = (0, 0, 0);
        var isOtherCurrency = false;
        var shortfalls = new List<Int128>();
        foreach (var condition in passes[pass].Pass.OfPairs)
        {
            var holds = condition.Holds(first, second, out var shortfall);
            shortfalls.Add(shortfall);

            // Amounts of two currencies have failed already, once.
            if (holds || !isOtherCurrency || condition.Kind != ConditionKind.Amount)
            {
                (met, failed) = holds ? (met + 1, failed) : (met, failed + 1);
                far += holds ? 0 : (int)condition.NearnessOf(first, second, shortfall);
            }

            isOtherCurrency |= !holds && condition.Kind == ConditionKind.Currency;
        }

        return new Score(far, failed, met, shortfalls, pass, other);
    }

    /// <param name="Far">The nearness of the failed conditions, added up: two slips weigh less than one value that is far off.</param>
    sealed record Score(int Far, int Failed, int Met, List<Int128> Shortfalls, int Pass, int Row) : IComparable<Score>
    {
        public int CompareTo(Score? other)
        {
            var order = Far.CompareTo(other!.Far);
            order = order != 0 ? order : Failed.CompareTo(other.Failed);
            order = order != 0 ? order : other.Met.CompareTo(Met);
            for (var i = 0; order == 0 && i < Math.Min(Shortfalls.Count, other.Shortfalls.Count); i++)
            {
                order = Shortfalls[i].CompareTo(other.Shortfalls[i]);
            }

            order = order != 0 ? order : Pass.CompareTo(other.Pass);
            return order != 0 ? order : Row.CompareTo(other.Row);
        }
    }
}
