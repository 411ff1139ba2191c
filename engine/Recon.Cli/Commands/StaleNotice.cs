// Says on stderr which dates rest on a state that has changed since.
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

static class StaleNotice
{
    /// <param name="packId">Null: of all packs.</param>
    internal static void Tell(IRunStore store, string? packId)
    {
        IEnumerable<string> packs = packId is not null
            ? [packId]
            : store.Runs(packId: null, int.MaxValue).Select(run => run.PackId).Distinct().Order(StringComparer.Ordinal);
        foreach (var pack in packs)
        {
            if (store.StaleAfter(pack, DateOnly.MinValue) is { Count: > 0 } stale)
            {
                Console.Error.WriteLine(
                    $"recon: {pack}: these dates rest on an older state of earlier dates; run them again, in this order: "
                    + string.Join(", ", stale.Select(ResultDocument.Iso)));
            }
        }
    }
}
