// What one open record weighs, and of one that is open in parts no more than there is.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Weighing;

/// <param name="Break">The gravest break in which the record is open.</param>
/// <param name="At">Where among the breaks it stands.</param>
/// <param name="Whole">Id of the record as it was read; null where nothing is left of any record of its source.</param>
sealed record OpenValue(SourceSpec Source, RecordId Record, Money Value, Break Break, int At, string? Whole, string? Counterparty)
{
    /// <summary>
    /// A record may be open on one leg and in part on another, or in parts on both: what is gravest weighs first, the larger of
    /// equals, and the others by what they have more.
    /// </summary>
    public static IEnumerable<OpenValue> Once(IEnumerable<OpenValue> open)
    {
        var parts = new List<OpenValue>();
        foreach (var each in open)
        {
            if (each.Whole is null)
            {
                yield return each;
            }
            else
            {
                parts.Add(each);
            }
        }

        foreach (var each in parts.GroupBy(each => (each.Source.Index, each.Whole, each.Value.CurrencyCode)).SelectMany(OfOneRecord))
        {
            yield return each;
        }
    }

    static IEnumerable<OpenValue> OfOneRecord(IEnumerable<OpenValue> parts)
    {
        var weighed = new ExactNumber(0, 0);
        foreach (var part in parts.OrderByDescending(part => part.Break.Status).ThenByDescending(part => part.Value.Number.Abs()))
        {
            var more = part.Value.Number.Abs() - weighed;
            if (more.Sign > 0)
            {
                yield return part with { Value = new Money(part.Value.Number.Sign < 0 ? -more : more, part.Value.CurrencyCode) };
                weighed = part.Value.Number.Abs();
            }
        }
    }
}
