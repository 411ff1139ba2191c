// Stores new, old, newer and foreign.
using Recon.Model;
using Recon.Store.Rows;
using Recon.Store.Sqlite;
using Recon.Tests.Cli;
using Xunit;

namespace Recon.Tests.Store;

public sealed class SchemaTests : IDisposable
{
    readonly SqliteTempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_new_store_has_the_schema_of_this_engine_and_a_write_ahead_log_that_is_synced()
    {
        using var store = _temp.Open();
        Assert.Equal([Schema.Version], Numbers(store, "PRAGMA user_version"));
        Assert.Equal(["wal"], store.Database.All("PRAGMA journal_mode", row => row.Text(0)));
        Assert.Equal([2], Numbers(store, "PRAGMA synchronous"));
        Assert.Equal([1], Numbers(store, "PRAGMA foreign_keys"));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void Opening_a_store_again_writes_nothing()
    {
        _temp.Open().Dispose();
        var before = File.ReadAllBytes(_temp.Path);
        using (var store = _temp.Open())
        {
            Assert.Empty(store.Runs(null, 10));
            Assert.Null(store.Verify());
        }

        Assert.Equal(before, File.ReadAllBytes(_temp.Path));
    }

    [Fact]
    public void A_store_that_cannot_be_written_is_read_without_a_file_beside_it()
    {
        using (var store = _temp.Open())
        {
            store.Record(Submissions.Run(2));
        }

        using var folder = new TemporaryFolder();
        var moved = folder.Of("a store #1 of 100%?.db");
        File.Copy(_temp.Path, moved);
        using var database = SqliteDatabase.ConnectUnchanging(moved);
        Schema.DemandCurrent(database);
        Assert.Single(RunRows.NewestFirst(database, null, 10));
        Assert.Equal([moved], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Eight_that_open_a_fresh_file_at_once_all_succeed() =>
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var store = _temp.Open();
            Assert.Empty(store.Runs(null, 10));
        });

    [Fact]
    public void A_store_of_a_newer_engine_is_refused()
    {
        _temp.Open().Dispose();
        _temp.Tamper("PRAGMA user_version = 9999");
        AssertRefused("the store was written by a newer engine (schema 9999, this engine knows");
    }

    [Fact]
    public void A_store_on_which_an_unknown_script_was_run_is_refused_to_writers_and_readers()
    {
        _temp.Open().Dispose();
        _temp.Tamper("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('Sqlite/Migrations/0999-future.sql', '2027-01-01')");
        const string why = "the store was written by a newer engine (Sqlite/Migrations/0999-future.sql was run on it";
        AssertRefused(why);
        AssertRefused(why, SqliteRunStore.OpenToRead);
    }

    [Fact]
    public void A_store_that_was_emptied_is_refused_and_left_alone()
    {
        using (var store = _temp.Open())
        {
            store.Claim(Submissions.Pack, Submissions.Day(2)).Dispose();
        }

        File.WriteAllBytes(_temp.Path, []);
        AssertRefused("the file is empty, but dates were run in it");
        AssertRefused("the file is empty, but dates were run in it", SqliteRunStore.OpenToRead);
        Assert.Empty(File.ReadAllBytes(_temp.Path));
    }

    [Fact]
    public void An_empty_file_in_which_nothing_was_run_becomes_a_store()
    {
        _temp.Open().Dispose();
        File.WriteAllBytes(_temp.Path, []);
        using var store = _temp.Open();
        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_migration_that_was_killed_between_its_steps_is_completed_by_the_next_that_opens()
    {
        _temp.Tamper("CREATE TABLE SchemaVersions (SchemaVersionID INTEGER PRIMARY KEY, ScriptName TEXT, Applied DATETIME)");
        using var store = _temp.Open();
        Assert.Equal([Schema.Version], Numbers(store, "PRAGMA user_version"));
        Assert.Null(store.Verify());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_store_that_an_older_engine_wrote_is_brought_up_to_date_with_what_stands_in_it(int version)
    {
        using (var store = _temp.Open())
        {
            store.Record(Submissions.Run(2));
        }

        string[] undo =
        [
            "DROP INDEX posting_mentions_by_key", "DROP TABLE reinstatements", "DROP TABLE reinstatement_mentions",
            "DROP TABLE due_runs; DROP TABLE schedule_packs; DROP TABLE schedule_turns", "DROP TABLE acts",
            "DROP TABLE evidence_files; DROP TABLE evidence_attempts", "DROP TABLE purges", "DROP TABLE posting_events",
        ];
        foreach (var drop in undo[(version - 1)..].Reverse())
        {
            _temp.Tamper(drop);
        }

        _temp.Tamper($"DELETE FROM SchemaVersions WHERE ScriptName >= 'Sqlite/Migrations/{version + 1:D4}'");
        _temp.Tamper($"PRAGMA user_version = {version}");
        Assert.Equal((version, Schema.Version - version), (SqliteRunStore.SchemaOf(_temp.Path).Run.Count, SqliteRunStore.SchemaOf(_temp.Path).Missing.Count));
        using var reopened = _temp.Open();
        Assert.True(SqliteRunStore.SchemaOf(_temp.Path).IsCurrent);
        Assert.Equal(Submissions.Run(2).Record.Head.Id, Assert.Single(reopened.Runs(null, 10)).Id);
        Assert.Null(reopened.Verify());
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        _temp.Tamper("CREATE TABLE customers (id INTEGER)");
        var before = File.ReadAllBytes(_temp.Path);
        AssertRefused("this is no store: the file is another program's database");
        Assert.Equal(before, File.ReadAllBytes(_temp.Path));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(_temp.Path, new string('x', 5000));
        AssertRefused("this is no store: the file is not an SQLite database");
    }

    [Fact]
    public void A_directory_in_the_place_of_the_store_is_refused()
    {
        Directory.CreateDirectory(_temp.Path);
        AssertRefused("the store cannot be opened");
    }

    void AssertRefused(string why) => AssertRefused(why, SqliteRunStore.Open);

    void AssertRefused(string why, Func<string, SqliteRunStore> open)
    {
        var fault = Assert.Throws<ReconException>(() => open(_temp.Path));
        Assert.Equal((FaultKind.Storage, false), (fault.Kind, fault.IsTransient));
        Assert.StartsWith($"{_temp.Path}: {why}", fault.Message, StringComparison.Ordinal);
    }

    static List<long> Numbers(SqliteRunStore store, string sql) => store.Database.All(sql, row => row.Number(0));
}
