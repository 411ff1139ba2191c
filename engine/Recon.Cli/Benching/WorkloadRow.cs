// The values of one row of workload W, drawn from the seed and the number of its event.
namespace Recon.Cli.Benching;

/// <summary>One row; texts stand as the numbers from which they are written.</summary>
/// <param name="Reference">Seed of the reference's characters.</param>
/// <param name="ReferenceLength">16 to 20; 0 where there is none.</param>
/// <param name="Account">From 0 to 999, the first ones more often.</param>
/// <param name="Currency">Index into <see cref="WorkloadWriter.Currencies"/>.</param>
/// <param name="MinorUnits">Two decimals; one in twenty is negative.</param>
/// <param name="Day">From −2 to 91, counted from the first day.</param>
/// <param name="Counterparty">From 0 to 49,999.</param>
/// <param name="Description">Seed of the text; one in twenty is quoted.</param>
readonly record struct WorkloadRow(
    ulong Reference, int ReferenceLength, int Account, int Currency, long MinorUnits, int Day, int Counterparty, uint Description)
{
    internal const int Days = 90;

    // Per cent of rows in each currency.
    static readonly int[] CurrencyShares = [40, 25, 10, 7, 5, 4, 3, 2, 2, 2];

    internal static WorkloadRow OfLedger(ulong seed, PlannedRow row) =>
        OfEvent(seed, row.Event) with { Description = DescriptionOf(seed, row, side: 0) };

    internal static WorkloadRow OfBank(ulong seed, PlannedRow row)
    {
        var same = OfEvent(seed, row.Event) with { Description = DescriptionOf(seed, row, side: 1) };
        var chance = Chance.Of(~seed, row.Event);
        return row.Group.Kind switch
        {
            EventKind.Same => same with { Day = same.Day + chance.Below(3) },
            EventKind.AmountOff => same with { MinorUnits = same.MinorUnits + ((1 + chance.Below(5)) * (chance.Below(2) == 0 ? 1 : -1)) },
            EventKind.WithoutReference => same with { ReferenceLength = 0, Day = same.Day + chance.Below(5) - 2 },
            EventKind.Split => same with { MinorUnits = PartOf(same.MinorUnits, row.Group.Bank, row.Part, chance) },
            _ => same,
        };
    }

    static WorkloadRow OfEvent(ulong seed, long number)
    {
        var chance = Chance.Of(seed, number);
        return new WorkloadRow(
            chance.Next(), 16 + chance.Below(5), AccountOf(chance.Share()), CurrencyOf(chance.Below(100)), AmountOf(ref chance),
            chance.Below(Days), chance.Below(50_000), 0);
    }

    static uint DescriptionOf(ulong seed, PlannedRow row, int side) =>
        (uint)(Chance.Of(seed + 1, (row.Event * 8) + (row.Part * 2) + side).Next() >> 32);

    // x^1.5: a root is exact on every machine, a power need not be.
    static int AccountOf(double share) => (int)(share * Math.Sqrt(share) * 1000);

    static int CurrencyOf(int percent)
    {
        var currency = 0;
        while (percent >= CurrencyShares[currency])
        {
            percent -= CurrencyShares[currency++];
        }

        return currency;
    }

    // One in ten a round sum up to 2,000.00, the others from 1.00 to 1,000,000.00, each power of ten as often.
    static long AmountOf(ref Chance chance)
    {
        var amount = chance.Below(10) == 0 ? (1 + chance.Below(20)) * 10_000L : Spread(ref chance);
        return chance.Below(20) == 0 ? -amount : amount;
    }

    static long Spread(ref Chance chance)
    {
        var decade = 100L;
        for (var power = chance.Below(6); power > 0; power--)
        {
            decade *= 10;
        }

        return decade + chance.Below((int)(decade * 9));
    }

    // Equal parts, each a little off, at most 1,000.00; the last one makes the sum.
    static long PartOf(long amount, int parts, int part, Chance chance)
    {
        var most = (int)Math.Clamp(Math.Abs(amount) / (4 * parts), 2, 100_000);
        long rest = amount, share = amount;
        for (var i = 0; i <= part; i++)
        {
            share = i == parts - 1 ? rest : (amount / parts) + (chance.Below(2 * most) - most);
            rest -= share;
        }

        return share;
    }
}
