// Until when a class holds: weekends, TARGET2 holidays, leap days, placeholders.
using Recon.Judging;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Judging;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("3 TARGET2", "2026-02-25", "2026-03-02")] // Wednesday, over a weekend
    [InlineData("1 TARGET2", "2026-02-27", "2026-03-02")] // Friday
    [InlineData("1 TARGET2", "2026-02-28", "2026-03-02")] // Saturday counts from the Friday before
    [InlineData("0 TARGET2", "2026-02-28", "2026-03-02")] // no days: the next business day
    [InlineData("0 TARGET2", "2026-02-27", "2026-02-27")]
    [InlineData("1 TARGET2", "2026-04-02", "2026-04-07")] // Good Friday and Easter Monday
    [InlineData("2 TARGET2", "2026-04-30", "2026-05-05")] // 1 May is a Friday
    [InlineData("1 TARGET2", "2026-12-24", "2026-12-28")] // both days of Christmas, then a weekend
    [InlineData("1 TARGET2", "2025-12-31", "2026-01-02")]
    [InlineData("1 weekdays", "2026-12-24", "2026-12-25")] // another calendar knows no Christmas
    [InlineData("1 TARGET2", "2028-02-28", "2028-02-29")] // a leap day is a business day
    [InlineData("1", "2028-02-28", "2028-02-29")]
    [InlineData("2", "2026-02-27", "2026-03-01")] // calendar days end on any day
    [InlineData("1", "2028-02-29", "2028-03-01")]
    [InlineData("3 TARGET2", "9999-12-31", "9999-12-31")] // a placeholder stops no run
    [InlineData("5", "9999-12-30", "9999-12-31")]
    [InlineData("3 TARGET2", "0001-01-01", "0001-01-04")]
    public void A_class_is_due(string days, string from, string due) =>
        Assert.Equal(Specs.Date(due), Judged(days, from, businessDate: "0001-01-01").Due);

    [Theory]
    [InlineData("2026-03-02", "in-transit")] // on the due date it still holds
    [InlineData("2026-03-03", "late")]
    [InlineData("2026-02-20", "in-transit")] // before it began
    public void A_class_ends_on_the_business_date_after_the_due_date(string businessDate, string expected) =>
        Assert.Equal(expected, Judged("3 TARGET2", "2026-02-25", businessDate).Class);

    [Fact]
    public void A_moment_counts_from_its_local_date()
    {
        var text = Text("1", "2026-02-25T23:30:00Z", "2026-02-25", "instant", zone: "Europe/Berlin");
        Assert.Equal(Specs.Date("2026-02-27"), OnlyBreak(text).Due);
    }

    static Break Judged(string days, string from, string businessDate) =>
        OnlyBreak(Text(days, from, businessDate, "date", zone: "UTC"));

    static Break OnlyBreak(string text) =>
        Assert.Single(Judge.Decide(JudgingCase.Read(text), CancellationToken.None).Breaks);

    static string Text(string days, string from, string businessDate, string kind, string zone) => $"""
        date {businessDate}
        source provider external zone {zone}
          id  captured:{kind}
          P1  {from}
        source bank external
          id  amount:money
        pass payout: provider 1:1 bank
        class in-transit expected: open provider
          until {days} from captured then late
        class late suspicious: otherwise
        """;
}
