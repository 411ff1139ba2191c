// Names of one person, and of two.
using Recon.Model.Acts;
using Xunit;

namespace Recon.Tests.Model;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("anna", "Anna ")]
    [InlineData("J\u00FCrgen", "Ju\u0308rgen")]
    [InlineData("anna", "an\u200Bna")]
    [InlineData("anna", "\u2060anna\uFEFF")]
    [InlineData("anna", "an\u00ADna")]
    [InlineData("anna", "anna\uFE0F")]
    [InlineData("anna", "\uFF41nna")]
    [InlineData("anna", "anna\u3164")]
    [InlineData("office", "o\uFB03ce")]
    [InlineData("anna", "anna\U000E0061")]
    public void What_looks_the_same_is_one_person(string one, string other)
    {
        Assert.True(PersonName.IsSame(one, other));
        Assert.Equal(PersonName.Canonical(one), PersonName.Canonical(PersonName.Canonical(other)));
    }

    [Theory]
    [InlineData("anna", "ann")]
    [InlineData("anna b", "annab")]
    [InlineData("Jurgen", "J\u00FCrgen")]
    public void What_reads_otherwise_is_two(string one, string other) => Assert.False(PersonName.IsSame(one, other));
}

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2026-03-02..2026-03-06", "2026-03-02..2026-03-06")]
    [InlineData("2026-03-02", "2026-03-02..2026-03-02")]
    [InlineData("2024-02", "2024-02-01..2024-02-29")]
    [InlineData("2026-Q4", "2026-10-01..2026-12-31")]
    [InlineData("2026", "2026-01-01..2026-12-31")]
    public void A_period_is_written_in_one_way_however_it_was_named(string named, string written)
    {
        Assert.Equal(written, Period.Parse(named)?.ToString());
        Assert.Equal(Period.Parse(named), Period.Parse(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("2026-Q0")]
    [InlineData("2026-03-06..2026-03-02")]
    [InlineData("2026-03-02..")]
    [InlineData("March")]
    public void What_is_no_period_is_none(string text) => Assert.Null(Period.Parse(text));
}
