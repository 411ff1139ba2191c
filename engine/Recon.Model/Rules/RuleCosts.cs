// What the rules of a pack took in one run.
using System.Collections.Concurrent;

namespace Recon.Model.Rules;

/// <summary>The same for the same rules and records, whatever threads and machine.</summary>
/// <param name="Rule">Its path.</param>
/// <param name="Evaluations">How often it was asked.</param>
/// <param name="Steps">Records of lists that it went through.</param>
/// <param name="Characters">Of the texts that it made.</param>
public readonly record struct RuleCost(string Rule, long Evaluations, long Steps, long Characters);

/// <summary>Safe for any number of threads.</summary>
public sealed class RuleCosts
{
    /// <summary>20,000,000,000 evaluations and steps of one rule in one run.</summary>
    public const long MostOfRule = 20_000_000_000;

    /// <summary>100,000,000,000 of all rules together.</summary>
    public const long MostOfRun = 100_000_000_000;

    readonly ConcurrentDictionary<string, RuleTotal> _totals = new(StringComparer.Ordinal);
    long _all;

    /// <summary>A new run.</summary>
    public void Begin()
    {
        foreach (var total in _totals.Values)
        {
            total.Clear();
        }

        Interlocked.Exchange(ref _all, 0);
    }

    /// <summary>Where a rule adds what it takes.</summary>
    public RuleTotal Of(RuleRef rule) => _totals.GetOrAdd(rule.Path, _ => new RuleTotal(rule, this));

    /// <summary>Of the rules that were asked, sorted by path.</summary>
    public IReadOnlyList<RuleCost> Asked() =>
        [.. _totals.Values.Select(total => total.Cost).Where(cost => cost.Evaluations > 0).OrderBy(cost => cost.Rule, StringComparer.Ordinal)];

    internal long AddToAll(long taken) => Interlocked.Add(ref _all, taken);
}

/// <summary>What one rule took in a run. Safe for any number of threads.</summary>
public sealed class RuleTotal(RuleRef rule, RuleCosts costs)
{
    long _evaluations;
    long _steps;
    long _characters;

    internal RuleCost Cost =>
        new(rule.Path, Interlocked.Read(ref _evaluations), Interlocked.Read(ref _steps), Interlocked.Read(ref _characters));

    /// <exception cref="RuleFailedException">The rule, or all rules of the run, took more than they may.</exception>
    public void Add(long evaluations, long steps, long characters)
    {
        var taken = Interlocked.Add(ref _evaluations, evaluations) + Interlocked.Add(ref _steps, steps);
        Interlocked.Add(ref _characters, characters);
        if (taken > RuleCosts.MostOfRule)
        {
            throw Beyond($"took more than {RuleCosts.MostOfRule:N0} steps in one run");
        }

        if (costs.AddToAll(evaluations + steps) > RuleCosts.MostOfRun)
        {
            throw Beyond($"and the others took more than {RuleCosts.MostOfRun:N0} steps in one run");
        }
    }

    internal void Clear()
    {
        Interlocked.Exchange(ref _evaluations, 0);
        Interlocked.Exchange(ref _steps, 0);
        Interlocked.Exchange(ref _characters, 0);
    }

    RuleFailedException Beyond(string what) => new(rule, "all its records", new RuleBudgetException(what));
}
