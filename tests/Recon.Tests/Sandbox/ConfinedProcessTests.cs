// A confined process that means harm: it is ended, what it was at is known, and nothing of it reaches anybody.
using System.Text;
using Recon.Cli.Confining;
using Recon.Sandbox;
using Xunit;

namespace Recon.Tests.Sandbox;

public sealed class ConfinedProcessTests
{
    const long HeapBytes = 64L << 20;
    const long FileBytes = 16L << 20;

    [Theory(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    [InlineData("spin", 4, "it took more of the processor or of memory than it was given")]
    [InlineData("sleep", 60, "it stood at one thing for longer than 8 s")]
    [InlineData("overflow", 60, "it ran out of stack or of memory")]
    [InlineData("memory", 60, "it ran out of stack or of memory")]
    public async Task A_process_that_does_not_end_is_ended(string attempt, int processor, string why)
    {
        var (end, _) = await RunAsync(TimeSpan.FromSeconds(processor), attempt);
        Assert.Equal(why, end.Ended);
        Assert.Equal($"the attempt {attempt}", end.AtWork);
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task A_file_has_an_end()
    {
        var (end, _) = await RunAsync(TimeSpan.FromSeconds(60), "large-file");
        Assert.NotEqual(3, end.ExitCode);
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task What_it_writes_is_plain_text()
    {
        var (end, output) = await RunAsync(TimeSpan.FromSeconds(60), "terminal");
        Assert.Equal((3, null), (end.ExitCode, end.Ended));
        Assert.Equal("?[2J?]0;mine?::set-output?\nplain\ttext\n", output);
    }

    [Theory(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    [InlineData("out/report.json", "out/report.json", true)]
    [InlineData("out/report.json", "/etc/cron.d/mine", false)]
    [InlineData("out/{pack}.json", "out/payments.card.json", true)]
    [InlineData("out/{pack}.json", "out/../../mine.json", false)]
    [InlineData("out/{pack}.json", "out/.json", false)]
    public async Task A_file_goes_only_where_one_was_asked_for(string asked, string said, bool isTaken)
    {
        using var process = new ConfinedProcess();
        var end = await RunAsync(process, TimeSpan.FromSeconds(60), Stream.Null, "forge", said);
        Assert.Equal("[31mforged", end.AtWork);
        Assert.Equal(isTaken ? [said] : [], CellOutputs.WrittenFor(process.Cell, asked).Select(written => written.Path));
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task A_link_to_what_is_not_its_own_is_no_file_of_it()
    {
        using var process = new ConfinedProcess();
        await RunAsync(process, TimeSpan.FromSeconds(60), Stream.Null, "forge", "out/report.json");
        File.Delete(Path.Combine(process.Cell.Outputs, "a"));
        File.CreateSymbolicLink(Path.Combine(process.Cell.Outputs, "a"), "/etc/passwd");
        Assert.Empty(CellOutputs.WrittenFor(process.Cell, "out/report.json"));
    }

    [Fact(Skip = Kernel.WhySkipped, SkipUnless = nameof(Kernel.CanConfine), SkipType = typeof(Kernel))]
    public async Task Nothing_of_it_is_left()
    {
        string directory;
        using (var process = new ConfinedProcess())
        {
            directory = process.Cell.Directory;
            using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => process.RunAsync(Harm("sleep"), Order(TimeSpan.FromSeconds(60)), Stream.Null, Stream.Null, cancellation.Token));
        }

        Assert.False(Directory.Exists(directory));
    }

    static async Task<(ConfinedEnd End, string Output)> RunAsync(TimeSpan processor, params string[] attempt)
    {
        using var process = new ConfinedProcess();
        using var output = new MemoryStream();
        var end = await RunAsync(process, processor, output, attempt);
        return (end, Encoding.UTF8.GetString(output.ToArray()));
    }

    static Task<ConfinedEnd> RunAsync(ConfinedProcess process, TimeSpan processor, Stream output, params string[] attempt) =>
        process.RunAsync(Harm(attempt), Order(processor), output, Stream.Null, TestContext.Current.CancellationToken);

    static CellOrder Order(TimeSpan processor) => new(new Dictionary<string, GivenBase>(), null, processor, FileBytes);

    static Confinement Harm(params string[] attempt) => new(
        Path.Combine(AppContext.BaseDirectory, "Recon.Hostile.dll"), attempt, [], [], HeapBytes,
        TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(attempt[0] == "sleep" ? 8 : 120),
        new Dictionary<string, string>());
}
