// Runs the search of a pass anew around two records, and says what it finds.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Matching.Reading;
using Recon.Matching.Searching;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

sealed class SearchQuestion(
    Pack pack, PassConditions pass, RecordTable[] tables, Reach reach, ReaderFactory readers, MatchOptions options)
{
    // More answers than these tell a reader nothing new.
    const int AnswersShown = 3;

    string Name => $"search for groups of {pass.Pass.Size.Fewest} to {pass.Pass.Size.Most}";

    public ConditionCheck NotAsked() => new(ConditionKind.Search, Name, null, null, Verdict.NotAsked, null);

    /// <summary>Whether a group with both records adds up, among all that was within the reach of the pass.</summary>
    /// <exception cref="RuleFailedException">The C# of the pass threw.</exception>
    public ConditionCheck Of(int first, int second)
    {
        var open = Around(first, second);
        var plan = new PassPlan(pass.Pass, tables, readers, options.Rules, options.HashSeed) { FewTexts = options.Cut.FewTexts };
        Interchangeable[] same =
            [.. tables.Select(table => new Interchangeable(pack, pass.Pass.Leg, table, pass.Pass, options.HashSeed))];
        var found = new PassRunner(plan, same, new Workers(1, options.Cut, CancellationToken.None)).List(open);
        var component = found.Components.Find(each => each.Rows[0].Contains(first) && each.Rows[1].Contains(second));
        var answers = found.Components.Where(each => each.Rows[0].Contains(first) || each.Rows[1].Contains(second))
            .SelectMany(each => each.Answers).ToList();
        var holds = component is not null && component.Edges.Contains(new Edge(new SideRow(0, first), new SideRow(1, second)));
        return new ConditionCheck(
            ConditionKind.Search, Name, null,
            found.Capped.FirstOrDefault(each => each.Rows[0].Contains(first) && each.Rows[1].Contains(second)) is { } capped ? Words(capped.Cause)
                : answers.Count == 0 ? NoAnswer(plan, first, second)
                : Words(answers, holds),
            holds ? Verdict.Holds : Verdict.Fails, null);
    }

    // One record with all it may be made of; in n:m all that shares the key.
    OpenRows Around(int first, int second)
    {
        var open = OpenRows.None(tables);
        for (var side = 0; side < 2; side++)
        {
            for (var row = 0; row < tables[side].Count; row++)
            {
                if (IsNear(side, row, first, second) && reach.Reaches(pass.Pass, side, row))
                {
                    open.Open(side, row);
                }
            }
        }

        return open;
    }

    bool IsNear(int side, int row, int first, int second)
    {
        var asked = side == 0 ? first : second;
        return pass.Pass.Cardinality == Cardinality.ManyToMany
            ? side == 0 ? pass.KeyHolds(row, second) : pass.KeyHolds(first, row)
            : side == pass.OneSide ? row == asked
            : side == 0 ? pass.PairHolds(row, second) : pass.PairHolds(first, row);
    }

    static string Words(CapCause cause) => cause switch
    {
        CapCause.Candidates => "too many candidates",
        CapCause.Steps => "budget spent",
        _ => "more work than a key may cost",
    };

    string Words(List<GroupAnswer> answers, bool holds)
    {
        var count = answers.Count == 1 ? "1 answer" : $"{answers.Count} answers";
        var shown = string.Join("; ", answers.Take(AnswersShown).Select(Text));
        return $"{count}{(holds ? "" : ", none with both")}: {shown}{(answers.Count > AnswersShown ? "; …" : "")}";
    }

    string AmountText(Int128 units, int currency) =>
        pass.All.OfType<RangeCondition>().First(each => each.IsOfTotal).Amount(units, currency);

    string Text(GroupAnswer answer) => string.Join(" = ", answer.Rows.Select((rows, side) =>
        string.Join(" + ", rows.Select(tables[side].Id))));

    // How near the nearest sum comes, where one record is searched for.
    string NoAnswer(PassPlan plan, int first, int second)
    {
        if (pass.Pass.Cardinality == Cardinality.ManyToMany || plan.Totals.Count == 0)
        {
            return "no answer";
        }

        var one = pass.OneSide == 0 ? first : second;
        var total = plan.Totals[0];
        if (!total.Readers[plan.OneSide].TryRead(one, out var value, out var currency))
        {
            return "no answer";
        }

        var candidates = new List<Bin>();
        for (var row = 0; row < tables[1 - plan.OneSide].Count && candidates.Count <= SubsetSolver.MostCandidates; row++)
        {
            if (IsNear(1 - plan.OneSide, row, first, second) && reach.Reaches(pass.Pass, 1 - plan.OneSide, row)
                && total.Readers[1 - plan.OneSide].TryRead(row, out var units, out var code) && code == currency)
            {
                candidates.Add(new Bin([units], 1));
            }
        }

        var (low, high) = total.Allowance.Around(plan.OneSide, value);
        var size = new MemberRange(pass.Pass.Size.Fewest, pass.Pass.Size.Most);
        var problem = new SubsetProblem(candidates, [new SumRange(low, high)], size) { MostSteps = pass.Pass.Search!.Steps };
        return SubsetSolver.Nearest(problem) is not { } nearest ? $"no answer among {candidates.Count}"
            : nearest.Distance == 0 ? $"no answer among {candidates.Count} meets every condition"
            : $"no answer among {candidates.Count}, the nearest sum is {AmountText(nearest.Sum, currency)}";
    }
}
