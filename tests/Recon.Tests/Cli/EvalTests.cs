// recon eval as its users see it.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class EvalTests
{
    const string Workspace = "examples/card-payments";

    [Theory]
    [InlineData("ledger.amount.Abs() > Money.Of(10m, \"EUR\")", "ledger:L-2031", "true")]
    [InlineData("ledger.amount", "L-2031", "24.98 EUR")]
    [InlineData("ledger.amount.Value * 2m", "L-2031", "49.96")]
    [InlineData("Fn.Digits(ledger.order_ref)", "ledger:L-2031", "4742")]
    [InlineData("ledger.amount <= Params.rounding", "ledger:L-2031", "false")]
    [InlineData("var twice = ledger.amount.Value * 2m; return twice > 49m;", "ledger:L-2031", "true")]
    [InlineData("Fn.After(ledger.order_ref, \"no such text\")", "ledger:L-2031", "null")]
    public async Task A_record_is_asked_as_a_rule_would(string expression, string record, string value)
    {
        var eval = await WarmCli.RunAsync(RepositoryRoot.Of(), "eval", expression, "--record", record, "-w", Workspace);
        Assert.Equal((0, $"{value}\n"), (eval.ExitCode, eval.Out));
    }

    [Fact]
    public async Task Two_records_are_asked_together()
    {
        var eval = await WarmCli.RunAsync(
            RepositoryRoot.Of(), "eval", "ledger.booked >= provider.captured", "-r", "ledger:L-2020", "-r", "provider:ch_006", "-w", Workspace);
        Assert.Equal((0, "true\n"), (eval.ExitCode, eval.Out));
    }

    [Theory]
    [InlineData("ledger.amont", 1, "unknown field 'amont' of 'ledger'; did you mean 'amount'?")]
    [InlineData("System.IO.File.ReadAllText(\"/etc/passwd\")", 1, "RC3030")]
    [InlineData("ledger.amount.Value / (ledger.amount.Value - ledger.amount.Value)", 8, "failed on ledger:L-2031")]
    public async Task What_is_wrong_is_said_as_ever(string expression, int exit, string said)
    {
        var eval = await WarmCli.RunAsync(RepositoryRoot.Of(), "eval", expression, "-r", "L-2031", "-w", Workspace);
        Assert.True(exit == eval.ExitCode, eval.Everything);
        Assert.Equal("", eval.Out);
        Assert.Contains(said, eval.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_said()
    {
        var eval = await WarmCli.RunAsync(RepositoryRoot.Of(), "eval", "true", "-r", "ledger:nobody", "-w", Workspace);
        Assert.Equal(66, eval.ExitCode);
    }
}
