// The conditions of a group pass over several currencies, asked of a record and all its members.
using Recon.Matching.Blocks;
using Recon.Matching.Rates;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>One thread's share of what a pass asks of currencies; groups that lack a rate are noted among the findings.</summary>
sealed class GroupRates(PassPlan plan, PassFindings findings)
{
    // Adding fractions costs the square of their number; a few cost no more than a look at a record.
    const int PartsPerStep = 8;

    readonly Comparison[] _comparisons =
        [.. plan.Pass.Comparisons.Where(comparison => comparison.Tolerance is AmountTolerance { Fx: not null })];

    // The members that were noted last: a hundred thousand records may claim the same.
    int[]? _noted;

    /// <summary>The members of a group, once a condition.</summary>
    /// <param name="members">Rows of the many side, ascending.</param>
    public RatedMembers[] Of(int[] members, StepBudget steps) =>
        [.. Enumerable.Range(0, plan.Rates.Count).Select(condition => Of(condition, members, steps))];

    /// <summary>The members of a group as one condition sees them.</summary>
    /// <inheritdoc cref="Of(int[], StepBudget)"/>
    public RatedMembers Of(int condition, int[] members, StepBudget steps)
    {
        steps.Spend((long)StepBudget.MemberSteps * members.Length);
        return new RatedMembers(plan.Rates[condition], 1 - plan.OneSide, members);
    }

    /// <summary>True where a record and its members hold a condition.</summary>
    /// <param name="rows">Of the members.</param>
    /// <param name="distance">In units of <see cref="RateCondition.DistanceScale"/>; 0 where the condition fails.</param>
    public bool Fit(int condition, int one, RatedMembers members, int[] rows, StepBudget steps, out Int128 distance) =>
        plan.Rates[condition].Holds(Amounts(condition, one, members, rows, steps), out distance);

    /// <summary>True where a record and one that may be a member of its group have an amount in the common currency, whatever the condition.</summary>
    public bool AreRated(int one, int member, StepBudget steps)
    {
        int[] rows = [member];
        for (var condition = 0; condition < plan.Rates.Count; condition++)
        {
            if (Amounts(condition, one, Of(condition, rows, steps), rows, steps) is null)
            {
                return false;
            }
        }

        return true;
    }

    RatedAmounts? Amounts(int condition, int one, RatedMembers members, int[] rows, StepBudget steps)
    {
        steps.Spend((long)members.Parts.Count * members.Parts.Count / PartsPerStep);
        var rate = plan.Rates[condition];
        var amounts = rate.Amounts(one, members);
        if (amounts is null && rate.LackOf(one, members) is var (record, day))
        {
            Note(one, rows, new UnratedRecord(plan.Pass.Index, _comparisons[condition], record, day), steps);
        }

        return amounts;
    }

    /// <summary>True where a group of either side hold all conditions.</summary>
    /// <param name="rows">By side, each ascending.</param>
    public bool Fit(int[][] rows, StepBudget steps)
    {
        foreach (var (condition, rate) in plan.Rates.Index())
        {
            steps.Spend((long)StepBudget.MemberSteps * (rows[0].Length + rows[1].Length));
            var (first, second) = (new RatedMembers(rate, 0, rows[0]), new RatedMembers(rate, 1, rows[1]));
            var parts = (long)first.Parts.Count + second.Parts.Count;
            steps.Spend(parts * parts / PartsPerStep);
            var amounts = rate.Amounts(first, second);
            if (amounts is null && rate.LackOf(first, second) is var (record, day))
            {
                var lack = new UnratedRecord(plan.Pass.Index, _comparisons[condition], record, day);
                Note(0, rows[0], lack);
                Note(1, rows[1], lack);
            }

            if (!rate.Holds(amounts, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Notes the records of a search that have a rate beside no record of the other side.</summary>
    /// <param name="heads">Of both sides.</param>
    public void NoteUnrated(IReadOnlyList<SideRow> heads)
    {
        foreach (var (condition, rate) in plan.Rates.Index())
        {
            var dated = heads.Where(head => head.Side == rate.DatedSide).ToList();
            foreach (var head in heads)
            {
                var days = head.Side == rate.DatedSide ? [rate.DayOf(head.Row)] : dated.Select(each => rate.DayOf(each.Row)).Distinct();
                if (rate.AmountOf(head.Side, head.Row) is { } amount
                    && days.All(day => day is null || rate.Conversion.Convert(amount.Number, amount.CurrencyCode, day) is null))
                {
                    Note(head.Side, [head.Row], new UnratedRecord(plan.Pass.Index, _comparisons[condition], head, days.FirstOrDefault()));
                }
            }
        }
    }

    void Note(int one, int[] rows, UnratedRecord lack, StepBudget steps)
    {
        findings.Unrated[plan.OneSide].TryAdd(one, lack);
        if (rows == _noted)
        {
            return;
        }

        _noted = rows;
        steps.Spend((long)StepBudget.MemberSteps * rows.Length);
        Note(1 - plan.OneSide, rows, lack);
    }

    void Note(int side, int[] rows, UnratedRecord lack)
    {
        foreach (var row in rows)
        {
            findings.Unrated[side].TryAdd(row, lack);
        }
    }
}
