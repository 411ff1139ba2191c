// Measures fuzzy passes: so many names against as many, each measure of similarity, with no block but the lossless filters.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Recon.Benchmarks.WholeRun;

namespace Recon.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project tests/Recon.Benchmarks -- fuzzy 50000</c>: whole cold processes of the command line over two
/// files of names; 60 % of the second file are names of the first with one or two letters changed, the rest are others.
/// </summary>
static class FuzzyNames
{
    static readonly string[] Syllables =
    [
        "an", "bel", "chi", "dor", "el", "fra", "gor", "han", "is", "jo", "kar", "lin", "mar", "nor", "ol", "pet", "qui",
        "ros", "sen", "tor", "ul", "vik", "wal", "xan", "yor", "zel", "ber", "stein", "mann", "son",
    ];

    internal static int Run(string[] args)
    {
        var names = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50_000;
        var directory = Directory.CreateTempSubdirectory("recon-fuzzy-");
        try
        {
            WriteNames(directory.FullName, names);
            foreach (var (metric, block) in new[]
            {
                ("jaro_winkler", "none"), ("levenshtein", "none"), ("token_set", "none"), ("jaro_winkler", "{ first: 3 }"),
            })
            {
                var (took, matches) = Measure(directory.FullName, metric, block);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{metric,-14} block {block,-12} {names:N0} x {names:N0}   {took.TotalSeconds,7:F1} s whole process   {matches:N0} matches"));
            }

            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    static void WriteNames(string directory, int count)
    {
        var chance = new SplitMix(20260301);
        using var left = new StreamWriter(Path.Combine(directory, "left.csv")) { NewLine = "\n" };
        using var right = new StreamWriter(Path.Combine(directory, "right.csv")) { NewLine = "\n" };
        left.WriteLine("id,name");
        right.WriteLine("id,name");
        for (var i = 0; i < count; i++)
        {
            var name = Name(chance);
            left.WriteLine(string.Create(CultureInfo.InvariantCulture, $"L{i:D6},{name}"));
            var other = chance.Below(10) < 6 ? Misspelt(name, chance) : Name(chance);
            right.WriteLine(string.Create(CultureInfo.InvariantCulture, $"R{i:D6},{other}"));
        }
    }

    static string Name(SplitMix chance) => $"{Word(chance)} {Word(chance)}";

    static string Word(SplitMix chance)
    {
        var word = new StringBuilder();
        for (var i = 2 + chance.Below(2); i > 0; i--)
        {
            word.Append(Syllables[chance.Below(Syllables.Length)]);
        }

        return word.ToString();
    }

    static string Misspelt(string name, SplitMix chance)
    {
        var letters = name.ToCharArray();
        for (var i = chance.Below(3); i > 0; i--)
        {
            letters[chance.Below(letters.Length)] = (char)('a' + chance.Below(26));
        }

        return new string(letters);
    }

    static (TimeSpan Took, int Matches) Measure(string directory, string metric, string block)
    {
        File.WriteAllText(Path.Combine(directory, "pack.yaml"), Pack(metric, block));
        var store = Path.Combine(directory, ".recon");
        if (Directory.Exists(store))
        {
            Directory.Delete(store, recursive: true);
        }

        var result = Path.Combine(directory, "result.md");
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "recon.dll"), "run", directory, "--date", "2026-04-30", "--out", $"md={result}"]))!;
        process.WaitForExit();
        var took = Stopwatch.GetElapsedTime(start);
        var row = Regex.Match(File.ReadAllText(result), @"\| alike \| [^|]+ \| ([\d,]+) \|");
        return process.ExitCode == 0 && row.Success
            ? (took, int.Parse(row.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"recon ended with {process.ExitCode}");
    }

    static string Pack(string metric, string block) => $$"""
        recon: 1
        pack: { id: bench.names, version: 1.0.0 }
        sources:
          left:
            role: books
            read: { csv: left.csv }
            id: id
            fields: { id: text, name: text }
          right:
            role: external
            read: { csv: right.csv }
            id: id
            fields: { id: text, name: text }
        passes:
          - id: alike
            join: left 1:1 right
            within: { name ~ name: { {{metric}}: 0.9, block: {{block}} } }
            tie: closest
        classify:
          - { id: other, status: settled, otherwise: true }
        """;
}
