// Controls on statements: balances that must fit their movements and each other.
using System.Globalization;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Controls;

static class BalanceControls
{
    const int RejectsShown = 3;

    public static Finding OpeningMovementsClosing(IReadOnlyList<Statement> statements) =>
        statements.Count == 0
        ? Finding.Unchecked("no statement was read")
        : Finding.Of([.. statements.Select(CheckMovements), .. StatementPages.Check(statements)]);

    /// <summary>
    /// Account by account, from the newest statement accepted before through those read now. A statement that was accepted
    /// before and says the same passes; one older than that is left alone, as the first of an account is. The control has
    /// passed where all other statements did and each account has one that did.
    /// </summary>
    public static Finding OpeningIsPreviousClosing(
        IReadOnlyList<Statement> statements, IReadOnlyList<StatementClosing> previous) =>
        statements.Count == 0
            ? Finding.Unchecked("no statement was read")
            : Finding.Of(
            [
                .. statements.GroupBy(statement => statement.Account, StringComparer.Ordinal)
                    .OrderBy(account => account.Key, StringComparer.Ordinal)
                    .SelectMany(account => CheckAccount(
                        account, previous.FirstOrDefault(closing => closing.Account == account.Key))),
            ]);

    // An account of which no two statements were compared was not checked.
    static List<Finding> CheckAccount(IEnumerable<Statement> account, StatementClosing? accepted)
    {
        var findings = CheckChain(account, accepted);
        return findings.TrueForAll(finding => finding.IsFirst)
            ? findings.ConvertAll(finding => finding with { IsFirst = false })
            : findings;
    }

    internal static Finding CheckMovements(Statement statement)
    {
        if (statement.Opening is not { } opening || statement.Closing is not { } closing)
        {
            return Finding.Unchecked($"{Name(statement)} lacks an opening or a closing balance");
        }

        if (opening.Amount.CurrencyCode != closing.Amount.CurrencyCode)
        {
            return Finding.Failed(
                $"{Name(statement)}: opening {opening.Amount} and closing {closing.Amount} are of two currencies");
        }

        Money? movements = statement.Movements
            ?? (statement.Entries == 0 ? new Money(default, opening.Amount.CurrencyCode) : null);
        if (movements is not { } sum)
        {
            return Finding.Failed(
                $"{Name(statement)}: its {statement.Entries} entries could not be added up{Note(statement)}{Rejected(statement)}");
        }

        var detail = $"{Name(statement)}: opening {opening.Amount} + movements {sum}";
        if (opening.Amount.CurrencyCode != sum.CurrencyCode)
        {
            return Finding.Failed($"{detail} are of two currencies; closing is {closing.Amount}{Note(statement)}{Rejected(statement)}");
        }

        var total = new CurrencyTotals();
        total.Add(opening.Amount.Number.Units, opening.Amount.Number.Scale, sum.CurrencyCode);
        total.Add(sum.Number.Units, sum.Number.Scale, sum.CurrencyCode);
        return total.Equal(closing.Amount.Number, closing.Amount.CurrencyCode)
            ? Finding.Passed($"{detail} = closing {closing.Amount}")
            : Finding.Failed($"{detail} = {total}, but closing is {closing.Amount}{Rejected(statement)}");
    }

    static string Rejected(Statement statement)
    {
        var rejects = statement.Rejects;
        var shown = rejects.OrderBy(reject => reject.Line).Take(RejectsShown).Select(reject => $"{reject.File}:{reject.Line}: {reject.Reason}");
        var more = rejects.Count > RejectsShown ? $" | and {rejects.Count - RejectsShown} more" : "";
        return rejects.Count == 0 ? "" : $"; rejected in it: {string.Join(" | ", shown)}{more}";
    }

    static List<Finding> CheckChain(IEnumerable<Statement> account, StatementClosing? accepted)
    {
        var findings = new List<Finding>();
        Balance? before = accepted?.Closing;
        foreach (var statement in StatementOrder.Of(account))
        {
            if (statement.Opening is not { } opening || statement.Closing is not { } closing)
            {
                findings.Add(Finding.Unchecked($"{Name(statement)} lacks an opening or a closing balance"));
                continue;
            }

            var age = accepted is null
                ? 1
                : StatementOrder.Compare(
                    closing.Date, statement.Number, accepted.Closing.Date, accepted.Number);
            if (age <= 0)
            {
                findings.Add(DeliveredAgain(statement, closing, accepted!, isSame: age == 0));
                continue;
            }

            findings.Add(Continues(statement, opening, before));
            before = closing;
        }

        return findings;
    }

    static Finding DeliveredAgain(
        Statement statement, Balance closing, StatementClosing accepted, bool isSame)
    {
        if (!isSame)
        {
            return Finding.First(
                $"{Name(statement)} closes on {Iso(closing.Date)}, before statement {accepted.Number}, the last accepted");
        }

        return closing.Amount == accepted.Closing.Amount
            ? Finding.Passed($"{Name(statement)}: delivered again, closing {closing.Amount} as before")
            : Finding.Failed(
                $"{Name(statement)}: closing {closing.Amount}, but accepted before with {accepted.Closing.Amount}");
    }

    static Finding Continues(Statement statement, Balance opening, Balance? before)
    {
        if (before is null)
        {
            return Finding.First(
                $"{Name(statement)}: opening {opening.Amount}, no earlier statement of this account");
        }

        var detail = $"{Name(statement)}: opening {opening.Amount}";
        var earlier = $"{before.Amount} of {Iso(before.Date)}";
        return opening.Amount == before.Amount
            ? Finding.Passed($"{detail} = closing {earlier}")
            : Finding.Failed($"{detail}, but the closing before is {earlier}");
    }

    static string Note(Statement statement) =>
        statement.MovementsNote is { } note ? $": {note}" : "";

    static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Name(Statement statement) =>
        $"{statement.File}:{statement.Line}: statement {statement.Number} of {statement.Account}";
}
