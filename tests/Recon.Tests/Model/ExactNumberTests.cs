// Exact numbers: reading, writing, order and arithmetic without rounding.
using CsCheck;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Model;

public sealed class ExactNumberTests
{
    static readonly Gen<ExactNumber> Numbers =
        Gen.Select(Gen.Long, Gen.Int[0, 12], (units, scale) => new ExactNumber(units, scale));

    [Fact]
    public void What_is_written_is_read_again() =>
        Numbers.Sample(number => ExactNumber.TryParse(number.ToString(), out var read)
            && read == number && read.Scale == number.Scale);

    [Fact]
    public void Sums_and_order_agree_with_decimal() =>
        Gen.Select(Gen.Int, Gen.Int[0, 6], Gen.Int, Gen.Int[0, 6]).Sample((a, s, b, t) =>
        {
            var (left, right) = (new ExactNumber(a, s), new ExactNumber(b, t));
            return (left + right).ToDecimal() == left.ToDecimal() + right.ToDecimal()
                && left.CompareTo(right) == left.ToDecimal().CompareTo(right.ToDecimal());
        });

    [Theory]
    [InlineData("1.234,50", "1234.50", ',', '.')]
    [InlineData("-0,05", "-0.05", ',', '\0')]
    [InlineData("12.345.678", "12345678", ',', '.')]
    [InlineData("1,5", null, '.', '\0')]
    [InlineData("1.23,4", null, ',', '.')]
    [InlineData("12.34.567", null, ',', '.')]
    [InlineData("1.", null, '.', '\0')]
    [InlineData(".5", null, '.', '\0')]
    [InlineData("1e3", null, '.', '\0')]
    [InlineData("", null, '.', '\0')]
    [InlineData("-", null, '.', '\0')]
    [InlineData("99999999999999999999999999999999999999", null, '.', '\0')]
    public void Cells_are_read_as_their_dialect_writes_them(string cell, string? expected, char point, char grouping)
    {
        var read = ExactNumber.TryParse(System.Text.Encoding.UTF8.GetBytes(cell), out var number, (byte)point, (byte)grouping);
        Assert.Equal(expected, read ? number.ToString() : null);
    }
}
