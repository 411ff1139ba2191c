// Columns of text over rows that lie in several blocks.
using System.Text;
using CsCheck;
using Recon.Model.Columns;
using Xunit;

namespace Recon.Tests.Model;

public sealed class TextColumnTests
{
    static readonly Gen<string?[]> Texts = Gen.Int[0, 9].Select(i => i switch { 0 => null, 1 => "", _ => new string('x', i) }).Array[0, 40];

    [Fact]
    public void Columns_that_are_joined_are_one_whose_empty_texts_are_null() =>
        Gen.Select(Texts, Gen.Bool).Array[1, 5].Sample(parts =>
        {
            var joined = TextColumn.Joined([.. parts.Select(part => (part.Item2 ? TextColumn.Of(part.Item1) : null, part.Item1.Length))]);
            string?[] expected = [.. parts.SelectMany(part => part.Item1.Select(text => part.Item2 && text != "" ? text : null))];
            Assert.Equal(expected, Enumerable.Range(0, joined.Count).Select(joined.Text));
            int[] backwards = [.. Enumerable.Range(0, joined.Count).Reverse()];
            var gathered = joined.InOrder(backwards);
            Assert.Equal(expected.Reverse(), backwards.Select((_, i) => gathered.Text(i)));
            Assert.Equal(expected, backwards.Select((_, i) => gathered.InOrder(backwards).Text(i)));
        });

    // More rows than a block has, and rows beyond what 16 bits count.
    [Fact]
    public void Long_texts_and_many_rows_are_found_again()
    {
        string[] texts = [.. Enumerable.Range(0, 150_000).Select(i => i % 50_000 == 7 ? new string('y', 70_000 + i) : $"t{i}")];
        var column = TextColumn.Of(texts);
        Assert.Equal(texts.Length, column.Count);
        Assert.All(texts.Index(), entry => Assert.Equal(entry.Item, Encoding.UTF8.GetString(column.Utf8(entry.Index))));
    }

    [Fact]
    public void A_column_that_a_block_lacks_is_null_there()
    {
        RowBlock[] blocks =
        [
            RowBlock.Of("a;b"u8.ToArray(), [0], [1, 3]),
            RowBlock.Of("cd"u8.ToArray(), [0, 1], [1, 1]),
        ];
        var column = TextColumn.Of(new TextRows(blocks), [1, -1]);
        Assert.Equal(["b", null, null], Enumerable.Range(0, 3).Select(column.Text));
    }

    [Fact]
    public void Rows_in_slots_are_the_same_rows() =>
        Gen.Int[0, SlotBlock.LongestCell].Select(length => new string('z', length)).Array[1, 60].Sample(texts =>
        {
            var column = TextColumn.Of(texts);
            var middle = texts.Length / 2;
            var longest = texts.Max(text => text.Length);
            var slab = new Slab<byte>(ColumnMemory.Arrays);
            var slots = TextColumn.Of(
                new TextRows([SlotBlock.Of(column, 0, middle, longest, slab), SlotBlock.Of(column, middle, texts.Length, longest, slab)]), [0, 0]);
            Assert.Equal(texts, Enumerable.Range(0, slots.Count).Select(slots.Text));
            var joined = TextColumn.Joined([(slots, texts.Length)]);
            Assert.Equal(texts.Select(text => text == "" ? null : text), Enumerable.Range(0, joined.Count).Select(joined.Text));
        });
}
