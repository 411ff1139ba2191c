// The same three passes as plain C#: objects, dictionaries and decimal, as a good programmer would write it in an hour.
using System.Globalization;

namespace Recon.Benchmarks.WholeRun;

static class PlainRun
{
    /// <returns>Matches by pass: exact, near-amount, near-date.</returns>
    internal static (int Exact, int NearAmount, int NearDate) Run(string directory)
    {
        var ledger = Read(Path.Combine(directory, "ledger.csv"));
        var bank = Read(Path.Combine(directory, "bank.csv"));
        var exact = Exact(ledger, bank);
        var nearAmount = Closest(
            ledger, bank, row => row.Reference.Length == 0 ? null : (row.Reference, row.Account, ""),
            (a, b) => Math.Abs(b.Amount - a.Amount) is var off && off <= 0.05m ? off : null);
        var nearDate = Closest(
            ledger, bank, row => (row.Account, row.Amount.ToString(CultureInfo.InvariantCulture), ""),
            (a, b) => Math.Abs(b.Date.DayNumber - a.Date.DayNumber) is var off && off <= 2 ? off : null);
        return (exact, nearAmount, nearDate);
    }

    static List<Record> Read(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(cells => new Record(
            cells[0], cells[1], cells[2], decimal.Parse(cells[4], CultureInfo.InvariantCulture),
            DateOnly.ParseExact(cells[5], "yyyy-MM-dd", CultureInfo.InvariantCulture))).OrderBy(row => row.Id, StringComparer.Ordinal),
    ];

    static int Exact(List<Record> ledger, List<Record> bank)
    {
        var waiting = bank.Where(row => row.Reference.Length > 0)
            .GroupBy(row => (row.Reference, row.Account, row.Amount))
            .ToDictionary(group => group.Key, group => new Queue<Record>(group));
        var matches = 0;
        foreach (var row in ledger)
        {
            if (waiting.TryGetValue((row.Reference, row.Account, row.Amount), out var queue) && queue.TryDequeue(out var other))
            {
                row.Taken = other.Taken = true;
                matches++;
            }
        }

        return matches;
    }

    static int Closest(
        List<Record> ledger, List<Record> bank, Func<Record, (string, string, string)?> key, Func<Record, Record, decimal?> distance)
    {
        var open = bank.Where(row => !row.Taken && key(row) is not null).ToLookup(row => key(row)!.Value);
        var pairs = ledger.Where(row => !row.Taken && key(row) is not null)
            .SelectMany(row => open[key(row)!.Value].Select(other => (Row: row, Other: other, Distance: distance(row, other))))
            .Where(pair => pair.Distance is not null)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Row.Id, StringComparer.Ordinal).ThenBy(pair => pair.Other.Id, StringComparer.Ordinal);
        var matches = 0;
        foreach (var (row, other, _) in pairs)
        {
            if (!row.Taken && !other.Taken)
            {
                row.Taken = other.Taken = true;
                matches++;
            }
        }

        return matches;
    }

    sealed record Record(string Id, string Reference, string Account, decimal Amount, DateOnly Date)
    {
        internal bool Taken { get; set; }
    }
}
