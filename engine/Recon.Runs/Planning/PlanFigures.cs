// The figures of one side of a plan.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Planning;

/// <summary>Money per currency, never summed over currencies.</summary>
public static class PlanFigures
{
    /// <summary>What the engine would post by itself, by the code of the currency.</summary>
    public static IReadOnlyList<(Currency Currency, ExactTotal Total)> Queued(RunRecord record) =>
        MoneySums.Of(record.Posts.Where(posting => posting.State == PostingState.Queued).Select(posting => posting.Amount));

    /// <summary>What is at risk, as the run's exposure has it, by the code of the currency.</summary>
    public static IReadOnlyList<(Currency Currency, ExactTotal Net, ExactTotal Absolute)> Open(RunRecord record) =>
    [
        .. record.Exposure.GroupBy(line => line.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal).Select(group => (
            group.Key,
            group.Aggregate(default(ExactTotal), (sum, line) => sum + line.Net),
            group.Aggregate(default(ExactTotal), (sum, line) => sum + line.Absolute))),
    ];

    /// <summary>Breaks that wait for a person.</summary>
    public static int ForPeople(RunRecord record) => record.Breaks.Count(item => item.Tier is Tier.Escalate or Tier.Manual);
}
