// Calendars from files.
using Recon.Model;
using Recon.Sources;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class CalendarFileTests
{
    [Theory]
    [InlineData("date,name\n2026-04-03,Good Friday\n2026-04-06,\"Easter, Monday\"\n")]
    [InlineData("\uFEFFname;date\r\nGood Friday;2026-04-03\r\nEaster Monday; 2026-04-06\r\n")]
    public void Dates_of_the_file_and_weekends_are_no_business_days(string text)
    {
        using var inputs = new InputFiles();
        inputs.Write("nl.csv", text);
        var calendar = CalendarFile.Read(inputs.On("nl.csv"), "BANK-NL");
        Assert.Equal("BANK-NL", calendar.Name);
        Assert.Equal(
            [new DateOnly(2026, 4, 2), new DateOnly(2026, 4, 7)],
            Enumerable.Range(2, 6).Select(day => new DateOnly(2026, 4, day)).Where(calendar.IsBusinessDay));
    }

    [Theory]
    [InlineData("date\n2026-13-01\n", "line 2: '2026-13-01' is no date; expected yyyy-MM-dd")]
    [InlineData("name,date\nx\n", "line 2: '' is no date; expected yyyy-MM-dd")]
    [InlineData("name,day\nx,2026-01-01\n", "line 1: the header has no column 'date'; it has: name, day")]
    [InlineData("", "the file is empty (0 bytes); a table without rows still has its header")]
    [InlineData("\n", "no header line: all lines are blank")]
    [InlineData("<html></html>", "this is not a CSV file, it looks like HTML")]
    public void A_file_that_is_no_calendar_is_a_fault(string text, string expected)
    {
        using var inputs = new InputFiles();
        inputs.Write("nl.csv", text);
        var fault = Assert.Throws<ReconException>(() => CalendarFile.Read(inputs.On("nl.csv"), "BANK-NL"));
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
        Assert.Equal($"calendar BANK-NL (nl.csv): {expected}", fault.Message);
    }

    [Fact]
    public void A_missing_file_is_told()
    {
        using var inputs = new InputFiles();
        Assert.Equal(FaultKind.InputMissing,
            Assert.Throws<ReconException>(() => CalendarFile.Read(inputs.On("x.csv"), "X")).Kind);
    }
}
