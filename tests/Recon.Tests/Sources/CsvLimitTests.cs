// CSV files beyond the bounds, at the seams of the reader's window, and under other line ends.
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Sources.Csv;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class CsvLimitTests
{
    static readonly string[] LineEnds = ["\n", "\r\n", "\r"];

    [Fact]
    public void A_line_of_ten_megabytes_is_a_fault_that_names_the_bound()
    {
        var fault = Assert.Throws<ReconException>(() =>
            Read("id,note\nA1," + new string('x', 10 << 20) + "\nA2,ok\n"));
        Assert.Equal("a.csv: line 2: a row of more than 8 MiB (a quote that is never closed, or no CSV file)",
            fault.Message);
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
    }

    // Under another bound: of rows, not of windows, which are larger than a row may be.
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_row_may_have_eight_megabytes_and_no_byte_more(int more, bool isRow)
    {
        var text = Encoding.UTF8.GetBytes("id,note\nA1," + new string('x', CsvRows.MaxRowBytes - 3 + more) + "\nA2,ok\n");
        var cut = new CsvRows(new MemoryStream(text), (byte)',', (byte)'"', new StayingWindows(1 << 24));
        Assert.True(cut.Next());
        if (isRow)
        {
            Assert.True(cut.Next());
            Assert.Equal(CsvRows.MaxRowBytes, cut.Row.Length);
        }
        else
        {
            Assert.Equal(2, Assert.Throws<LongRowException>(() => cut.Next()).Line);
        }
    }

    [Fact]
    public void A_cell_of_two_megabytes_rejects_its_row()
    {
        var table = Read("id,note\nA1," + new string('x', 2 << 20) + "\nA2,ok\n");
        Assert.Equal(1, table.Count);
        var reject = Assert.Single(table.Rejects);
        Assert.Equal("cell 2 has 2097152 bytes; the longest allowed has 1048576 (1 MiB)", reject.Reason);
        Assert.Equal(500, reject.Content.Length);
    }

    [Fact]
    public void More_columns_than_the_widest_spreadsheet_has_are_a_fault() => Assert.Equal(
        "a.csv: line 1: more than 16384 columns in the files of the source",
        Assert.Throws<ReconException>(() =>
            Read(string.Join(',', Enumerable.Range(1, 16_385)) + "\n1,2\n")).Message);

    [Fact]
    public void Files_that_may_have_been_cut_in_their_last_cell_are_counted()
    {
        using var inputs = new InputFiles();
        inputs.Write("1.csv", "id,amount\nA1,1.0");
        inputs.Write("2.csv", "id,amount\nA2,2.0");
        inputs.Write("3.csv", "id,amount\nA3,3.00\n");
        var source = SourceCases.Source(ReadFormat.Csv, "*.csv", SourceCases.Csv);
        Assert.Equal(["2 files end without a line end; their last rows may have been cut"],
            SourceCases.Read(inputs.Root, source).Notices);
    }

    [Fact]
    public void A_file_of_rejects_only_is_a_fault() => Assert.Contains("more than 100000 rows rejected",
        Assert.Throws<ReconException>(() =>
            Read("id,note\n" + string.Concat(Enumerable.Repeat("x\n", 100_001)))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Other_line_ends_give_equal_cells(string lineEnd)
    {
        foreach (var name in SourceCases.Below("csv")
            .Where(name => Path.GetFileName(name) is "plain.csv" or "quotes.csv"))
        {
            var text = File.ReadAllText(Path.Combine(SourceCases.Root, name));
            Assert.Contains('\n', text);
            Assert.Equal(SourceCases.Cells(Read(text)),
                SourceCases.Cells(Read(text.Replace("\n", lineEnd, StringComparison.Ordinal))));
        }
    }

    [Theory]
    [InlineData("mt940/wolph/jejik/sns.sta", ReadFormat.Mt940)]
    [InlineData("mt940/own/ing-sepa.sta", ReadFormat.Mt940)]
    [InlineData("camt/own/batches.v08.xml", ReadFormat.Camt053)]
    public void Other_line_ends_give_equal_statements(string name, ReadFormat format)
    {
        var text = File.ReadAllText(Path.Combine(SourceCases.Root, name));
        using var inputs = new InputFiles();
        inputs.Write("lf", text);
        inputs.Write("crlf", text.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(
            SourceCases.Statements(SourceCases.Read(inputs.Root, SourceCases.Source(format, "lf"))),
            SourceCases.Statements(SourceCases.Read(inputs.Root, SourceCases.Source(format, "crlf"))));
    }

    // Cells of letters, separators, quotes and line ends, written by RFC 4180, handed over in small pieces.
    [Fact]
    public void What_is_written_is_cut_into_the_same_cells()
    {
        var cell = Gen.Int[0, 5].Select(i => "aü ,\"\n"[i]).Array[0, 6]
            .Select(letters => new string(letters));
        Gen.Select(cell.Array[2, 4].Array[1, 5], Gen.Int[0, 2].Select(i => LineEnds[i]), Gen.Int[1, 7])
            .Sample((rows, lineEnd, piece) =>
        {
            var text = string.Concat(rows.Select(row => string.Join(',', row.Select(Quoted)) + lineEnd));
            var cut = new CsvRows(new Pieces(Encoding.UTF8.GetBytes(text), piece), (byte)',', (byte)'"', StayingWindows.For(text.Length));
            foreach (var row in rows)
            {
                Assert.True(cut.Next());
                Assert.Equal(row, Enumerable.Range(0, cut.Count)
                    .Select(i => Encoding.UTF8.GetString(cut.Cell(i))));
            }

            Assert.False(cut.Next());
        });
    }

    static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static RawTable Read(string text)
    {
        using var inputs = new InputFiles();
        inputs.Write("a.csv", text);
        return SourceCases.Read(inputs.Root, SourceCases.Source(ReadFormat.Csv, "a.csv", SourceCases.Csv));
    }

    sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
    }
}
