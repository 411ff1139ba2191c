// Asks the conditions of a pass about a pair, or about a record and its group.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>The conditions of one pass with what is needed to ask them.</summary>
sealed class Checks(PassConditions pass, RecordTable[] tables, Reach reach, ICompiledRules rules)
{
    public PassConditions Pass => pass;

    public PassCheck Of(int first, int second)
    {
        var group = pass.IsGroup ? GroupOf(first, second) : PairOf(first, second);
        var conditions = Ask(first, second, group);
        return new PassCheck(
            pass.Pass,
            conditions,
            pass.IsGroup ? [.. group.Members.Select(tables[1 - pass.OneSide].Id)] : [],
            reach.Taken(pass.Pass, 0, first),
            reach.Taken(pass.Pass, 1, second));
    }

    public List<ConditionCheck> Ask(int first, int second, Group group)
    {
        var answers = new List<ConditionCheck>();
        foreach (var condition in pass.All)
        {
            answers.Add(pass.IsGroup && condition.IsOfTotal
                ? Asked(condition, first, second, group)
                : condition.Check(first, second));
        }

        if (pass.Pass.When is { } when)
        {
            var asked = answers.All(answer => answer.Verdict == Verdict.Holds);
            var verdict = !asked ? Verdict.NotAsked : WhenHolds(group) ? Verdict.Holds : Verdict.Fails;
            answers.Add(new ConditionCheck(ConditionKind.When, when.Text.Trim(), null, null, verdict, null));
        }

        return answers;
    }

    /// <summary>True where every condition holds, the C# included.</summary>
    public bool Holds(Group group)
    {
        foreach (var member in group.Members)
        {
            var (first, second) = group.OneSide == 0 ? (group.One, member) : (member, group.One);
            if (!pass.PairHolds(first, second))
            {
                return false;
            }
        }

        return (!pass.IsGroup || pass.All.Where(each => each.IsOfTotal)
            .All(each => AskTotal(each, group).Verdict == Verdict.Holds)) && WhenHolds(group);
    }

    public static Group PairOf(int first, int second) => new(0, first, [second]);

    /// <exception cref="RuleFailedException">The C# threw.</exception>
    bool WhenHolds(Group group)
    {
        if (pass.Pass.When is not { } when)
        {
            return true;
        }

        if (pass.IsGroup)
        {
            return rules.Group(when)(tables[group.OneSide], group.One, tables[1 - group.OneSide],
                [.. group.Members]);
        }

        Span<bool> result = [false];
        var (left, right) = (group.Rows(pass.LeftSide)[0], group.Rows(1 - pass.LeftSide)[0]);
        rules.Pair(when)(tables[pass.LeftSide], tables[1 - pass.LeftSide], [left], [right], result);
        return result[0];
    }

    // Everything within reach that meets key and times with the one record.
    Group GroupOf(int first, int second)
    {
        var one = pass.OneSide == 0 ? first : second;
        var members = new List<int>();
        for (var row = 0; row < tables[1 - pass.OneSide].Count; row++)
        {
            var holds = pass.OneSide == 0 ? pass.PairHolds(one, row) : pass.PairHolds(row, one);
            if (holds && reach.Reaches(pass.Pass, 1 - pass.OneSide, row))
            {
                members.Add(row);
            }
        }

        return new Group(pass.OneSide, one, members);
    }

    // Of two records that are apart already, an empty group says nothing more.
    ConditionCheck Asked(Condition condition, int first, int second, Group group)
    {
        var answer = AskTotal(condition, group);
        return group.Members.Count > 0 ? answer : answer with
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
        _ => throw new InvalidOperationException($"bug: {condition.Name} is no total"),
    };
}
