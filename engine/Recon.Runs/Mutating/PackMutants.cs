// All small errors that a bound pack may have, each by itself.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Mutating;

/// <summary>
/// Operators after DeMillo, Lipton and Sayward (Hints on test data selection, 1978): a rule left out, two swapped, a condition dropped or
/// turned, a bound moved by one unit or doubled, a choice made otherwise. Conditions in C# are changed letter by letter elsewhere.
/// </summary>
public static class PackMutants
{
    public static IEnumerable<Mutant> Of(Pack pack, ICompiledRules rules) =>
        [.. Sources(pack, rules), .. Passes(pack, rules), .. Classes(pack, rules), .. Resolutions(pack, rules), .. Trust(pack, rules)];

    static IEnumerable<Mutant> Sources(Pack pack, ICompiledRules rules) =>
        from source in pack.Sources
        let kept = source.Where
        where kept is not null
        select new Mutant(kept.Place, $"source {source.Name}: 'where' keeps what it left out", pack, new TurnedRules(rules, kept.Path));

    static IEnumerable<Mutant> Passes(Pack pack, ICompiledRules rules)
    {
        foreach (var (index, pass) in pack.Passes.Index())
        {
            foreach (var (what, changed) in Changed(pass, IsHoldFelt(pack, pass)))
            {
                yield return new Mutant(pass.Place, $"pass {pass.Id}: {what}", With(pack, index, changed), rules);
            }

            yield return new Mutant(
                pass.Place, $"pass {pass.Id} is left out", With(pack, index, pass with { When = new RuleRef(TurnedRules.Never, "false", pass.Place) }),
                new TurnedRules(rules, ""));
            if (pass.When is { } when)
            {
                yield return new Mutant(when.Place, $"pass {pass.Id}: 'when' holds where it did not", pack, new TurnedRules(rules, when.Path));
            }

            if (index + 1 < pack.Passes.Count && pack.Passes[index + 1].Leg.Index == pass.Leg.Index && !ApartRules.Are(pass, pack.Passes[index + 1]))
            {
                yield return new Mutant(pass.Place, $"pass {pass.Id} after {pack.Passes[index + 1].Id} instead of before it", Swapped(pack, index), rules);
            }
        }
    }

    // A tie that chooses leaves no question to hold (but a key of tens of millions of pairs), and nobody comes after the last pass of a leg.
    static bool IsHoldFelt(Pack pack, PassSpec pass) =>
        pass.Tie.Kind is TieKind.Ask or TieKind.Best && pack.Passes.Skip(pass.Index + 1).Any(later =>
            later.Leg.Index == pass.Leg.Index || (later.Kind != PassKind.Join && later.Leg.Sources.Intersect(pass.Leg.Sources).Any()));

    static IEnumerable<(string What, PassSpec Pass)> Changed(PassSpec pass, bool isHoldFelt)
    {
        if (pass.When is not null)
        {
            yield return ("'when' is left out", pass with { When = null });
        }

        if (pass.Kind == PassKind.Join && !pass.IsGroup && !pass.IsOfSeveral && isHoldFelt)
        {
            yield return ($"hold: {(pass.Hold ? "false" : "true")}", pass with { Hold = !pass.Hold });
        }

        if (pass is { Tie.Kind: not TieKind.Ask, Kind: PassKind.Join, IsOfSeveral: false })
        {
            yield return ("tie: ask", pass with { Tie = new TieRule(TieKind.Ask) });
        }

        for (var i = 0; i < pass.Key.Count && pass.Key.Count > 1 && !pass.IsOfSeveral; i++)
        {
            var without = pass.Key.Where((_, index) => index != i).ToList();
            yield return ($"the key without {pass.Key[i].LeftField}", pass with { Key = without });
        }

        foreach (var (i, comparison) in pass.Comparisons.Index().Where(entry => entry.Item.Tolerance is not null && !pass.IsOfSeveral))
        {
            foreach (var (what, tolerance) in ToleranceMutants.Of(comparison.Tolerance!))
            {
                var changed = comparison with { Tolerance = tolerance };
                yield return ($"{comparison.Name} {what}", pass with { Comparisons = Replaced(pass.Comparisons, i, changed) });
            }
        }
    }

