// What records that may cancel add up to, in words.
using System.Numerics;
using Recon.Matching.Blocks;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>The amounts of a pass that nets: the sign of a record, the total of a group.</summary>
sealed class NetTotals
{
    readonly RecordTable _table;
    readonly ReaderFactory _readers;
    readonly List<(Comparison Comparison, SideReader Reader, int Scale)> _amounts;

    public NetTotals(PassSpec pass, RecordTable table, ReaderFactory readers)
    {
        (_table, _readers) = (table, readers);
        _amounts = [.. pass.Comparisons.Where(pair => pair.Tolerance is AmountTolerance).Select(AmountOf)];
    }

    /// <summary>Of the first amount that the pass compares; null where it is NULL or mixes currencies.</summary>
    public int? SignOf(int row) => _amounts[0].Reader.TryRead(row, out var value, out _) ? Int128.Sign(value) : null;

    public bool SameCurrency(int row, int other) => _amounts.TrueForAll(amount =>
        amount.Reader.TryRead(row, out _, out var own) && amount.Reader.TryRead(other, out _, out var its) && own == its);

    /// <summary>For each amount whether the total of the rows lies within its tolerance.</summary>
    public IEnumerable<ConditionCheck> Of(IReadOnlyList<int> rows)
    {
        foreach (var (comparison, reader, scale) in _amounts)
        {
            BigInteger total = 0;
            var code = SideReader.NoCurrency;
            foreach (var row in rows)
            {
                reader.TryRead(row, out var value, out code);
                total += value;
            }

            var most = Allowance.Of((AmountTolerance)comparison.Tolerance!, scale, leftIsFirst: true).High(0, 0);
            var holds = rows.Count > 1 && BigInteger.Abs(total) <= most && rows.Any(row => SignOf(row) > 0) && rows.Any(row => SignOf(row) < 0);
            yield return new ConditionCheck(
                ConditionKind.Amount, comparison.Name, $"{new ExactTotal(total, scale)} {_readers.TextOf(code)}".Trim(), "0",
                holds ? Verdict.Holds : Verdict.Fails, null)
            {
                IsOfEmptyGroup = rows.Count == 0,
            };
        }
    }

    (Comparison, SideReader, int) AmountOf(Comparison pair)
    {
        var scale = ReaderFactory.CommonScale((_table, pair.Left));
        return (pair, _readers.Amounts(_table, pair.Left, scale), scale);
    }
}
