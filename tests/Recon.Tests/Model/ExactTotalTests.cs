// Totals: exact whatever is added, and written so that they can be read again.
using System.Numerics;
using CsCheck;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Model;

public sealed class ExactTotalTests
{
    static Gen<ExactTotal> Any => Gen.Select(
        Gen.Long, Gen.Int[0, 60], Gen.Int[0, 28],
        (units, zeros, scale) => new ExactTotal(units * BigInteger.Pow(10, zeros), scale));

    [Fact]
    public void What_is_written_is_read_again_with_its_digits() => Any.Sample(total =>
        ExactTotal.TryParse(total.ToString(), out var read) && read == total && read.Scale == total.Scale);

    [Fact]
    public void Order_and_equality_are_by_value() => Gen.Select(Any, Any, Gen.Int[0, 5]).Sample((one, other, more) =>
    {
        var rescaled = new ExactTotal(one.UnitsAt(one.Scale + more), one.Scale + more);
        return rescaled == one && rescaled.GetHashCode() == one.GetHashCode()
            && (one < other) == (one.UnitsAt(28) < other.UnitsAt(28)) && (one + other).UnitsAt(28) == one.UnitsAt(28) + other.UnitsAt(28);
    });

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    public void What_is_no_total_is_refused(string text) => Assert.False(ExactTotal.TryParse(text, out _));

    [Theory]
    [InlineData("0")]
    [InlineData("-0.50")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890.12")]
    public void Totals_have_no_bound(string text) =>
        Assert.True(ExactTotal.TryParse(text, out var total) && total.ToString() == text);
}
