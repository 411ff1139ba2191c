// The files that every contestant writes: matches, open items, totals and counts of passes.
using System.Globalization;
using System.Text;
using Recon.Runs.Results;

namespace Recon.Cli.Benching;

/// <summary>Amounts of one source in one currency, with two decimals: <paramref name="Scope"/> = matched + open.</summary>
sealed record RoundTotal(string Source, string Currency, string Scope, string Matched, string Open);

/// <summary>What one pass found: matches, and the records of either side in them.</summary>
sealed record RoundPass(long Matches, long Ledger, long Bank);

/// <summary>
/// <c>matches.csv</c> (pass from 1, ledger id, bank id; a line a pair) or <c>matches-NNN.rcev</c> (evidence),
/// <c>open_SOURCE.csv</c> (the id first), <c>totals.csv</c>, <c>passes.csv</c> (a line a pass, in order).
/// </summary>
static class RoundFiles
{
    internal const string Matches = "matches.csv";
    internal const string Totals = "totals.csv";
    internal const string Passes = "passes.csv";

    internal static string OpenName(string source) => $"open_{source}.csv";

    internal static string OpenPath(string directory, string source) => Path.Combine(directory, OpenName(source));

    internal static void WriteEvidence(string directory, LegEvidence leg, int threads)
    {
        var number = 0;
        foreach (var segment in EvidenceFormat.Write(leg, threads))
        {
            File.WriteAllBytes(Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"matches-{number++:D3}.rcev")), segment);
        }
    }

    /// <summary>Null where matches stand in <see cref="Matches"/>.</summary>
    internal static LegEvidence? ReadEvidence(string directory)
    {
        var segments = Directory.GetFiles(directory, "matches-*.rcev").Order(StringComparer.Ordinal).ToList();
        return segments.Count == 0 ? null : EvidenceFormat.Read(segments.Select(File.ReadAllBytes));
    }

    internal static void WriteTotals(string directory, IEnumerable<RoundTotal> totals)
    {
        using var file = Text(Path.Combine(directory, Totals));
        file.WriteLine("source,currency,scope,matched,open");
        foreach (var total in totals)
        {
            file.WriteLine($"{total.Source},{total.Currency},{total.Scope},{total.Matched},{total.Open}");
        }
    }

    internal static IReadOnlyList<RoundTotal> ReadTotals(string directory) =>
    [
        .. Rows(directory, Totals).Select(cells => new RoundTotal(cells[0], cells[1], cells[2], cells[3], cells[4]))
            .OrderBy(total => total.Source, StringComparer.Ordinal).ThenBy(total => total.Currency, StringComparer.Ordinal),
    ];

    internal static void WritePasses(string directory, IEnumerable<RoundPass> passes)
    {
        using var file = Text(Path.Combine(directory, Passes));
        file.WriteLine("matches,ledger,bank");
        foreach (var pass in passes)
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pass.Matches},{pass.Ledger},{pass.Bank}"));
        }
    }

    internal static IReadOnlyList<RoundPass> ReadPasses(string directory) =>
        [.. Rows(directory, Passes).Select(cells => new RoundPass(Count(cells[0]), Count(cells[1]), Count(cells[2])))];

    internal static IEnumerable<string[]> Rows(string directory, string name) =>
        File.ReadLines(Path.Combine(directory, name)).Skip(1).Select(line => line.Split(','));

    static long Count(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    static StreamWriter Text(string path) => new(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
}
