// The vectorised cutter against its oracle, with windows so small that their borders fall everywhere.
using CsCheck;
using Recon.Model.Columns;
using Recon.Sources.Csv;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class CsvCuttingTests
{
    // Letters thrice, so that cells of some length come too; half a character and NUL are bytes like others here.
    static readonly byte[] Alphabet = [.. "aaabbb  ,,\"\"\n\r"u8, 0, 0xC3];

    static readonly Gen<byte[]> Texts = Gen.Int[0, Alphabet.Length - 1].Select(i => Alphabet[i]).Array[0, 400];

    [Fact]
    public void Rows_are_those_of_the_book_wherever_windows_and_pieces_end() =>
        Gen.Select(Texts, Gen.Int[1, 130], Gen.Int[0, 3]).Sample((text, piece, doublings) =>
        {
            var cut = new CsvRows(new Pieces(text, piece), (byte)',', (byte)'"', new StayingWindows(CsvMarks.GroupBytes << doublings));
            foreach (var row in new PlainCutter(text, (byte)',', (byte)'"').Rows())
            {
                Assert.True(cut.Next());
                Assert.Equal(row.Cells, Enumerable.Range(0, cut.Count).Select(i => cut.Cell(i).ToArray()));
                Assert.Equal(
                    (row.Line, row.IsTerminated, row.IsQuoteOpen, row.IsMisquoted),
                    (cut.Line, cut.IsTerminated, cut.IsQuoteOpen, cut.IsMisquoted));
                Assert.True(cut.MayBeOdd || cut.Row.IndexOfAnyExceptInRange((byte)1, (byte)127) < 0);
            }

            Assert.False(cut.Next());
        }, iter: 2000);

    static readonly byte[] PlainAlphabet = [.. "aaabbb ,,\n\r"u8];

    static readonly Gen<byte[]> PlainTexts = Gen.Int[0, PlainAlphabet.Length - 1].Select(i => PlainAlphabet[i]).Array[0, 400];

    // Those that need no grammar are kept many at a time, but for those that begin with an "a".
    [Fact]
    public void Rows_that_are_kept_have_their_cells_to_the_end() =>
        Gen.Select(Gen.OneOf(Texts, PlainTexts), Gen.Int[1, 130], Gen.Int[0, 3], Gen.Bool).Sample((text, piece, doublings, hasOther) =>
        {
            var windows = new StayingWindows(CsvMarks.GroupBytes << doublings);
            var cut = new CsvRows(new Pieces(text, piece), (byte)',', (byte)'"', windows);
            var plain = new PlainRows((byte)',', width: 2, hasOther ? "a"u8.ToArray() : []);
            var lines = new List<int>();
            while (cut.Next())
            {
                if (cut.Count == 2)
                {
                    cut.Keep();
                    lines.Add(cut.Line);
                    var count = cut.KeepPlain(plain);
                    lines.AddRange(Enumerable.Range(cut.Line - count + 1, count));
                }
            }

            var kept = new TextRows(windows.Kept);
            TextColumn[] columns = [TextColumn.Of(kept, new int[windows.Kept.Count]), TextColumn.Of(kept, [.. windows.Kept.Select(_ => 1)])];
            var expected = new PlainCutter(text, (byte)',', (byte)'"').Rows().Where(row => row.Cells.Count == 2).ToList();
            Assert.Equal(expected.Count, kept.Count);
            Assert.Equal(expected.Select(row => row.Line), lines);
            for (var row = 0; row < expected.Count; row++)
            {
                Assert.Equal(expected[row].Cells, columns.Select(column => column.Utf8(row).ToArray()));
            }
        }, iter: 2000);

    sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
    }
}
