// What stands around a run: where its postings may be written, and the tests beside its pack.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class AroundRunTests
{
    [Theory]
    [InlineData("folder")]
    [InlineData("file")]
    public async Task A_link_does_not_lead_postings_out_of_the_workspace(string kind)
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        SmallWorkspace.Write(folder);
        if (kind == "folder")
        {
            Directory.CreateSymbolicLink(folder.Of("out"), elsewhere.Path);
        }
        else
        {
            Directory.CreateDirectory(folder.Of("out"));
            File.CreateSymbolicLink(folder.Of("out", "ledger.jsonl"), elsewhere.Of("ledger.jsonl"));
        }

        var run = await WarmCli.RunAsync(folder.Path, "run", ".", "--date", "2026-03-02");
        Assert.True(run.ExitCode == 7, run.Everything);
        Assert.Contains("target ledger: 'out/ledger.jsonl' leads out of the workspace", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere.Path));

        // What was to be delivered is not lost.
        (kind == "folder" ? (Action<string>)Directory.Delete : File.Delete)(kind == "folder" ? folder.Of("out") : folder.Of("out", "ledger.jsonl"));
        var deliver = await WarmCli.RunAsync(folder.Path, "postings", "deliver");
        Assert.True(deliver.ExitCode == 0, deliver.Everything);
        Assert.Single(File.ReadAllLines(folder.Of("out", "ledger.jsonl")));
    }

    [Theory]
    [InlineData("/tmp/ledger.jsonl")]
    [InlineData("../ledger.jsonl")]
    public async Task A_target_outside_the_workspace_is_refused_where_it_is_written(string target)
    {
        using var folder = new TemporaryFolder();
        SmallWorkspace.Write(folder, target);
        var run = await WarmCli.RunAsync(folder.Path, "run", ".", "--date", "2026-03-02");
        Assert.True(run.ExitCode == 1, run.Everything);
        Assert.Contains("a file below the workspace", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_the_tests_of_a_pack_does_not_stop_its_run()
    {
        using var folder = new TemporaryFolder();
        SmallWorkspace.Write(folder);
        SmallWorkspace.Put(folder, "pack/pack.test.yaml", "tests: [ { name: \n");
        var check = await WarmCli.RunAsync(folder.Path, "check", ".");
        Assert.True(check.ExitCode == 1, check.Everything);
        var run = await WarmCli.RunAsync(folder.Path, "run", ".", "--date", "2026-03-02");
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Fact]
    public async Task A_failed_test_says_why_a_posting_waits_for_people()
    {
        using var folder = new TemporaryFolder();
        SmallWorkspace.Write(folder, limit: "0.01");
        SmallWorkspace.Put(folder, "pack/pack.test.yaml", """
            tests:
              - name: two cents are booked
                date: 2026-03-02
                given:
                  ledger: [ { entry_no: A, amount: 10.00 EUR } ]
                  bank: [ { bank_ref: A, amount: 10.02 EUR } ]
                expect:
                  posts: [ { to: ledger, amount: 0.02 EUR, state: queued } ]

            """);
        var test = await WarmCli.RunAsync(folder.Path, "test", ".");
        Assert.True(test.ExitCode == 1, test.Everything);
        Assert.Contains("state: escalated", test.Out, StringComparison.Ordinal);
        Assert.Matches("because .*limit", test.Out);
    }
}
