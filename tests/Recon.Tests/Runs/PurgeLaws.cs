// Purging matches changes nothing that a later run says or begins from.
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Testing;
using Recon.Store;
using Recon.Store.Evidence;
using Recon.Store.Purging;
using Recon.Store.Sqlite;
using Recon.Tests.Laws;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs;

public sealed class PurgeLaws
{
    static readonly Retention Strictest = new("strictest", Days: 1, SupersededDays: null, Packs: []);

    static readonly DateOnly Long = new(2027, 1, 1);

    /// <summary>Runs of one of some days with one of some books, and whether all that may go goes after it.</summary>
    static readonly Gen<(int Day, int Books, bool IsPurged)[]> Steps = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool).Array[3, 7];

    [Fact]
    public void After_any_runs_and_purges_the_next_run_says_what_it_says_without() =>
        RunLawsTests.Books.Array[3].Select(Steps, Gen.Int[1, 4]).Holds((books, steps, from) =>
        {
            using var temp = new SqliteTempStore();
            using var store = temp.Open();
            store.Evidence = EvidencePlace.Beside(temp.Path, from);
            using var whole = new MemoryRunStore();
            foreach (var (day, book, isPurged) in steps)
            {
                Step(store, whole, books[book], new DateOnly(2026, 2, 20).AddDays(day));
                if (isPurged)
                {
                    Purge(store, temp);
                }
            }

            Assert.Null(store.Verify());
            var (kept, expected) = (store.Opening("laws.three-way", Long), whole.Opening("laws.three-way", Long));
            Assert.Equal((expected.Hash, expected.RunId), (kept.Hash, kept.RunId));
            Assert.Equal(expected.Items.Select(item => item.Record), kept.Items.Select(item => item.Record));
            Assert.Equal(RunLawsTests.Bytes(RunLawsTests.Run(books[0], RowOrder.AsWritten, whole, date: Long)),
                RunLawsTests.Bytes(RunLawsTests.Run(books[0], RowOrder.AsWritten, store, date: Long)));
        }, oneIn: 100);

    // A date whose matches are gone is not run again from something else: it is refused, and nothing is recorded.
    static void Step(RunStore store, MemoryRunStore whole, List<GivenRow>[] books, DateOnly date)
    {
        var isGone = store.Standing("laws.three-way", date)?.Run.Record.Matches.Purged is not null;
        try
        {
            var record = RunLawsTests.Run(books, RowOrder.AsWritten, store, date: date);
            var expected = RunLawsTests.Run(books, RowOrder.AsWritten, whole, date: date);
            Assert.Equal(RunLawsTests.Bytes(expected), RunLawsTests.Bytes(record.Matches.Purged is null
                ? record
                : record with { Matches = expected.Matches, Notices = expected.Notices }));
        }
        catch (ReconException fault) when (fault.Kind == FaultKind.NotFound)
        {
            Assert.True(isGone, fault.Message);
            Assert.Contains("cannot be run again with other inputs or from another state", fault.Message, StringComparison.Ordinal);
        }
    }

    static void Purge(RunStore store, SqliteTempStore temp)
    {
        var before = Audit(temp);
        var purge = new EvidencePurge(store, Strictest);
        var found = purge.Find(Long);
        Assert.All(found, run => Assert.True(purge.Purge(run, DateTimeOffset.UnixEpoch, "laws")));
        Assert.Empty(purge.Find(Long));
        Assert.All(found, run => Assert.False(purge.Purge(run, DateTimeOffset.UnixEpoch, "laws")));
        Assert.Equal(before, Audit(temp).Take(before.Count));
        Assert.Equal(before.Count + found.Count, Audit(temp).Count);
    }

    static List<string> Audit(SqliteTempStore temp)
    {
        using var database = SqliteDatabase.Connect(temp.Path);
        return database.All("SELECT hash FROM audit ORDER BY seq", row => row.Text(0));
    }
}
