// Matches that a policy does not keep: gone from the store and from the folder, with an entry that says what they were.
using Recon.Model;
using Recon.Runs.Results;
using Recon.Store;
using Recon.Store.Evidence;
using Recon.Store.Purging;
using Recon.Tests.Cli;
using Xunit;

namespace Recon.Tests.Store.Evidence;

public abstract class PurgeTests(TempStore temp) : StoreTests(temp)
{
    static readonly Retention Standard = new("standard", Days: 10, SupersededDays: 3, Packs: []);

    readonly TemporaryFolder _folder = new();

    string[] Files => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void What_is_old_goes_by_its_age_and_the_newest_of_each_pack_stays()
    {
        using var store = Filled(long.MaxValue, out var first, out var second, out _);
        store.Record(Submissions.Run(2, inputs: "of another pack", pack: "other"));
        Assert.Equal([], Found(store, Standard, Submissions.Day(6)));
        Assert.Equal([first.Record.Head.Id], Found(store, Standard, Submissions.Day(7)));
        Assert.Equal([first.Record.Head.Id], Found(store, Standard, Submissions.Day(13)));
        Assert.Equal([first.Record.Head.Id, second.Record.Head.Id], Found(store, Standard, Submissions.Day(14)));
        Assert.Equal([], Found(store, Standard with { Packs = ["other", "nobody's"] }, Submissions.Day(31)));
        Assert.Equal(["nobody's"], new EvidencePurge(store, Standard with { Packs = ["other", "nobody's"] }).Unknown());
        Assert.Equal([], Found(store, Standard with { Others = [Submissions.Pack] }, Submissions.Day(31)));
        Assert.Equal([], Found(store, Standard with { Days = int.MaxValue, SupersededDays = null }, Submissions.Day(31)));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1)]
    public void What_was_purged_is_gone_and_told_and_nothing_else_is(long from)
    {
        using var store = Filled(from, out var first, out var second, out var third);
        var opening = store.Opening(Submissions.Pack, Submissions.Day(4));
        var breaks = store.Breaks(new(null, null, null, Closed: true, 100)).Breaks.Select(item => item.Break.Id).ToList();
        var purge = new EvidencePurge(store, Standard);
        var found = purge.Find(Submissions.Day(31));
        Assert.All(found, run => Assert.True(run.Bytes > 0));
        Assert.All(found, run => Assert.True(purge.Purge(run, Submissions.At.AddDays(60), "keeper")));
        Assert.All(found, run => Assert.False(purge.Purge(run, Submissions.At.AddDays(61), "another")));
        Assert.Equal([], purge.Find(Submissions.Day(31)));
        Assert.Equal(from == 1 ? 1 : 0, Files.Length);

        Assert.Null(store.Verify());
        Assert.Equal(found.Select(run => (run.Run.Id, run.Bytes)), store.Purged().Select(run => (run.Run.Id, run.Bytes)));
        var record = store.FindRun(second.Record.Head.Id)!.Record;
        Assert.Equal(0, record.Matches.Count);
        Assert.Equal(new PurgedMatches("standard", Submissions.At.AddDays(60).ToUniversalTime(), "keeper", 3), record.Matches.Purged);
        Assert.Contains("the 3 matches of this run were purged on 2026-05-02 by keeper (policy standard)", record.Notices[^1], StringComparison.Ordinal);
        Assert.Equal(RunRecordJson.Write(second.Record), RunRecordJson.Write(record with { Notices = second.Record.Notices }));
        Assert.Equal(second.Record.Breaks.Count, record.Breaks.Count);
        Assert.Equal(3, store.FindRun(third.Record.Head.Id)!.Record.Matches.Count);
        Assert.NotNull(store.FindByKey(first.Record.Head.Key)!.Record.Matches.Purged);
        Assert.Equal(breaks, store.Breaks(new(null, null, null, Closed: true, 100)).Breaks.Select(item => item.Break.Id));
        Assert.Equal((opening.Hash, opening.Items.Count), (store.Opening(Submissions.Pack, Submissions.Day(4)).Hash, opening.Items.Count));
        Assert.NotEmpty(store.EarlierPostings([Submissions.Post("fee 2", "1.00", PostingState.Queued).Key]));
    }

    [Theory]
    [InlineData("UPDATE purges SET policy = 'other'")]
    [InlineData("UPDATE purges SET bytes = bytes + 1")]
    [InlineData("UPDATE purges SET run = 3 WHERE run = 1")]
    [InlineData("DELETE FROM purges WHERE run = 2")]
    [InlineData("DELETE FROM purges")]
    public void A_change_of_what_was_purged_is_found(string change)
    {
        using (var store = Filled(long.MaxValue, out _, out _, out _))
        {
            PurgeAll(store);
        }

        Temp.Tamper(change);
        using var again = Open(long.MaxValue);
        Assert.Equal("the purges of matches are not those that were recorded", again.Verify());
    }

    [Fact]
    public void Matches_that_nobody_purged_are_missed_whatever_a_row_says()
    {
        using (var store = Filled(long.MaxValue, out _, out _, out _))
        {
            Temp.Tamper("DELETE FROM evidence WHERE run = 1");
            var purge = new EvidencePurge(store, Standard);
            var fault = Assert.Throws<ReconException>(() => purge.Purge(purge.Find(Submissions.Day(31))[0], Submissions.At, "keeper"));
            Assert.Contains("its matches are not those that were recorded, and were not purged", fault.Message, StringComparison.Ordinal);
            Assert.Equal([], store.Purged());
        }

        Temp.Tamper(
            "INSERT INTO purges (run, purged_at, purged_by, policy, matches, bytes) "
            + "SELECT number, recorded_at, 'x', 'y', matches, 1 FROM runs WHERE number = 1");
        using var again = Open(long.MaxValue);
        Assert.NotNull(again.Verify());
    }

    [Fact]
    public void A_file_that_was_changed_is_kept_as_it_is_and_the_purge_is_refused()
    {
        using var store = Filled(from: 1, out var first, out _, out _);
        var file = Files.Single(path => path.Contains(first.Record.Head.Id, StringComparison.Ordinal));
        File.AppendAllText(file, "x");
        var purge = new EvidencePurge(store, Standard);
        var run = purge.Find(Submissions.Day(31)).Single(found => found.Run.Id == first.Record.Head.Id);
        Assert.True(EvidencePurge.IsOfRun(Assert.Throws<ReconException>(() => purge.Purge(run, Submissions.At, "keeper"))));
        Assert.True(File.Exists(file));
        Assert.Equal([], store.Purged());
    }

    [Fact]
    public void A_purge_that_was_interrupted_is_completed_by_the_next_and_files_that_come_back_are_read_again_until_then()
    {
        using var store = Filled(from: 1, out var first, out _, out _);
        var backup = Files.ToDictionary(path => path, File.ReadAllBytes);
        PurgeAll(store);
        foreach (var (path, bytes) in backup)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        Assert.Equal(3, store.FindRun(first.Record.Head.Id)!.Record.Matches.Count);
        Assert.Null(store.Verify());
        Assert.Equal((2, 0), new EvidencePurge(store, Standard).RemoveLeftovers());
        Assert.Equal((0, 0), new EvidencePurge(store, Standard).RemoveLeftovers());
        Assert.NotNull(store.FindRun(first.Record.Head.Id)!.Record.Matches.Purged);
        Assert.Single(Files);
    }

    [Fact]
    public void What_a_run_left_that_was_not_recorded_goes_unless_its_date_is_being_run()
    {
        using var store = Filled(from: 1, out _, out _, out _);
        var recorded = Files;
        Assert.Throws<ReconException>(() => store.Record(Submissions.Run(2, inputs: "too late")));
        Assert.Single(Files.Except(recorded));
        var purge = new EvidencePurge(store, Standard);
        using (store.Claim(Submissions.Pack, Submissions.Day(2)))
        {
            Assert.Equal((0, 0), purge.RemoveLeftovers());
        }

        Assert.Equal((1, 0), purge.RemoveLeftovers());
        Assert.Equal(recorded.Order(), Files.Order());
    }

    static List<string> Found(RunStore store, Retention retention, DateOnly date) =>
        [.. new EvidencePurge(store, retention).Find(date).Select(run => run.Run.Id)];

    static void PurgeAll(RunStore store)
    {
        var purge = new EvidencePurge(store, Standard);
        foreach (var run in purge.Find(Submissions.Day(31)))
        {
            purge.Purge(run, Submissions.At, "keeper");
        }
    }

    RunStore Open(long from)
    {
        var store = Temp.Open();
        store.Evidence = new EvidencePlace(_folder.Path, from);
        return store;
    }

    /// <summary>Two revisions of the second and a run of the third, all recorded on the third.</summary>
    RunStore Filled(long from, out RunSubmission first, out RunSubmission second, out RunSubmission third)
    {
        var store = Open(from);
        first = Submissions.Run(2);
        second = Submissions.Run(2, inputs: "others", revision: 2);
        third = Submissions.Run(3, after: second);
        store.Record(first);
        store.Record(second);
        store.Record(third);
        return store;
    }
}
