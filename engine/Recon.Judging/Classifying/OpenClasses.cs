// Finds what no pass settled, open records and ambiguous components, and the first class that holds for each.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Classifying;

/// <summary>Every open record of a leg stands in exactly one subject: alone, or in an ambiguous component.</summary>
static class OpenClasses
{
    /// <summary>Subjects of one leg in the order of (source, id of the first record).</summary>
    public static List<Subject> Find(
        LegView view, Pack pack, ICompiledRules rules, CancellationToken cancellation)
    {
        bool[][] taken = [.. view.Tables.Select((_, side) => Taken(view, side))];
        var subjects = new List<Subject>();
        foreach (var component in view.Matches.Ambiguous)
        {
            int[][] rows = [.. component.Rows.Select((own, side) => own.Where(row => !taken[side][row]).ToArray())];
            if (rows.Length == 1 ? rows[0].Length > 1 : rows.Count(own => own.Length > 0) > 1)
            {
                for (var side = 0; side < rows.Length; side++)
                {
                    Array.ForEach(rows[side], row => taken[side][row] = true);
                }

                subjects.Add(Ambiguous(view, pack, component, rows));
            }
        }

        for (var side = 0; side < taken.Length && pack.KeepsOpen(view.Leg); side++)
        {
            cancellation.ThrowIfCancellationRequested();
            subjects.AddRange(Open(view, side, taken[side], pack, rules));
        }

        return InOrder(subjects);
    }

    // Numbers are sorted many times faster than subjects; no two of them begin with one row.
    static List<Subject> InOrder(List<Subject> subjects)
    {
        var places = subjects.ConvertAll(Place).ToArray();
        var sorted = subjects.ToArray();
        Array.Sort(places, sorted);
        return [.. sorted];
    }

    static long Place(Subject subject) => ((long)subject.FirstSide << 32) + subject.Rows[subject.FirstSide][0];

    static bool[] Taken(LegView view, int side)
    {
        var taken = new bool[view.Tables[side].Count];
        view.Settled[side]?.CopyTo(taken, 0);
        for (var row = 0; row < taken.Length; row++)
        {
            taken[row] |= view.Matches.TakenBy(side, row) >= 0;
        }

        for (var match = 0; match < view.Matches.Count; match++)
        {
            foreach (var row in view.Matches.RowsOf(side, match))
            {
                taken[row] = true;
            }
        }

        return taken;
    }

    /// <remarks>C# is written for records and pairs; a component is neither, so classes with a condition pass it by.</remarks>
    static Subject Ambiguous(LegView view, Pack pack, AmbiguousComponent component, int[][] rows)
    {
        var pass = pack.Passes[component.Pass];
        var hit = pack.Classes.FirstOrDefault(rule => rule.On switch
        {
            BreakCondition.Any => true,
            BreakCondition.AmbiguousOf named => named.Pass == pass.Id && rule.When is null,
            _ => false,
        });
        Require.That(hit is not null);
        return new Subject(BreakKind.Ambiguous, view, pass, rows, [], hit!) { Component = component };
    }

    static IEnumerable<Subject> Open(
        LegView view, int side, bool[] taken, Pack pack, ICompiledRules rules)
    {
        var open = Enumerable.Range(0, taken.Length).Where(row => !taken[row]).ToArray();
        var missing = MissingOf(view, side, pack);
        var hits = new ClassSpec?[open.Length];
        foreach (var rule in pack.Classes.Where(rule => Names(rule, view, side)))
        {
            var asked = Enumerable.Range(0, open.Length)
                .Where(i => hits[i] is null && IsMissing(rule, missing.GetValueOrDefault(open[i]))).ToArray();
            var holds = Ask(rule, view.Tables[side], Array.ConvertAll(asked, i => open[i]), rules);
            for (var i = 0; i < asked.Length; i++)
            {
                hits[asked[i]] = holds[i] ? rule : null;
            }
        }

        for (var i = 0; i < open.Length; i++)
        {
            Require.That(hits[i] is not null);
            var rows = new int[view.Tables.Count][];
            Array.Fill(rows, []);
            rows[side] = [open[i]];
            yield return new Subject(BreakKind.Open, view, null, rows, [], hits[i]!)
            {
                Missing = missing.GetValueOrDefault(open[i]),
            };
        }
    }

    // Row → the partial match in which it stands.
    static Dictionary<int, MissingLeg> MissingOf(LegView view, int side, Pack pack) => view.Matches.Partials
        .Where(partial => partial.Missing != side)
        .ToDictionary(partial => partial.Rows[side], partial => new MissingLeg(pack.Passes[partial.Pass], partial));

    static bool IsMissing(ClassSpec rule, MissingLeg? missing) => rule.On is not BreakCondition.MissingOf named
        || (missing is not null && missing.Pass.Id == named.Pass && missing.Pass.Leg.Names[missing.Match.Missing] == named.Source);

    static bool[] Ask(ClassSpec rule, RecordTable table, int[] rows, ICompiledRules rules)
    {
        var holds = new bool[rows.Length];
        if (rule.When is null || rule.On is BreakCondition.Any)
        {
            Array.Fill(holds, true);
        }
        else if (rows.Length > 0)
        {
            rules.Record(rule.When)(table, rows, holds);
        }

        return holds;
    }

    static bool Names(ClassSpec rule, LegView view, int side) => rule.On switch
    {
        BreakCondition.Any => true,
        BreakCondition.MissingOf missing => view.SideOf(missing.Source) is >= 0 and var lacking && lacking != side,
        BreakCondition.OpenOf open => open.Source == view.Tables[side].Name
            && (open.Toward is null || view.SideOf(open.Toward) >= 0),
        _ => false,
    };
}
