// How a file writes its cells.
namespace Recon.Model.Rules;

/// <summary>How cells write numbers and dates.</summary>
/// <param name="Point">The decimal point, <c>.</c> or <c>,</c>.</param>
/// <param name="Grouping">Between thousands, 0 for none.</param>
/// <param name="Dates">A .NET date pattern for <c>date</c> fields, invariant culture; null is ISO <c>yyyy-MM-dd</c>.</param>
/// <param name="Instants">A pattern for <c>instant</c> fields; null is ISO 8601 with or without offset.</param>
public sealed record Dialect(byte Point, byte Grouping, string? Dates, string? Instants)
{
    /// <summary>Point, no grouping, ISO: what statement readers and inline test rows write.</summary>
    public static Dialect Canonical { get; } = new((byte)'.', 0, null, null);
}
