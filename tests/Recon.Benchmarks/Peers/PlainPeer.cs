// Workload W as plain C#: CsvHelper, objects, LINQ, dictionaries and decimal, as a good programmer would write it in an hour.
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration.Attributes;
using Recon.Cli.Benching;

namespace Recon.Benchmarks.Peers;

static class PlainPeer
{
    internal static void Run(string directory, string output)
    {
        var clock = new RoundClock();
        var ledger = Read(Path.Combine(directory, "ledger.csv"));
        var bank = Read(Path.Combine(directory, "bank.csv"));
        clock.Lap("read");
        var matches = new List<Match>();
        matches.AddRange(Exact(ledger, bank));
        clock.Lap("pass 1");
        matches.AddRange(Closest<(string, string, string)>(
            2, ledger, bank, row => row.Reference == "" ? null : (row.Reference, row.Account, row.Currency),
            (a, b) => Math.Abs(a.Amount - b.Amount) is var off && off <= 0.05m ? off : null));
        clock.Lap("pass 2");
        matches.AddRange(Closest<(string, string, decimal)>(
            3, ledger, bank, row => (row.Account, row.Currency, row.Amount),
            (a, b) => Math.Abs(a.ValueDate.DayNumber - b.ValueDate.DayNumber) is var off && off <= 2 ? off : null));
        clock.Lap("pass 3");
        matches.AddRange(Split(ledger, bank));
        clock.Lap("pass 4");
        Write(output, ledger, bank, matches);
        clock.Lap("write");
        clock.Write(output);
    }

    static List<Row> Read(string path)
    {
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<Row>().OrderBy(row => row.Id, StringComparer.Ordinal)];
    }

    static List<Match> Exact(List<Row> ledger, List<Row> bank)
    {
        var waiting = bank.Where(row => row.Reference != "")
            .GroupBy(row => (row.Reference, row.Account, row.Currency, row.Amount))
            .ToDictionary(group => group.Key, group => new Queue<Row>(group));
        var matches = new List<Match>();
        foreach (var row in ledger)
        {
            if (waiting.TryGetValue((row.Reference, row.Account, row.Currency, row.Amount), out var queue) && queue.TryDequeue(out var other))
            {
                matches.Add(Take(1, row, other));
            }
        }

        return matches;
    }

    static List<Match> Closest<TKey>(
        int pass, List<Row> ledger, List<Row> bank, Func<Row, TKey?> key, Func<Row, Row, decimal?> distance)
        where TKey : struct
    {
        var open = bank.Where(row => !row.Taken && key(row) is not null).ToLookup(row => key(row)!.Value);
        var candidates = ledger.Where(row => !row.Taken && key(row) is not null)
            .SelectMany(row => open[key(row)!.Value].Select(other => (Row: row, Other: other, Distance: distance(row, other))))
            .Where(pair => pair.Distance is not null)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Row.Id, StringComparer.Ordinal)
            .ThenBy(pair => pair.Other.Id, StringComparer.Ordinal);
        var matches = new List<Match>();
        foreach (var (row, other, _) in candidates)
        {
            if (!row.Taken && !other.Taken)
            {
                matches.Add(Take(pass, row, other));
            }
        }

        return matches;
    }

    static List<Match> Split(List<Row> ledger, List<Row> bank)
    {
        var open = bank.Where(row => !row.Taken && row.Reference != "")
            .ToLookup(row => (row.Reference, row.Account, row.Currency));
        var matches = new List<Match>();
        foreach (var row in ledger.Where(row => !row.Taken && row.Reference != ""))
        {
            var parts = open[(row.Reference, row.Account, row.Currency)].Where(part => !part.Taken).ToList();
            if (parts.Count >= 2 && parts.Sum(part => part.Amount) == row.Amount)
            {
                matches.AddRange(parts.Select(part => Take(4, row, part)));
            }
        }

        return matches;
    }

    static Match Take(int pass, Row row, Row other)
    {
        row.Taken = other.Taken = true;
        return new Match(pass, row, other);
    }

    static void Write(string output, List<Row> ledger, List<Row> bank, List<Match> matches)
    {
        using (var file = new StreamWriter(Path.Combine(output, RoundFiles.Matches)))
        {
            file.WriteLine("pass,ledger,bank");
            matches.ForEach(match => file.WriteLine($"{match.Pass},{match.Row.Id},{match.Other.Id}"));
        }

        var sources = new[] { (Name: "ledger", Rows: ledger), (Name: "bank", Rows: bank) };
        foreach (var (name, rows) in sources)
        {
            using var csv = new CsvWriter(new StreamWriter(Path.Combine(output, RoundFiles.OpenName(name))), CultureInfo.InvariantCulture);
            csv.WriteRecords(rows.Where(row => !row.Taken));
        }

        var found = matches.ToLookup(match => match.Pass);
        RoundFiles.WritePasses(output, Enumerable.Range(1, 4).Select(pass =>
        {
            var ledgerRows = found[pass].Select(match => match.Row).Distinct().Count();
            return new RoundPass(ledgerRows, ledgerRows, found[pass].Count());
        }));
        RoundFiles.WriteTotals(output, sources.SelectMany(source => source.Rows.GroupBy(row => row.Currency).Select(group => new RoundTotal(
            source.Name, group.Key, Sum(group), Sum(group.Where(row => row.Taken)), Sum(group.Where(row => !row.Taken))))));
    }

    static string Sum(IEnumerable<Row> rows) => rows.Sum(row => row.Amount).ToString("F2", CultureInfo.InvariantCulture);

    sealed record Match(int Pass, Row Row, Row Other);

    /// <summary>A row as CsvHelper fills and writes it.</summary>
    sealed class Row
    {
        [Name("id")]
        public required string Id { get; init; }

        [Name("ref")]
        public required string Reference { get; init; }

        [Name("account")]
        public required string Account { get; init; }

        [Name("currency")]
        public required string Currency { get; init; }

        [Name("amount")]
        public required decimal Amount { get; init; }

        [Name("value_date"), Format("yyyy-MM-dd")]
        public required DateOnly ValueDate { get; init; }

        [Name("counterparty")]
        public required string Counterparty { get; init; }

        [Name("description")]
        public required string Description { get; init; }

        [Ignore]
        public bool Taken { get; set; }
    }
}
