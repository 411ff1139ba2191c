// What the two sides of a comparison say in a match, and by how much they differ.
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

static class ComparedGroup
{
    /// <summary>
    /// Amounts of the many side are summed; texts and dates of several members that are not all equal are told as
    /// <c>first … last</c> in id order, without a difference.
    /// </summary>
    public static ComparedFields Of(PassConditions pass, Comparison comparison, Group group)
    {
        if (pass.Rate(comparison) is { } rate)
        {
            return rate.Compared(group);
        }

        if (pass.Amounts(comparison) is { } amounts)
        {
            return OfTotals(pass, comparison, group, amounts.Readers, amounts.Measure);
        }

        var (first, second) = (Texts(pass, comparison, group, 0), Texts(pass, comparison, group, 1));
        var several = first.Count > 1 || second.Count > 1;
        return new ComparedFields(
            comparison.Name,
            Joined(first),
            Joined(second),
            several || !comparison.CanDiffer || first[0] is null || second[0] is null || first[0] == second[0]
                ? null
                : pass.Difference(comparison, group.Rows(0)[0], group.Rows(1)[0]) ?? "differs");
    }

    static ComparedFields OfTotals(
        PassConditions pass, Comparison comparison, Group group, Reading.SideReader[] readers,
            Measure measure)
    {
        var (first, second) = (group.Total(0, readers[0]), group.Total(1, readers[1]));
        var comparable = first is not null && second is not null
            && first.Value.Currency == second.Value.Currency;
        var difference = comparable ? second!.Value.Value - first!.Value.Value : 0;
        return new ComparedFields(
            comparison.Name,
            first is { } a ? measure.Amount(a.Value, a.Currency) : null,
            second is { } b ? measure.Amount(b.Value, b.Currency) : null,
            difference == 0
                ? null
                : measure.Amount(pass.LeftSide == 0 ? difference : -difference, first!.Value.Currency));
    }

    static List<string?> Texts(PassConditions pass, Comparison comparison, Group group, int side) =>
        [.. group.Rows(side).Select(row => pass.Value(comparison, side, row)).Distinct()];

    static string? Joined(List<string?> texts) => texts.Count == 1 ? texts[0] : $"{texts[0]} … {texts[^1]}";
}
