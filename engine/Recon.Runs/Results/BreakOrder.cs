// The order in which people work through breaks.
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Runs.Results;

/// <summary>Gravest first: loss, disputed, suspicious, expected, settled; then the oldest; then by leg and record.</summary>
public static class BreakOrder
{
    public static IOrderedEnumerable<T> GravestFirst<T>(IEnumerable<T> items, Func<T, Break> breakOf) => items
        .OrderByDescending(item => breakOf(item).Status)
        .ThenBy(item => breakOf(item).DatedFrom)
        .ThenBy(item => string.Join('~', breakOf(item).Leg), StringComparer.Ordinal)
        .ThenBy(item => breakOf(item).Records[0]);

    /// <summary>Of several packs: what is the same so far, by pack.</summary>
    public static IEnumerable<StoredBreak> GravestFirst(IEnumerable<StoredBreak> breaks) =>
        GravestFirst(breaks, stored => stored.Break).ThenBy(stored => stored.PackId, StringComparer.Ordinal);
}
