// A mask hides what words say and keeps what rules look at.
using System.Globalization;
using Recon.Runs.Freezing;
using Xunit;

namespace Recon.Tests.Runs.Freezing;

public sealed class TextMaskTests
{
    static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Words_of_one_shape_become_each_other()
    {
        using var mask = new TextMask(Key, ["kept 42, ab and 7"]);
        string[] numbers = [.. Enumerable.Range(10, 90).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        Assert.Equal(numbers, numbers.Select(mask.Of).Order(StringComparer.Ordinal));
        string[] words = [.. "abcdefghijklmnopqrstuvwxyz".SelectMany(one => "abcdefghijklmnopqrstuvwxyz".Select(other => $"{one}{other}"))];
        Assert.Equal(words, words.Select(mask.Of).Order(StringComparer.Ordinal));
        Assert.True(numbers.Count(number => mask.Of(number) == number) < 10);
        Assert.True(words.Count(word => mask.Of(word) == word) < 10);
    }

    [Fact]
    public void Words_of_the_rules_stay_in_any_case_and_with_leading_zeros()
    {
        using var mask = new TextMask(Key, ["ledger.kind != \"void\" && code == \"0042\""]);
        Assert.Equal("VOID Void 42 0042 kind", mask.Of("VOID Void 42 0042 kind"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" – / ")]
    [InlineData("000")]
    public void What_is_no_word_stays(string text)
    {
        using var mask = new TextMask(Key, []);
        Assert.Equal(text, mask.Of(text));
    }

    [Fact]
    public void A_long_word_is_hidden_in_parts_and_keeps_its_length()
    {
        using var mask = new TextMask(Key, []);
        var digits = string.Concat(Enumerable.Repeat("9007199254740993", 20));
        Assert.Equal(digits.Length, mask.Of(digits).Length);
        Assert.NotEqual(digits, mask.Of(digits));
        var letters = string.Concat(Enumerable.Repeat("Donaudampfschiff", 20));
        Assert.Equal(letters.Length, mask.Of(letters).Length);
        Assert.NotEqual(mask.Of(letters), mask.Of(letters[..^1] + "e"));
    }

    [Fact]
    public void Other_letters_are_hidden_too_and_in_any_case()
    {
        using var mask = new TextMask(Key, []);
        var masked = mask.Of("Müller Ελένη Ölpreis");
        Assert.All(masked, letter => Assert.True(char.IsAscii(letter)));
        Assert.Equal(masked.ToUpperInvariant(), mask.Of("MÜLLER ΕΛΈΝΗ ÖLPREIS"));
    }

    [Fact]
    public void Another_key_gives_another_text()
    {
        using var mask = new TextMask(Key, []);
        using var other = new TextMask([.. Key.Reverse()], []);
        Assert.NotEqual(mask.Of("invoice 4711 of Smith"), other.Of("invoice 4711 of Smith"));
    }

    /// <summary>What packs do to texts gives the same before as behind the mask.</summary>
    [Fact]
    public void Cleaning_goes_through_the_mask()
    {
        using var mask = new TextMask(Key, ["INV"]);
        var random = new Random(20261201);
        for (var round = 0; round < 300; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => "abcXYZ0019 -/"[random.Next(13)])]);
            Assert.Equal(mask.Of(text).ToUpperInvariant(), mask.Of(text.ToUpperInvariant()));
            Assert.Equal(mask.Of(text).Trim(), mask.Of(text.Trim()));
            Assert.Equal(mask.Of(text).Replace("-", "/", StringComparison.Ordinal), mask.Of(text.Replace('-', '/')));
            Assert.Equal("INV-" + mask.Of(text), mask.Of("INV-" + text));
            Assert.Equal(mask.Of(text).TrimStart('0'), mask.Of(text.TrimStart('0')));
        }
    }
}
