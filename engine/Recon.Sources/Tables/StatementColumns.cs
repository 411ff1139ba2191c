// What the columns of statements have in common, whatever their format.
namespace Recon.Sources.Tables;

static class StatementColumns
{
    /// <summary>Columns that say in which statement an entry came.</summary>
    internal static IReadOnlyList<string> OfDelivery { get; } = ["statement", "sequence"];
}
