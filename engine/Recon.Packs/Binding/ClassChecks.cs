// Asks whether the classes of a pack make sense together.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;

namespace Recon.Packs.Binding;

sealed class ClassChecks(Report report, IReadOnlyList<BoundClass> classes)
{
    public void Check(Place section)
    {
        CheckOtherwise(section);
        CheckReach();
        CheckThen();
        CheckCycles();
        foreach (var rule in classes.Where(HoldsForEver))
        {
            report.Add(
                Findings.NoDeadline, rule.Spec.Place,
                "until: { business_days: 3, calendar: TARGET2, then: … }", rule.Spec.Id);
        }
    }

    static bool HoldsForEver(BoundClass rule) =>
        rule.Certain && rule.Spec.Status == Status.Expected && !rule.Keys.Has("until");

    static bool IsOtherwise(BoundClass rule) => rule.Keys.Has("otherwise");

    void CheckOtherwise(Place section)
    {
        var last = classes.ToList().FindIndex(IsOtherwise);
        if (last < 0)
        {
            report.Add(
                Findings.NoOtherwise, section,
                "end with: - { id: unexplained, status: suspicious, otherwise: true }");
            return;
        }

        foreach (var rule in classes.Skip(last + 1))
        {
            report.Add(Findings.AfterOtherwise, rule.Spec.Place, "move it up", rule.Spec.Id);
        }
    }

    /// <summary>A class that another one turns into is reached by time, whatever stands before it.</summary>
    void CheckReach()
    {
        var later = classes.Select(rule => rule.Spec.Until?.Then).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < classes.Count; i++)
        {
            var rule = classes[i];
            var earlier = classes.Take(i).FirstOrDefault(before => before.Certain && !before.Keys.Has("when")
                && !IsOtherwise(before) && Covers(before.Spec.On, rule.Spec.On));
            if (earlier is not null && rule.Certain && !IsOtherwise(rule) && !later.Contains(rule.Spec.Id))
            {
                report.Add(
                    Findings.Unreachable, rule.Spec.Place,
                    "move it up, give the earlier one a 'when', or let its 'until' lead here",
                    rule.Spec.Id, earlier.Spec.Id);
            }
        }
    }

    static bool Covers(BreakCondition wide, BreakCondition narrow) => wide == narrow
        || (wide is BreakCondition.OpenOf { Toward: null } all
            && narrow is BreakCondition.OpenOf some && all.Source == some.Source);

    void CheckThen()
    {
        var ids = classes.Select(rule => rule.Spec.Id).ToList();
        foreach (var rule in classes)
        {
            if (rule.Spec.Until is { Then: { Length: > 0 } then } && !ids.Contains(then))
            {
                report.Add(Findings.UnknownClass, rule.ThenPlace, NearestName.Hint(then, ids), then);
            }
        }
    }

    void CheckCycles()
    {
        var next = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in classes.Where(rule => rule.Spec.Until is not null))
        {
            next.TryAdd(rule.Spec.Id, rule.Spec.Until!.Then);
        }

        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in classes)
        {
            var path = new List<string>();
            var id = rule.Spec.Id;
            while (next.TryGetValue(id, out var then) && !reported.Contains(id))
            {
                if (path.Contains(id))
                {
                    ReportCycle([.. path.SkipWhile(step => step != id), id]);
                    break;
                }

                path.Add(id);
                id = then;
            }

            reported.UnionWith(path);
        }
    }

    void ReportCycle(List<string> cycle)
    {
        var rule = classes.First(known => known.Spec.Id == cycle[0]);
        report.Add(
            Findings.DeadlineCycle, rule.ThenPlace, "let the last one end in a class without 'until'",
            string.Join(" → ", cycle));
    }
}
