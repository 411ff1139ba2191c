// What a contestant found, read back from its files, and where two contestants differ.
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Recon.Cli.Benching;

/// <summary>A contestant's answer to a workload.</summary>
/// <param name="Pairs">Sum of the hashes of all (pass, ledger id, bank id): equal sets of pairs have equal sums.</param>
/// <param name="OpenIds">Sum of the hashes of the open ids of each source.</param>
sealed record Findings(
    IReadOnlyList<RoundPass> Passes,
    UInt128 Pairs,
    IReadOnlyList<long> Open,
    IReadOnlyList<UInt128> OpenIds,
    IReadOnlyList<RoundTotal> Totals)
{
    internal static readonly IReadOnlyList<string> Sources = ["ledger", "bank"];

    /// <summary>Reads what stands in the folder; the counts of passes must be those of the pairs there.</summary>
    /// <param name="withIds">False: counts and totals only, for who has nobody to be compared with.</param>
    internal static Findings Read(string directory, bool withIds)
    {
        var passes = RoundFiles.ReadPasses(directory);
        var open = Sources.Select(source => OpenOf(directory, source)).ToList();
        var found = new Findings(
            passes, Pairs: 0, [.. open.Select(side => side.Count)], [.. open.Select(side => side.Sum)], RoundFiles.ReadTotals(directory));
        return withIds ? found with { Pairs = PairsOf(directory, passes) } : found;
    }

    static UInt128 PairsOf(string directory, IReadOnlyList<RoundPass> passes)
    {
        var pairs = new PairSum();
        if (RoundFiles.ReadEvidence(directory) is { } leg)
        {
            for (var match = 0; match < leg.Count; match++)
            {
                AddPairs(pairs, leg, match);
            }
        }
        else
        {
            foreach (var cells in RoundFiles.Rows(directory, RoundFiles.Matches))
            {
                pairs.Add(int.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], cells[2]);
            }
        }

        for (var pass = 0; pass < passes.Count; pass++)
        {
            // One to one or one to many: a pair for each record of the bank.
            Model.Require.That(pairs.CountOf(pass + 1) == passes[pass].Bank);
        }

        return pairs.Sum;
    }

    /// <summary>What another contestant found otherwise, in words; empty where both agree.</summary>
    internal IEnumerable<string> DifferencesFrom(Findings other)
    {
        for (var pass = 0; pass < Math.Max(Passes.Count, other.Passes.Count); pass++)
        {
            if (Passes.ElementAtOrDefault(pass) != other.Passes.ElementAtOrDefault(pass))
            {
                yield return $"pass {pass + 1}: {Passes.ElementAtOrDefault(pass)} against {other.Passes.ElementAtOrDefault(pass)}";
            }
        }

        if (Pairs != other.Pairs)
        {
            yield return "the matched pairs are not the same";
        }

        for (var side = 0; side < Sources.Count; side++)
        {
            if (Open[side] != other.Open[side] || OpenIds[side] != other.OpenIds[side])
            {
                yield return $"open in {Sources[side]}: {Open[side]} against {other.Open[side]}, or not the same ones";
            }
        }

        if (!Totals.SequenceEqual(other.Totals))
        {
            var (ours, theirs) = (Totals.Except(other.Totals).FirstOrDefault(), other.Totals.Except(Totals).FirstOrDefault());
            yield return $"totals: {ours} against {theirs}";
        }
    }

    static void AddPairs(PairSum pairs, Runs.Results.LegEvidence leg, int match)
    {
        var (first, firstEnd) = leg.Members[0].Range(match);
        for (; first < firstEnd; first++)
        {
            var ledger = leg.Members[0].Ids.Text(first)!;
            var (second, secondEnd) = leg.Members[1].Range(match);
            for (; second < secondEnd; second++)
            {
                pairs.Add(leg.PassOf[match] + 1, ledger, leg.Members[1].Ids.Text(second)!);
            }
        }
    }

    static (long Count, UInt128 Sum) OpenOf(string directory, string source)
    {
        var (count, sum) = (0L, UInt128.Zero);
        foreach (var line in File.ReadLines(Path.Combine(directory, RoundFiles.OpenName(source))).Skip(1))
        {
            count++;
            sum = unchecked(sum + PairSum.HashOf(line[..line.IndexOf(',', StringComparison.Ordinal)]));
        }

        return (count, sum);
    }

    /// <summary>A sum of hashes does not depend on the order in which pairs are added.</summary>
    sealed class PairSum
    {
        readonly Dictionary<int, long> _counts = [];

        internal UInt128 Sum { get; private set; }

        internal long CountOf(int pass) => _counts.GetValueOrDefault(pass);

        internal void Add(int pass, string ledger, string bank)
        {
            _counts[pass] = CountOf(pass) + 1;
            Sum = unchecked(Sum + HashOf(string.Create(CultureInfo.InvariantCulture, $"{pass},{ledger},{bank}")));
        }

        internal static UInt128 HashOf(string text)
        {
            Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
            return XxHash128.HashToUInt128(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        }
    }
}
