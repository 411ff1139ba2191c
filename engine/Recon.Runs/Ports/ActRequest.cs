// What a person asks the store to keep, and what came of it.
using Recon.Model.Acts;

namespace Recon.Runs.Ports;

/// <summary>An act to be recorded, once.</summary>
/// <param name="Act">With its effect; key and number are given when it is recorded.</param>
/// <param name="Key">The key that the person chose; null: the act repeats the last one of its subject if it has the same effect.</param>
/// <param name="Objection">
/// Why the act is not possible after the earlier acts on its pack, which are given in their order; null where it is. Asked
/// while nobody else writes.
/// </param>
public sealed record ActRequest(Act Act, string? Key, Func<IReadOnlyList<Act>, string?> Objection)
{
    /// <summary>Of the earlier acts on the subject the one by which already holds what is wanted; it is given where no key was.</summary>
    public Func<IReadOnlyList<Act>, Act?> Holding { get; init; } = _ => null;
}

/// <param name="WasRecorded">True where the act had been recorded before: nothing was done again.</param>
public sealed record ActOutcome(Act Act, bool WasRecorded);
