// Counts what a rule does while it is asked, and ends it where that is more than a rule may.
using System.Diagnostics.CodeAnalysis;

namespace Recon.Model.Rules;

/// <summary>
/// Steps are the records that a rule looks at, characters those of the texts that it makes: counted, never timed, so that a rule that ends here ends
/// everywhere. The compiler puts the calls into the checked rule; no rule can name this type. One thread.
/// </summary>
public sealed class RuleMeter(RuleTotal total)
{
    /// <summary>5,000,000: all pairs of a group of 2,200 records.</summary>
    public const long MostSteps = 5_000_000;

    /// <summary>4,000,000 characters.</summary>
    public const long MostCharacters = 4_000_000;

    // Counted on from record to record; what moves is the bound.
    long _steps;
    long _characters;
    long _lastStep = MostSteps;
    long _lastCharacter = MostCharacters;

    /// <summary>The next records are looked at: what was counted for the ones before is not theirs.</summary>
    /// <returns>Itself.</returns>
    public RuleMeter Next()
    {
        _lastStep = _steps + MostSteps;
        _lastCharacter = _characters + MostCharacters;
        return this;
    }

    /// <summary>A list about to be gone through by so many operators.</summary>
    /// <exception cref="RuleBudgetException">Beyond <see cref="MostSteps"/>.</exception>
    public T[] Of<T>(T[] list, int operators)
    {
        Step((long)list.Length * operators);
        return list;
    }

    /// <inheritdoc cref="Of{T}(T[], int)"/>
    public IReadOnlyList<T> Of<T>(IReadOnlyList<T> list, int operators)
    {
        Step((long)list.Count * operators);
        return list;
    }

    /// <inheritdoc cref="Each{T}"/>
    public IEnumerable<T> Of<T>(IEnumerable<T> list, int operators) => Each(list, operators);

    /// <summary>A list of which nobody knows how often it is gone through: each time counts.</summary>
    /// <exception cref="RuleBudgetException">Beyond <see cref="MostSteps"/>, while it is gone through.</exception>
    public IEnumerable<T> Each<T>(IEnumerable<T> list, int operators)
    {
        foreach (var item in list)
        {
            Step(operators);
            yield return item;
        }
    }

    /// <summary>A function of the pack is called.</summary>
    /// <returns>Itself.</returns>
    /// <exception cref="RuleBudgetException">Beyond <see cref="MostSteps"/>.</exception>
    public RuleMeter Call()
    {
        Step(1);
        return this;
    }

    /// <summary>A text that was made.</summary>
    /// <exception cref="RuleBudgetException">Beyond <see cref="MostCharacters"/>.</exception>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Text(string? text)
    {
        _characters += text?.Length ?? 0;
        return _characters <= _lastCharacter ? text : throw new RuleBudgetException($"makes more than {MostCharacters:N0} characters of text");
    }

    /// <summary>The loop is at its end: what it took is added to what the rule took in this run.</summary>
    /// <param name="evaluations">How often the rule was asked.</param>
    /// <exception cref="RuleFailedException">The rule, or all rules of the run, took more than they may.</exception>
    public void End(long evaluations) => total.Add(evaluations, _steps, _characters);

    void Step(long count)
    {
        _steps += count;
        if (_steps > _lastStep)
        {
            throw new RuleBudgetException($"looks at more than {MostSteps:N0} records for one answer");
        }
    }
}

/// <summary>A rule asks for more than its budget; the loop around it adds the rule and the records.</summary>
public sealed class RuleBudgetException(string what) : Exception($"it {what}; a bound, so that it ends: narrow its lists with a key, or compare less often");
