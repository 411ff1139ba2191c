// Whose amount is believed when several sources speak of one event.
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <summary>
/// Sources by trust in their value: first those of the first <c>trust</c> list that names the value field of any source,
/// in its order; then the books; then the others as declared.
/// </summary>
sealed class TrustOrder
{
    readonly int[] _rankOf;

    public TrustOrder(Pack pack)
    {
        var list = pack.Trust.FirstOrDefault(spec => spec.Sources.Any(field => IsValue(pack, field)));
        var trusted = (list?.Sources ?? [])
            .Where(field => IsValue(pack, field))
            .Select(field => pack.Source(field.Source));
        var rest = pack.Sources.OrderBy(source => source.Role == SourceRole.Books ? 0 : 1);
        var order = trusted.Concat(rest).Select(source => source.Index).Distinct().ToList();
        _rankOf = [.. pack.Sources.Select(source => order.IndexOf(source.Index))];
    }

    /// <summary>0 for the most trusted source.</summary>
    public int RankOf(SourceSpec source) => _rankOf[source.Index];

    static bool IsValue(Pack pack, TrustedField field) => pack.Source(field.Source).Value == field.Field;
}
