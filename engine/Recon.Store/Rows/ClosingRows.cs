// Closing balances of the newest statement of each account.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store.Rows;

static class ClosingRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "statement_closings", "run ordinal source account statement_number amount currency balance_date", numbers: "run ordinal",
        dates: "balance_date");

    public static void Write(RunTableWriter rows, long number, IReadOnlyList<StatementClosing> closings)
    {
        for (var i = 0; i < closings.Count; i++)
        {
            var (closing, balance) = (closings[i], closings[i].Closing);
            rows.Add(
                number, i, closing.Source, closing.Account, closing.Number, balance.Amount.Number.ToString(),
                balance.Amount.Currency, StoreText.Of(balance.Date));
        }
    }

    /// <summary>The newest of each account along a chain of runs (newest first), by source and account.</summary>
    public static List<StatementClosing> Read(Database database, IReadOnlyList<long> chain)
    {
        var newest = new Dictionary<(string Source, string Account), StatementClosing>();
        using var ofRun = database.Prepare(Table.OfRun(database));
        foreach (var run in chain)
        {
            foreach (var closing in ofRun.All(Read, run))
            {
                newest.TryAdd((closing.Source, closing.Account), closing);
            }
        }

        return
        [
            .. newest.Values
                .OrderBy(closing => closing.Source, StringComparer.Ordinal)
                .ThenBy(closing => closing.Account, StringComparer.Ordinal),
        ];
    }

    static StatementClosing Read(Row row)
    {
        var known = Currency.TryParse(row.Text(6), out var currency);
        return ExactNumber.TryParse(row.Text(5), out var number) && (known || row.Text(6).Length == 0)
            ? new StatementClosing(
                row.Text(2), row.Text(3), row.Text(4), new Balance(new Money(number, currency), row.Date(7)))
            : throw row.Damaged(5);
    }
}
