// The matches of large runs as files: read as those in the store, never without their run, and every change is found.
using Recon.Model;
using Recon.Runs.Results;
using Recon.Store;
using Recon.Store.Evidence;
using Recon.Tests.Cli;
using Xunit;

namespace Recon.Tests.Store.Evidence;

public abstract class EvidenceFileTests(TempStore temp) : StoreTests(temp)
{
    readonly TemporaryFolder _folder = new();

    string Root => _folder.Of("evidence");

    string[] Files => Directory.Exists(Root) ? Directory.GetFiles(Root, "*", SearchOption.AllDirectories) : [];

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    RunStore Open(long from = 3)
    {
        var store = Temp.Open();
        store.Evidence = new EvidencePlace(Root, from);
        return store;
    }

    [Fact]
    public void A_large_run_is_read_again_from_its_files()
    {
        var run = Submissions.Run(2);
        using (var store = Open())
        {
            Assert.Equal(RunRecordJson.Write(run.Record), RunRecordJson.Write(store.Record(run).Record));
        }

        using var again = Open(from: long.MaxValue);
        Assert.Equal(Text(run.Record.Matches), Text(again.FindRun(run.Record.Head.Id)!.Record.Matches));
        Assert.Equal(Text(run.Record.Matches), Text(again.FindByKey(run.Record.Head.Key)!.Record.Matches));
        Assert.Null(again.Verify());
        var file = Path.GetRelativePath(Root, Assert.Single(Files)).Replace('\\', '/');
        Assert.Matches($"^pack=pay\\.card/date=2026-03-02/{run.Record.Head.Id}-[0-9a-f]{{12}}-0-0000\\.parquet$", file);
    }

    [Fact]
    public void A_small_run_stays_in_the_store()
    {
        using var store = Open(from: 4);
        store.Record(Submissions.Run(2));
        Assert.Null(store.Verify());
        Assert.Equal([], Files);
    }

    [Fact]
    public void A_file_that_is_missing_or_cut_or_changed_anywhere_is_found_and_named()
    {
        var run = Submissions.Run(2);
        using var store = Open();
        store.Record(run);
        var path = Assert.Single(Files);
        var whole = File.ReadAllBytes(path);
        for (var at = 0; at < whole.Length; at += whole.Length / 40)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 1;
            AssertFound(changed, "was changed: it does not have its hash");
            AssertFound(whole[..at], "bytes, ");
        }

        File.Delete(path);
        AssertFound(null, $"is missing in {Root}");
        File.WriteAllBytes(path, whole);
        Assert.Null(store.Verify());

        void AssertFound(byte[]? bytes, string what)
        {
            if (bytes is not null)
            {
                File.WriteAllBytes(path, bytes);
            }

            var found = store.Verify();
            Assert.StartsWith(
                $"run {run.Record.Head.Id}: its evidence is not as it was recorded: pack=pay.card/date=2026-03-02/", found, StringComparison.Ordinal);
            Assert.Contains(what, found, StringComparison.Ordinal);
            var fault = Assert.Throws<ReconException>(() => store.FindRun(run.Record.Head.Id));
            Assert.Equal(FaultKind.Storage, fault.Kind);
            Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("UPDATE evidence_files SET sha256 = attempt")]
    [InlineData("UPDATE evidence_files SET bytes = bytes + 1")]
    [InlineData("DELETE FROM evidence_files")]
    public void A_change_of_what_the_store_says_of_a_file_is_found(string change)
    {
        using (var store = Open())
        {
            store.Record(Submissions.Run(2));
        }

        Temp.Tamper(change);
        using var again = Open();
        Assert.Contains("its rows in table evidence_files are not those that were recorded", again.Verify(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_run_left_behind_that_was_not_recorded_goes_with_the_next_run_of_its_date()
    {
        using var store = Open();
        store.Record(Submissions.Run(2));
        var recorded = Files;
        Assert.Throws<ReconException>(() => store.Record(Submissions.Run(2, inputs: "others")));
        var left = Assert.Single(Files.Except(recorded));
        File.WriteAllText($"{left}{EvidenceAttempt.Draft}", "half of a file");
        File.WriteAllText(_folder.Of(Path.GetDirectoryName(recorded[0])!, "somebody-else.parquet"), "of another store");
        store.Record(Submissions.Run(3));
        Assert.Contains(left, Files);
        store.Record(Submissions.Run(2, inputs: "others", revision: 2));
        Assert.Equal(["3 of runs", "1 of another"], Files.Except([left]).GroupBy(file => file.EndsWith("else.parquet", StringComparison.Ordinal))
            .OrderBy(files => files.Key).Select(files => $"{files.Count()} of {(files.Key ? "another" : "runs")}"));
        Assert.DoesNotContain(left, Files);
        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_leaves_nothing_recorded()
    {
        File.WriteAllText(Root, "a file where a folder should be");
        using var store = Open();
        var fault = Assert.Throws<ReconException>(() => store.Record(Submissions.Run(2)));
        Assert.Equal(FaultKind.Storage, fault.Kind);
        Assert.StartsWith($"{Root}: the matches of the run cannot be written there, and nothing was recorded", fault.Message, StringComparison.Ordinal);
        Assert.Equal([], store.Runs(null, 10));
    }

    [Fact]
    public void Without_a_folder_a_run_with_files_says_what_is_missing()
    {
        var run = Submissions.Run(2);
        using var store = Open();
        store.Record(run);
        store.Evidence = null;
        Assert.Contains("say where they are in recon.yaml: evidence: { folder: PATH }",
            Assert.Throws<ReconException>(() => store.FindRun(run.Record.Head.Id)).Message, StringComparison.Ordinal);
    }

    static string Text(MatchEvidence matches) => string.Join('\n', matches.Legs.Select(LegText.Of));
}
