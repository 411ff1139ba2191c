// Writes workload W: two CSV files whose rows mostly match, with the usual kinds of trouble planted.
using System.Globalization;
using System.Text;

namespace Recon.Benchmarks.WholeRun;

/// <summary>
/// W(N): N ledger rows; the bank has 90 % with the same reference and amount, 3 % off by at most 0.05, 2 % without
/// reference and a date off by at most 2 days, 1 % split in 2 to 4, 1 % with a reference used twice, the rest
/// without a partner. All in EUR. The same seed gives the same bytes on every machine.
/// </summary>
static class Workload
{
    const string Header = "id,ref,account,currency,amount,value_date,counterparty,description";
    static readonly DateOnly FirstDay = new(2026, 1, 1);

    internal static void Write(string directory, int rows, ulong seed)
    {
        Directory.CreateDirectory(directory);
        var chance = new SplitMix(seed);
        using var ledger = Open(Path.Combine(directory, "ledger.csv"));
        var bank = new List<string>(rows + (rows / 20));
        for (var i = 0; i < rows; i++)
        {
            var row = Row.Draw(chance, i);
            ledger.WriteLine(row.Line($"L{i:D9}"));
            AddBankRows(bank, row, chance);
        }

        chance.Shuffle(bank);
        using var file = Open(Path.Combine(directory, "bank.csv"));
        for (var i = 0; i < bank.Count; i++)
        {
            file.WriteLine($"B{i:D9}{bank[i]}");
        }
    }

    static void AddBankRows(List<string> bank, Row row, SplitMix chance)
    {
        switch (chance.Below(1000))
        {
            case < 900:
                bank.Add(row.Line(""));
                break;
            case < 930:
                bank.Add((row with { Cents = row.Cents + chance.Below(11) - 5 }).Line(""));
                break;
            case < 950:
                bank.Add((row with { Reference = "", Day = row.Day + chance.Below(5) - 2 }).Line(""));
                break;
            case < 960:
                AddSplit(bank, row, parts: 2 + chance.Below(3));
                break;
            case < 970:
                bank.Add(row.Line(""));
                bank.Add((row with { Cents = row.Cents + 100 + chance.Below(10_000) }).Line(""));
                break;
            default:
                bank.Add(Row.Draw(chance, chance.Below(int.MaxValue)).Line(""));
                break;
        }
    }

    static void AddSplit(List<string> bank, Row row, int parts)
    {
        for (var part = 1; part < parts; part++)
        {
            bank.Add((row with { Cents = row.Cents / parts }).Line(""));
        }

        bank.Add((row with { Cents = row.Cents - (row.Cents / parts * (parts - 1)) }).Line(""));
    }

    static StreamWriter Open(string path)
    {
        var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        writer.WriteLine(Header);
        return writer;
    }

    sealed record Row(string Reference, int Account, int Cents, int Day, int Counterparty)
    {
        internal static Row Draw(SplitMix chance, int number) => new(
            $"REF{number:D9}{chance.Below(100_000):D5}", chance.Below(1000), 100 + chance.Below(5_000_000), chance.Below(90), chance.Below(50_000));

        internal string Line(string id) => string.Create(
            CultureInfo.InvariantCulture,
            $"{id},{Reference},ACC{Account:D4},EUR,{Cents / 100}.{Cents % 100:D2},{FirstDay.AddDays(Math.Max(Day, 0)):yyyy-MM-dd}")
            + string.Create(CultureInfo.InvariantCulture, $",Counterparty {Counterparty:D5},Payment for goods and services");
    }
}

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.</summary>
sealed class SplitMix(ulong seed)
{
    ulong _state = seed;

    /// <summary>A number from 0 to <paramref name="exclusive"/> − 1.</summary>
    internal int Below(int exclusive) => (int)(Next() % (ulong)exclusive);

    internal void Shuffle<T>(List<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
