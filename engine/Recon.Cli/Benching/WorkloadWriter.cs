// Writes workload W as two CSV files and the pack that reconciles them.
using System.Buffers.Text;
using System.Text;
using Recon.Runs.Results;

namespace Recon.Cli.Benching;

/// <summary>
/// Equal rows and seed give equal bytes on every machine. A block of lines is made by each thread, so that memory does not
/// grow with the rows.
/// </summary>
sealed class WorkloadWriter(long rows, ulong seed, int threads)
{
    const string Header = "id,ref,account,currency,amount,value_date,counterparty,description\n";

    // Longest line: 134 bytes.
    const int MostLineBytes = 160;
    const int BlockLines = 1 << 15;
    const int FirstPossibleDay = -2;

    static readonly DateOnly FirstDay = new(2025, 1, 1);

    static readonly byte[][] Dates =
        [.. Enumerable.Range(FirstPossibleDay, WorkloadRow.Days + 4).Select(day => Utf8(ResultDocument.Iso(FirstDay.AddDays(day))))];

    static readonly byte[][] Words =
    [
        .. "payment invoice transfer settlement fee refund coupon dividend salary rent trade margin collateral swap interest premium order batch wire card"
            .Split(' ').Select(Utf8),
    ];

    static readonly byte[][] CurrencyCodes = [.. Currencies.Split(' ').Select(Utf8)];

    internal const string Currencies = "USD EUR GBP JPY CHF AUD CAD SEK NOK PLN";

    /// <summary>The day after the last one in the files.</summary>
    internal static DateOnly BusinessDate => FirstDay.AddDays(WorkloadRow.Days + 2);

    readonly WorkloadPlan _plan = new(rows);

    /// <summary>Writes <c>ledger.csv</c>, <c>bank.csv</c> and <c>pack.yaml</c>.</summary>
    internal void Write(string directory, CancellationToken cancellation)
    {
        using (var pack = typeof(WorkloadWriter).Assembly.GetManifestResourceStream("workload.yaml")!)
        using (var file = File.Create(Path.Combine(directory, "pack.yaml")))
        {
            pack.CopyTo(file);
        }

        var ledger = new Shuffle(rows, seed + 2);
        var bank = new Shuffle(rows, seed + 3);
        WriteFile(Path.Combine(directory, "ledger.csv"), 'L', row => WorkloadRow.OfLedger(seed, _plan.OfLedger(ledger.At(row))), cancellation);
        WriteFile(Path.Combine(directory, "bank.csv"), 'B', row => WorkloadRow.OfBank(seed, _plan.OfBank(bank.At(row))), cancellation);
    }

    void WriteFile(string path, char side, Func<long, WorkloadRow> rowAt, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(Utf8(Header));
        var blocks = Enumerable.Range(0, threads).Select(_ => new byte[BlockLines * MostLineBytes]).ToArray();
        var lengths = new int[threads];
        for (long start = 0; start < rows; start += (long)threads * BlockLines)
        {
            Parallel.For(0, threads, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads }, block =>
                lengths[block] = Fill(blocks[block], side, rowAt, start + ((long)block * BlockLines)));
            for (var block = 0; block < threads; block++)
            {
                file.Write(blocks[block].AsSpan(0, lengths[block]));
            }
        }
    }

    int Fill(byte[] block, char side, Func<long, WorkloadRow> rowAt, long first)
    {
        var line = new LineBuilder(block);
        for (var row = first; row < Math.Min(rows, first + BlockLines); row++)
        {
            Append(ref line, side, row + 1, rowAt(row));
        }

        return line.Length;
    }

    static void Append(ref LineBuilder line, char side, long number, WorkloadRow row)
    {
        line.Add((byte)side);
        line.Number(number, digits: 10);
        line.Add((byte)',');
        AppendReference(ref line, row);
        line.Add(",ACC"u8);
        line.Number(10_000 + (row.Account * 7), digits: 5);
        line.Add((byte)',');
        line.Add(CurrencyCodes[row.Currency]);
        line.Add(row.MinorUnits < 0 ? ",-"u8 : ","u8);
        line.Number(Math.Abs(row.MinorUnits) / 100, digits: 1);
        line.Add((byte)'.');
        line.Number(Math.Abs(row.MinorUnits) % 100, digits: 2);
        line.Add((byte)',');
        line.Add(Dates[row.Day - FirstPossibleDay]);
        line.Add(",Counterparty "u8);
        line.Number(10_001 + (row.Counterparty * 13), digits: 5);
        line.Add((row.Counterparty % 3) switch { 0 => " Ltd,"u8, 1 => " GmbH,"u8, _ => ","u8 });
        AppendDescription(ref line, row.Description);
        line.Add((byte)'\n');
    }

    static void AppendReference(ref LineBuilder line, WorkloadRow row)
    {
        var chance = new Chance(row.Reference);
        ulong digits = 0;
        for (var i = 0; i < row.ReferenceLength; i++)
        {
            // Ten digits of base 36 fit a number of 64 bits.
            digits = i % 10 == 0 ? chance.Next() : digits / 36;
            line.Add("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8[(int)(digits % 36)]);
        }
    }

    // Three words and a number; one text in twenty holds a comma, one in a hundred quotes too.
    static void AppendDescription(ref LineBuilder line, uint text)
    {
        var quoted = text % 20 == 0;
        line.Add(quoted ? "\""u8 : ""u8);
        line.Add(Words[(text >> 8) % 20]);
        line.Add(quoted ? ", "u8 : " "u8);
        line.Add(Words[(text >> 16) % 20]);
        line.Add(text % 100 == 0 ? " \"\"x\"\" "u8 : " "u8);
        line.Add(Words[(text >> 24) % 20]);
        line.Add((byte)' ');
        line.Number(text % 1_000_000, digits: 1);
        line.Add(quoted ? "\""u8 : ""u8);
    }

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Bytes one after the other; the block is large enough.</summary>
    ref struct LineBuilder(Span<byte> block)
    {
        readonly Span<byte> _block = block;

        internal int Length { get; private set; }

        internal void Add(byte one) => _block[Length++] = one;

        internal void Add(ReadOnlySpan<byte> several)
        {
            several.CopyTo(_block[Length..]);
            Length += several.Length;
        }

        internal void Number(long number, int digits)
        {
            Utf8Formatter.TryFormat(number, _block[Length..], out var written, new System.Buffers.StandardFormat('D', (byte)digits));
            Length += written;
        }
    }
}
