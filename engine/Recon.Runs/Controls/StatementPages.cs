// Pages of one statement: none is missing, and each opens with what the one before it closed with.
using System.Globalization;
using Recon.Model;

namespace Recon.Runs.Controls;

/// <summary>
/// Pages are statements of one account whose numbers differ behind the slash only (<c>28/1</c>, <c>28/2</c>), or that say
/// that they go on (<c>:62M:</c>) or are a continuation (<c>:60M:</c>).
/// </summary>
static class StatementPages
{
    /// <summary>One finding for each place where a page is missing or does not continue the one before it.</summary>
    public static IEnumerable<Finding> Check(IReadOnlyList<Statement> statements) => statements
        .GroupBy(statement => (statement.Account, Number: NumberOf(statement)))
        .OrderBy(group => group.Key.Account, StringComparer.Ordinal).ThenBy(group => group.Key.Number, StringComparer.Ordinal)
        .SelectMany(group => OfOne([.. StatementOrder.Of(group).OrderBy(PageOf)]));

    static IEnumerable<Finding> OfOne(List<Statement> pages)
    {
        for (var i = 0; i < pages.Count; i++)
        {
            var (page, next) = (pages[i], i + 1 < pages.Count ? pages[i + 1] : null);
            if (i == 0 && page.IsContinuation && PageOf(page) > 1)
            {
                // An earlier run may have it: what that closed with is the other control's to compare.
                yield return Finding.Unchecked($"{BalanceControls.Name(page)}: it continues a page (:60M:) that was not read now");
            }

            if (next is not null && PageOf(next) > PageOf(page) + 1 && PageOf(page) > 0)
            {
                yield return Finding.Failed($"{BalanceControls.Name(page)}: the page after it is missing; the next one read is {next.Number}");
            }
            else if (page.IsContinued && next is null)
            {
                yield return Finding.Failed($"{BalanceControls.Name(page)}: it closes with the balance of a page (:62M:): the last page is missing");
            }
            else if (page.IsContinued && next!.IsContinuation && next.Opening?.Amount != page.Closing?.Amount)
            {
                yield return Finding.Failed(
                    $"{BalanceControls.Name(next)}: opening {next.Opening?.Amount} (:60M:) does not continue the page before it, which closes with"
                    + $" {page.Closing?.Amount} (:62M:)");
            }
        }
    }

    static string NumberOf(Statement statement) => statement.Number.Split('/')[0];

    // 0: the number has no page.
    static int PageOf(Statement statement) =>
        statement.Number.Split('/') is [_, var page] && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