    static IEnumerable<Mutant> Classes(Pack pack, ICompiledRules rules)
    {
        foreach (var (index, rule) in pack.Classes.Index())
        {
            Mutant Of(string what, ClassSpec changed) =>
                new(rule.Place, $"class {rule.Id}: {what}", pack with { Classes = Replaced(pack.Classes, index, changed) }, rules);
            if (rule.When is { } when)
            {
                yield return Of("'when' is left out", rule with { When = null });
                yield return new Mutant(when.Place, $"class {rule.Id}: 'when' holds where it did not", pack, new TurnedRules(rules, when.Path));
            }

            // A test is one run, so a deadline from the day on which a break is first seen never passes in it.
            if (rule.Until is { From: not null } until)
            {
                yield return Of($"until day {until.Days + 1} instead of {until.Days}", rule with { Until = until with { Days = until.Days + 1 } });
                yield return Of("'until' is left out", rule with { Until = null });
                if (until.Days > 0)
                {
                    yield return Of($"until day {until.Days - 1} instead of {until.Days}", rule with { Until = until with { Days = until.Days - 1 } });
                }
            }

            if (index + 1 < pack.Classes.Count && pack.Classes[index + 1].On == rule.On && !ApartRules.Are(rule, pack.Classes[index + 1]))
            {
                yield return new Mutant(rule.Place, $"class {rule.Id} after {pack.Classes[index + 1].Id} instead of before it", pack with
                {
                    Classes =
                    [
                        .. pack.Classes.Take(index), pack.Classes[index + 1] with { Index = index }, rule with { Index = index + 1 },
                        .. pack.Classes.Skip(index + 2),
                    ],
                }, rules);
            }
        }
    }

    static IEnumerable<Mutant> Resolutions(Pack pack, ICompiledRules rules) =>
        from entry in pack.Resolutions.Index()
        from change in Changed(entry.Item)
        select new Mutant(
            entry.Item.Place, $"resolution of {entry.Item.For}: {change.What}",
            pack with { Resolutions = Replaced(pack.Resolutions, entry.Index, change.Resolution) }, rules);

    static IEnumerable<(string What, ResolutionSpec Resolution)> Changed(ResolutionSpec rule)
    {
        var other = rule.Tier == Tier.Manual ? Tier.Escalate : Tier.Manual;
        yield return ($"tier: {other.ToString().ToLowerInvariant()}", rule with { Tier = other });
        foreach (var each in rule.Limit.Each.Take(1))
        {
            foreach (var amount in ToleranceMutants.Amounts(each.Number).Select(number => new Money(number, each.CurrencyCode)))
            {
                var limit = rule.Limit with { Each = [amount, .. rule.Limit.Each.Skip(1)] };
                yield return ($"up to {amount} each instead of {each}", rule with { Limit = limit });
            }
        }

        if (rule.Post is { } post)
        {
            yield return ("debit and credit swapped", rule with { Post = post with { Debit = post.Credit, Credit = post.Debit } });
            yield return ("nothing is posted", rule with { Post = null });
        }
    }

    static IEnumerable<Mutant> Trust(Pack pack, ICompiledRules rules) =>
        from entry in pack.Trust.Index()
        where entry.Item.Sources.Count > 1
        select new Mutant(
            pack.Passes[0].Place, $"trust in {entry.Item.Field}: {entry.Item.Sources[1].Source} before {entry.Item.Sources[0].Source}",
            pack with
            {
                Trust = Replaced(pack.Trust, entry.Index, entry.Item with
                {
                    Sources = [entry.Item.Sources[1], entry.Item.Sources[0], .. entry.Item.Sources.Skip(2)],
                }),
            },
            rules);

    static Pack With(Pack pack, int index, PassSpec pass) => pack with { Passes = Replaced(pack.Passes, index, pass) };

    static Pack Swapped(Pack pack, int index) => pack with
    {
        Passes =
        [
            .. pack.Passes.Take(index), pack.Passes[index + 1] with { Index = index }, pack.Passes[index] with { Index = index + 1 },
            .. pack.Passes.Skip(index + 2),
        ],
    };

    static IReadOnlyList<T> Replaced<T>(IReadOnlyList<T> list, int index, T item) => [.. list.Take(index), item, .. list.Skip(index + 1)];
}
