// The command line on a store of which a policy has removed matches.
using Recon.Store.Sqlite;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class PurgedStoreTests
{
    [Fact]
    public async Task What_was_purged_is_told_in_words_and_by_the_exit_code()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("tests", "cases", "cli", "_base"), ".");
        File.AppendAllText(folder.Of("recon.yaml"), "retention: { standard: { evidence: 30d } }\n");
        var first = Submissions.Run(2);
        using (var store = SqliteRunStore.Open(folder.Of(".recon", "recon.db")))
        {
            store.Record(first);
            store.Record(Submissions.Run(3));
        }

        var (id, day) = (first.Record.Head.Id, "2026-05-01");
        await Expect(folder, 0, "3 matches of 1 run (", "store", "purge", "--policy", "standard", "--date", day);
        await Expect(folder, 0, "0 matches of 0 runs (0 bytes) were purged", "store", "purge", "--policy", "standard", "--date", day);
        await Expect(folder, 0, "were purged by policy, each with its entry in the chain", "audit", "verify");
        await Expect(folder, 0, "its matches were purged", "runs", "list");
        await Expect(folder, 0, "the 3 matches of this run were purged on ", "report", id, "--out", "json=-");
        await Expect(folder, 66, "the 3 matches of this run were purged on ", "report", id, "--out", "parquet=tables");
        await Expect(folder, 66, "were purged, and may have had it", "explain", "ledger:L-2-00000001");
        await Expect(folder, 66, "the matches of 1 of them were purged, and may have had it", "unmatch", "abcd", "--reason", "wrong");
    }

    static async Task Expect(TemporaryFolder folder, int exitCode, string text, params string[] words)
    {
        var result = await WarmCli.RunAsync(folder.Path, words);
        Assert.True(result.ExitCode == exitCode && result.Everything.ReplaceLineEndings(" ").Contains(text, StringComparison.Ordinal), result.Everything);
    }
}
