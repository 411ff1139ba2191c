// What became of an open item of an earlier run under the pack and the rows of this one.
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>A carried item and the record that stands for it now.</summary>
/// <param name="Row">
/// Row of the record; −1 where there is none: the item is held (<paramref name="Why"/>), or its newer version was read and is
/// left out by <c>where</c>.
/// </param>
/// <param name="IsReplaced">True where a newer version was read, which decides.</param>
/// <param name="Why">Why this pack cannot hold the item; null where it can.</param>
public readonly record struct CarriedFate(CarriedItem Item, int Row, bool IsReplaced, string? Why)
{
    /// <summary>How the reason of a reject begins that stands for an open item and not for a row read now.</summary>
    internal const string RejectedAs = "carried: ";

    /// <summary>True where no record stands for the item, and it stays open for all that.</summary>
    public bool IsHeld => Why is not null;
}
