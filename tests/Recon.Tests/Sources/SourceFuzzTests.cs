// Damaged files: whatever happens to the bytes, the answer is a table or a fault, and it comes soon.
using System.Diagnostics;
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class SourceFuzzTests
{
    const int Files = 300;

    static readonly byte[] Marks = [0, 0xFF, .. "\n\r\",:<>-"u8];

    // Cut, double a piece, put a byte in, flip bits: up to eight times.
    static readonly Gen<(int Kind, double At, double Length, byte Mark)[]> Damages =
        Gen.Select(Gen.Int[0, 4], Gen.Double[0, 1], Gen.Double[0, 0.2], Gen.Int[0, 9].Select(i => Marks[i]))
            .Array[1, 8];

    [Theory]
    [InlineData("csv", ReadFormat.Csv)]
    [InlineData("camt", ReadFormat.Camt053)]
    [InlineData("mt940", ReadFormat.Mt940)]
    public void A_damaged_file_gives_a_table_or_a_fault(string folder, ReadFormat format)
    {
        using var inputs = new InputFiles();
        var originals = SourceCases.Below(folder)
            .Select(name => File.ReadAllBytes(Path.Combine(SourceCases.Root, name))).ToArray();
        var watch = Stopwatch.StartNew();
        Gen.Select(Gen.Int[0, originals.Length - 1].Select(i => originals[i]), Damages)
            .Sample((original, damages) =>
        {
            inputs.Write("damaged", damages.Aggregate(original, Damaged));
            try
            {
                var table = SourceCases.Read(inputs.Root,
                    SourceCases.Source(format, "damaged", SourceCases.Csv));
                Assert.All(table.Columns, column => Assert.Equal(table.Count, column.Count));
            }
            catch (ReconException fault)
            {
                Assert.StartsWith("damaged: ", fault.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(fault.Message, char.IsControl);
            }
        }, iter: Files, threads: 1);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(5), $"{Files} files took {watch.Elapsed}");
    }

    static byte[] Damaged(byte[] bytes, (int Kind, double At, double Length, byte Mark) damage)
    {
        var at = (int)(damage.At * bytes.Length);
        var length = Math.Min((int)(damage.Length * bytes.Length), bytes.Length - at);
        return damage.Kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[(at + length)..]],
            2 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
            3 => [.. bytes[..at], damage.Mark, .. bytes[at..]],
            _ when at == bytes.Length => bytes,
            _ => [.. bytes[..at], (byte)(bytes[at] ^ damage.Mark), .. bytes[(at + 1)..]],
        };
    }
}
