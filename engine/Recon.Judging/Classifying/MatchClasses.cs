// Finds the matches that are breaks, and the first class that holds for each.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Classifying;

/// <summary>
/// A match with a difference is asked of every class; a match without one only of the classes that name its pass, and
/// is <c>matched</c> where none of them holds.
/// </summary>
static class MatchClasses
{
    // Matches between two looks at the cancellation: about a millisecond.
    const int CancellationStride = 1 << 14;

    /// <summary>Subjects of one leg in the order of its matches.</summary>
    public static List<Subject> Find(
        LegView view, JudgingInput input, CancellationToken cancellation)
    {
        var subjects = new List<Subject>();
        for (var start = 0; start < view.Matches.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var pass = input.Pack.Passes[view.Matches.PassOf(start)];
            var end = start;
            while (end < view.Matches.Count && view.Matches.PassOf(end) == pass.Index)
            {
                end++;
            }

            subjects.AddRange(OfPass(view, pass, (start, end), input, cancellation));
            start = end;
        }

        return subjects;
    }

    static IEnumerable<Subject> OfPass(
        LegView view,
        PassSpec pass,
        (int Start, int End) matches,
        JudgingInput input,
        CancellationToken cancellation)
    {
        if (pass.Kind == PassKind.OwnPostings)
        {
            return AlteredPostings.Of(view, pass, matches, input.Altered);
        }

        return OfRules(view, pass, matches, input, cancellation);
    }

    static IEnumerable<Subject> OfRules(
        LegView view,
        PassSpec pass,
        (int Start, int End) matches,
        JudgingInput input,
        CancellationToken cancellation)
    {
        var (classes, rules) = (input.Pack.Classes, input.Rules);
        var checks = new PassChecks(pass, view, input.Rates);
        var named = classes.Any(rule => Names(rule, pass));
        var candidates = Candidates(view, checks, matches, named, cancellation);
        var hits = FirstHits(view, pass, candidates, classes, rules);
        for (var i = 0; i < hits.Length; i++)
        {
            Require.That(hits[i] is not null || !candidates[i].Differs);
            if (hits[i] is { } hit)
            {
                yield return SubjectOf(view, pass, checks, candidates[i].Match, hit);
            }
        }
    }

    static List<Candidate> Candidates(
        LegView view,
        PassChecks checks,
        (int Start, int End) matches,
        bool named,
        CancellationToken cancellation)
    {
        var candidates = new List<Candidate>();
        var match = matches.Start;
        try
        {
            for (; match < matches.End; match++)
            {
                var differs = checks.Differs(match);
                if (differs || named)
                {
                    candidates.Add(new Candidate(match, differs));
                }

                if (match % CancellationStride == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }
        catch (OverflowException overflow)
        {
            throw AmountRange.Left(Members(view, match), overflow);
        }

        return candidates;
    }

    static ClassSpec?[] FirstHits(
        LegView view,
        PassSpec pass,
        List<Candidate> candidates,
        IReadOnlyList<ClassSpec> classes,
        ICompiledRules rules)
    {
        var hits = new ClassSpec?[candidates.Count];
        foreach (var rule in classes.Where(rule => rule.On is BreakCondition.Any || Names(rule, pass)))
        {
            var asked = Enumerable.Range(0, hits.Length)
                .Where(i => hits[i] is null && (candidates[i].Differs || Names(rule, pass)))
                .ToArray();
            var holds = Ask(rule, view, pass, [.. asked.Select(i => candidates[i].Match)], rules);
            for (var i = 0; i < asked.Length; i++)
            {
                hits[asked[i]] = holds[i] ? rule : null;
            }
        }

        return hits;
    }

    static bool[] Ask(ClassSpec rule, LegView view, PassSpec pass, int[] matches, ICompiledRules rules)
    {
        var holds = new bool[matches.Length];
        if (rule.When is null || rule.On is BreakCondition.Any)
        {
            Array.Fill(holds, true);
        }
        else if (pass.IsOfSeveral)
        {
            AskSeveral(rules.Several(rule.When), view, matches, holds);
        }
        else if (pass.Cardinality == Cardinality.OneToOne)
        {
            AskPairs(rules.Pair(rule.When), view, pass, matches, holds);
        }
        else if (pass.Cardinality == Cardinality.ManyToMany)
        {
            AskGroups(rules.Groups(rule.When), view, pass, matches, holds);
        }
        else
        {
            AskGroups(rules.Group(rule.When), view, pass, matches, holds);
        }

        return holds;
    }

    static void AskPairs(PairPredicate predicate, LegView view, PassSpec pass, int[] matches, bool[] holds)
    {
        var left = view.SideOf(pass.Left.Name);
        var leftRows = Array.ConvertAll(matches, match => view.Matches.RowsOf(left, match)[0]);
        var rightRows = Array.ConvertAll(matches, match => view.Matches.RowsOf(1 - left, match)[0]);
        if (matches.Length > 0)
        {
            predicate(view.Tables[left], view.Tables[1 - left], leftRows, rightRows, holds);
        }
    }

    static void AskSeveral(SeveralPredicate predicate, LegView view, int[] matches, bool[] holds)
    {
        var sides = Enumerable.Range(0, view.Tables.Count);
        predicate(view.Tables, [.. matches.SelectMany(match => sides.Select(side => view.Matches.RowsOf(side, match)[0]))], holds);
    }

    static void AskGroups(GroupPredicate predicate, LegView view, PassSpec pass, int[] matches, bool[] holds)
    {
        var one = view.SideOf(pass.Cardinality == Cardinality.OneToMany ? pass.Left.Name : pass.Right.Name);
        for (var i = 0; i < matches.Length; i++)
        {
            holds[i] = predicate(
                view.Tables[one],
                view.Matches.RowsOf(one, matches[i])[0],
                view.Tables[1 - one],
                view.Matches.RowsOf(1 - one, matches[i]));
        }
    }

    static void AskGroups(GroupsPredicate predicate, LegView view, PassSpec pass, int[] matches, bool[] holds)
    {
        var left = view.SideOf(pass.Left.Name);
        for (var i = 0; i < matches.Length; i++)
        {
            holds[i] = predicate(
                view.Tables[left], view.Matches.RowsOf(left, matches[i]), view.Tables[1 - left], view.Matches.RowsOf(1 - left, matches[i]));
        }
    }

    static Subject SubjectOf(LegView view, PassSpec pass, PassChecks checks, int match, ClassSpec hit)
    {
        try
        {
            return new Subject(
                BreakKind.Difference,
                view,
                pass,
                [.. view.Tables.Select((_, side) => view.Matches.RowsOf(side, match).ToArray())],
                checks.Describe(match),
                hit);
        }
        catch (OverflowException overflow)
        {
            throw AmountRange.Left(Members(view, match), overflow);
        }
    }

    static bool Names(ClassSpec rule, PassSpec pass) =>
        rule.On is BreakCondition.MatchOf named && named.Pass == pass.Id;

    static string Members(LegView view, int match) => string.Join(
        " and ", view.Tables.Select((_, side) => view.RecordOf(side, view.Matches.RowsOf(side, match)[0])));

    readonly record struct Candidate(int Match, bool Differs);
}
