// Measures what a key costs that all records share: one run of the command line for every kind of pass.
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Recon.Benchmarks;

/// <summary>Two files of N records under one reference: amounts are spread over N cents, dates over 90 days.</summary>
static class HotKey
{
    static readonly (string Name, string Pass)[] Passes =
    [
        ("exact", "join: 'ledger 1:1 bank', key: [reference], within: { amount ~ amount: 0 }"),
        ("ask", "join: 'ledger 1:1 bank', key: [reference], within: { amount ~ amount: 100.00 EUR }"),
        ("closest", "join: 'ledger 1:1 bank', key: [reference], within: { amount ~ amount: 100.00 EUR }, tie: closest"),
        ("best inside a cent", "join: 'ledger 1:1 bank', key: [reference], within: { amount ~ amount: 0.01 EUR }, tie: best"),
        ("closest in two windows",
            "join: 'ledger 1:1 bank', key: [reference], within: { amount ~ amount: 100.00 EUR, value_date ~ value_date: 5d }, tie: closest"),
        ("oldest", "join: 'ledger 1:1 bank', key: [reference], compare: { amount: amount }, tie: { oldest: value_date }"),
        ("oldest in two windows",
            "join: 'ledger 1:1 bank', key: [reference], within: { amount ~ amount: 100.00 EUR, value_date ~ value_date: 5d }, tie: { oldest: value_date }"),
        ("closest with C#", "join: 'ledger 1:1 bank', key: [reference], within: { amount ~ amount: 100.00 EUR }, when: ledger.n != bank.n, tie: closest"),
        ("ask with C# that never holds", "join: 'ledger 1:1 bank', key: [reference], within: { amount ~ amount: 1000.00 EUR }, when: ledger.n > bank.n + 50"),
        ("group total 1:n", "join: 'ledger 1:n bank', key: [reference], within: { amount ~ sum(amount): 0, value_date ~ value_date: 3d }"),
        ("group total n:1", "join: 'ledger n:1 bank', key: [reference], within: { sum(amount) ~ amount: 0, value_date ~ value_date: 3d }"),
        ("group total n:m", "join: 'ledger n:m bank', key: [reference], within: { sum(amount) ~ sum(amount): 100000.00 EUR }"),
        ("group total n:m, by date", "join: 'ledger n:m bank', key: [reference], within: { sum(amount) ~ sum(amount): 0, value_date ~ value_date: 3d }"),
        ("search", "join: 'ledger 1:n bank', key: [reference], within: { amount ~ sum(amount): 0 }, search: true"),
        ("search, by date", "join: 'ledger 1:n bank', key: [reference], within: { amount ~ sum(amount): 0, value_date ~ value_date: 3d }, search: true"),
        ("search, by date, the oldest first",
            "join: 'ledger 1:n bank', key: [reference], within: { amount ~ sum(amount): 0, value_date ~ value_date: 3d }, search: true, "
            + "tie: { oldest: value_date }"),
        ("search, by date, closest",
            "join: 'ledger 1:n bank', key: [reference], within: { amount ~ sum(amount): 1.00 EUR, value_date ~ value_date: 3d }, search: true, tie: closest"),
        ("search of both", "join: 'ledger n:m bank', key: [reference], within: { sum(amount) ~ sum(amount): 0 }, search: true"),
        ("net", "net: ledger, key: [reference], within: { amount: 0, value_date: 3d }"),
        ("net n:m", "net: 'ledger n:m', key: [reference], within: { amount: 100000.00 EUR }"),
        ("dedupe", "dedupe: ledger, key: [reference], within: { amount: 0.01 EUR, value_date: 1d }"),
    ];

    internal static void Run(int rows)
    {
        foreach (var (name, pass) in Passes)
        {
            var directory = Directory.CreateTempSubdirectory("recon-hot-");
            try
            {
                var nets = name.StartsWith("net", StringComparison.Ordinal);
                Write(Path.Combine(directory.FullName, "ledger.csv"), rows, stride: 37, cents: 100, days: 7, digits: 10, nets);
                Write(Path.Combine(directory.FullName, "bank.csv"), rows, stride: 53, cents: 101, days: 11, digits: 7);
                File.WriteAllText(Path.Combine(directory.FullName, "pack.yaml"), Pack(pass));
                Console.WriteLine($"{name,-30} {Measure(directory.FullName)}");
            }
            finally
            {
                directory.Delete(recursive: true);
            }
        }
    }

    static void Write(string path, int rows, int stride, int cents, int days, int digits, bool nets = false)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine("id,reference,amount,value_date,n");
        for (var row = 0; row < rows; row++)
        {
            var amount = cents + ((long)(nets ? row / 2 : row) * stride % rows);
            amount = nets && row % 2 == 1 ? -amount : amount;
            var date = new DateOnly(2026, 1, 1).AddDays(row * days % 90);
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{row:D7},HOT,{amount / 100m:F2},{date:yyyy-MM-dd},{row % digits}"));
        }
    }

    // Every source stands in a join.
    const string Rest = "\n  - { id: rest, join: 'ledger 1:1 bank', key: [id], compare: { amount: amount } }";

    static string Pack(string pass) => $$"""
        recon: 1
        pack: { id: bench.hot, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { csv: "ledger.csv" }
            id: id
            fields: { id: text, reference: text, amount: { type: money, currency: EUR }, value_date: date, n: number }
          bank:
            role: external
            read: { csv: "bank.csv" }
            id: id
            fields: { id: text, reference: text, amount: { type: money, currency: EUR }, value_date: date, n: number }
        passes:
          - id: hot
            {{OnLines(pass)}}{{(pass.StartsWith("join", StringComparison.Ordinal) ? "" : Rest)}}
        classify:
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - { for: unexplained, tier: manual }

        """;

    // C# stands on a line of its own.
    static string OnLines(string pass) => Regex.Replace(pass, ", (?=(key|within|compare|tie|when|search):)", "\n    ");

    static string Measure(string directory)
    {
        var result = Path.Combine(directory, "result.md");
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "recon.dll"), "run", directory, "--date", "2026-04-30", "--out", $"md={result}"])
        {
            RedirectStandardOutput = true,
        })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var took = Stopwatch.GetElapsedTime(start);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"recon ended with {process.ExitCode}");
        }

        var pass = Regex.Match(File.ReadAllText(result), @"\| hot \|.*");
        return string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds,5:F1} s   {pass.Value}");
    }
}
