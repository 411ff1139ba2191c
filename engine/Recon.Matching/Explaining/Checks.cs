// Asks the conditions of a pass about a pair, or about a record and its group.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>The conditions of one pass with what is needed to ask them.</summary>
/// <param name="search">Asks the search of a pass that has one.</param>
sealed class Checks(PassConditions pass, RecordTable[] tables, Reach reach, ICompiledRules rules, SearchQuestion? search)
{
    public PassConditions Pass => pass;

    public PassCheck Of(int first, int second)
    {
        var group = pass.IsGroup && search is null ? new GroupSearch(pass, tables, reach).Of(first, second) : PairOf(first, second);
        var conditions = search is null ? Ask(first, second, group) : AskSearch(first, second, search);
        return new PassCheck(
            pass.Pass,
            conditions,
            pass.IsGroup && search is null ? Members(group) : [],
            reach.Taken(pass.Pass, 0, first),
            reach.Taken(pass.Pass, 1, second));
    }

    List<string> Members(Group group) => pass.Pass.Cardinality == Cardinality.ManyToMany
        ? [.. group.First.Select(tables[0].Id), .. group.Second.Select(tables[1].Id)]
        : [.. group.Rows(1 - pass.OneSide).Select(tables[1 - pass.OneSide].Id)];

    public List<ConditionCheck> Ask(int first, int second, Group group)
    {
        var answers = new List<ConditionCheck>();
        foreach (var condition in pass.All)
        {
            answers.Add(pass.IsGroup && condition.IsOfTotal
                ? Asked(condition, first, second, group)
                : condition.Check(first, second));
        }

        if (pass.Pass.Size != GroupSize.Any)
        {
            answers.Add(SizeOf(group));
        }

        if (pass.Pass.Cardinality == Cardinality.ManyToMany)
        {
            answers.Add(Meet(group));
        }

        if (pass.Pass.When is { } when)
        {
            var asked = answers.All(answer => answer.Verdict == Verdict.Holds);
            var verdict = !asked ? Verdict.NotAsked : WhenHolds(group) ? Verdict.Holds : Verdict.Fails;
            answers.Add(new ConditionCheck(ConditionKind.When, when.Text.Trim(), null, null, verdict, null));
        }

        return answers;
    }

    // What adds up is the search's to say, and it asks the C# of each group.
    List<ConditionCheck> AskSearch(int first, int second, SearchQuestion question)
    {
        var answers = pass.OfPairs.Concat(pass.All.Where(each => each is CurrencyCondition)).Distinct()
            .Select(condition => condition.Check(first, second))
            .Concat(pass.All.OfType<RateCheck>().Select(rate => rate.CheckRated(first, second))).ToList();
        answers.Add(answers.TrueForAll(answer => answer.Verdict == Verdict.Holds)
            ? question.Of(first, second)
            : question.NotAsked());
        return answers;
    }

    ConditionCheck SizeOf(Group group)
    {
        int[] sides = pass.Pass.Cardinality == Cardinality.ManyToMany ? [0, 1] : [1 - pass.OneSide];
        return new ConditionCheck(
            ConditionKind.Size,
            $"size from {pass.Pass.Size.Fewest} to {pass.Pass.Size.Most}",
            Text(group.First.Count), Text(group.Second.Count),
            sides.All(side => pass.Pass.Size.Holds(group.Rows(side).Count)) ? Verdict.Holds : Verdict.Fails, null);
    }

    static string Text(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    ConditionCheck Meet(Group group)
    {
        foreach (var first in group.First)
        {
            foreach (var second in group.Second)
            {
                if (!pass.PairHolds(first, second))
                {
                    return new ConditionCheck(
                        ConditionKind.Meet, "every record meets every other", tables[0].Id(first), tables[1].Id(second), Verdict.Fails, null);
                }
            }
        }

        return new ConditionCheck(
            ConditionKind.Meet, "every record meets every other", null, null,
            group.First.Count > 0 && group.Second.Count > 0 ? Verdict.Holds : Verdict.NotAsked, null);
    }

    /// <summary>True where every condition holds, the C# included.</summary>
    public bool Holds(Group group)
    {
        foreach (var first in group.First)
        {
            foreach (var second in group.Second)
            {
                if (!pass.PairHolds(first, second))
                {
                    return false;
                }
            }
        }

        return (!pass.IsGroup || pass.All.Where(each => each.IsOfTotal)
            .All(each => AskTotal(each, group).Verdict == Verdict.Holds)) && WhenHolds(group);
    }

    public static Group PairOf(int first, int second) => new([first], [second]);

    /// <exception cref="RuleFailedException">The C# threw.</exception>
    bool WhenHolds(Group group)
    {
        if (pass.Pass.When is not { } when)
        {
            return true;
        }

        int[] left = [.. group.Rows(pass.LeftSide)];
        int[] right = [.. group.Rows(1 - pass.LeftSide)];
        var (leftTable, rightTable) = (tables[pass.LeftSide], tables[1 - pass.LeftSide]);
        switch (pass.Pass.Cardinality)
        {
            case Cardinality.ManyToMany:
                return rules.Groups(when)(leftTable, left, rightTable, right);
            case Cardinality.OneToMany:
                return rules.Group(when)(leftTable, left[0], rightTable, right);
            case Cardinality.ManyToOne:
                return rules.Group(when)(rightTable, right[0], leftTable, left);
            default:
                Span<bool> result = [false];
                rules.Pair(when)(leftTable, rightTable, left, right, result);
                return result[0];
        }
    }

    // Of two records that are apart already, an empty group says nothing more.
    ConditionCheck Asked(Condition condition, int first, int second, Group group)
    {
        var answer = AskTotal(condition, group);
        return group.First.Count > 0 && group.Second.Count > 0 ? answer : answer with
        {
            IsOfEmptyGroup = true,
            Verdict = pass.PairHolds(first, second) ? Verdict.Fails : Verdict.NotAsked,
        };
    }

    static ConditionCheck AskTotal(Condition condition, Group group) => condition switch
    {
        CurrencyCondition currency => currency.CheckCodes(
            group.Total(0, currency.Reader(0))?.Currency, group.Total(1, currency.Reader(1))?.Currency),
        RangeCondition range =>
            range.CheckTotals(group.Total(0, range.Reader(0)), group.Total(1, range.Reader(1))),
        RateCheck rate => rate.Check(group),
        _ => throw new InvalidOperationException($"bug: {condition.Name} is no total"),
    };
}
