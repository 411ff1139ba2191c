// Faults of the sources of one run, joined to one.
using Recon.Model;

namespace Recon.Runs;

/// <summary>Faults of several sources as one, so that an operator hears of all of them at once.</summary>
static class ReadFaults
{
    /// <returns>Null where there is none; else a wrong input before a missing one, with every message.</returns>
    internal static ReconException? Joined(IReadOnlyList<ReconException?> faults)
    {
        var all = faults.OfType<ReconException>().ToList();
        if (all.Count <= 1)
        {
            return all.FirstOrDefault();
        }

        var gravest = all.MaxBy(fault => fault.Kind == FaultKind.InputMissing ? 0 : 1)!;
        var messages = string.Join("\n", all.Select(fault => fault.Message));
        return new ReconException(messages, gravest.Kind, all.TrueForAll(fault => fault.IsTransient), gravest);
    }
}
