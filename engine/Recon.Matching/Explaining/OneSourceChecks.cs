// Asks the conditions of a pass of one source about two of its records.
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>The conditions of one such pass with what is needed to ask them.</summary>
sealed class OneSourceChecks(
    PassSpec pass, RecordTable table, ReaderFactory readers, ICompiledRules rules, ReachOfOneSource reach)
{
    readonly PassConditions _conditions = new(pass, [table, table], readers);

    /// <summary>
    /// All conditions; the C#, which is asked of each record, is one that holds where it holds for both. Of a pass that nets
    /// by key the two are asked for their key and windows, and their group for its total.
    /// </summary>
    /// <exception cref="RuleFailedException">The C# threw.</exception>
    public PassCheck Of(int first, int second)
    {
        var (one, other) = Reverses(first) && !Reverses(second) ? (second, first) : (first, second);
        var isGroup = pass.Kind == PassKind.NetGroup;
        var answers = _conditions.All.Where(condition => !isGroup || !condition.IsOfTotal)
            .Select(condition => isGroup && condition is KeyCondition ? KeyOf(condition, first, second) : condition.Check(one, other))
            .ToList();
        answers.AddRange(pass.Kind == PassKind.Net ? [SidesOf(one, other)] : []);
        answers.AddRange(WhenOf(one, other));
        IReadOnlyList<int> members = [];
        if (isGroup)
        {
            members = Group(first);
            answers.AddRange(new NetTotals(pass, table, readers).Of(members));
        }

        return new PassCheck(pass, answers, [.. members.Select(table.Id)], reach.Taken(pass, first), reach.Taken(pass, second));
    }

    bool Reverses(int row) => pass.Reference is { } pair && !table.Column(pair.RightField).IsNull(row);

    // What a record names is its key where it names one.
    ConditionCheck KeyOf(Condition condition, int first, int second)
    {
        var place = _conditions.All.OfType<KeyCondition>().ToList().IndexOf((KeyCondition)condition);
        var pair = pass.Key[place];
        var (own, its) = (FieldOf(pair, first), FieldOf(pair, second));
        var (x, y) = (table.Column(own), table.Column(its));
        var holds = x.IsNull(first) || y.IsNull(second)
            ? pair.NullsEqual && x.IsNull(first) && y.IsNull(second)
            : x.ValueEquals(first, y, second);
        return new ConditionCheck(
            ConditionKind.Key, condition.Name, x.Display(first), y.Display(second), holds ? Verdict.Holds : Verdict.Fails, null);
    }

    string FieldOf(KeyPair pair, int row) => pair == pass.Reference && Reverses(row) ? pair.RightField : pair.LeftField;

    ConditionCheck SidesOf(int one, int other)
    {
        var sides = new NetTotals(pass, table, readers);
        var holds = sides.SignOf(one) == -sides.SignOf(other)
            && (pass.Reference is null ? sides.SignOf(one) != 0 : !Reverses(one) && Reverses(other));
        var name = pass.Reference is { } pair ? $"{table.Name}.{pair.RightField}: one reverses, the other does not" : "opposite signs";
        return new ConditionCheck(
            ConditionKind.Key, name, SideOf(one), SideOf(other), holds ? Verdict.Holds : Verdict.Fails, null);

        string SideOf(int row) => pass.Reference is { } reference
            ? table.Column(reference.RightField).Display(row) is { } named ? $"reverses {named}" : "reverses nothing"
            : sides.SignOf(row) switch { null => "no amount", 0 => "0", > 0 => "plus", _ => "minus" };
    }

    IEnumerable<ConditionCheck> WhenOf(int one, int other)
    {
        if (pass.When is not { } when)
        {
            yield break;
        }

        var holds = new bool[2];
        rules.Record(when)(table, [one, other], holds);
        yield return new ConditionCheck(
            ConditionKind.When, when.Text.Trim(), Word(holds[0]), Word(holds[1]),
            holds[0] && holds[1] ? Verdict.Holds : Verdict.Fails, null);
    }

    // Who lacks a value that must lie in a span is in no group.
    List<int> Group(int row)
    {
        var keys = _conditions.All.OfType<KeyCondition>().ToList();
        var spans = _conditions.All.Where(condition => condition is not KeyCondition && !condition.IsOfTotal).ToList();
        var totals = new NetTotals(pass, table, readers);
        return [.. Enumerable.Range(0, table.Count).Where(other => reach.Reaches(pass, other)
            && totals.SignOf(other) is not null && totals.SameCurrency(row, other)
            && spans.TrueForAll(span => span.Check(other, other).Verdict == Verdict.Holds)
            && keys.TrueForAll(key => KeyOf(key, row, other).Verdict == Verdict.Holds)
            && WhenOf(other, other).All(check => check.Verdict == Verdict.Holds))];
    }

    static string Word(bool holds) => holds ? "holds" : "fails";
}
