// Asks the conditions of a pass of one source about two of its records.
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>The conditions of one such pass with what is needed to ask them.</summary>
sealed class OneSourceChecks(PassSpec pass, RecordTable table, ReaderFactory readers, ICompiledRules rules)
{
    readonly PassConditions _conditions = new(pass, [table, table], readers);

    /// <summary>All conditions; the C#, which is asked of each record, is one that holds where it holds for both.</summary>
    /// <exception cref="RuleFailedException">The C# threw.</exception>
    public PassCheck Of(int first, int second)
    {
        var answers = _conditions.All.Select(condition => condition.Check(first, second)).ToList();
        if (pass.When is { } when)
        {
            var holds = new bool[2];
            rules.Record(when)(table, [first, second], holds);
            var verdict = holds[0] && holds[1] ? Verdict.Holds : Verdict.Fails;
            answers.Add(new ConditionCheck(
                ConditionKind.When, when.Text.Trim(), Word(holds[0]), Word(holds[1]), verdict, null));
        }

        return new PassCheck(pass, answers, [], null, null);
    }

    static string Word(bool holds) => holds ? "holds" : "fails";
}
