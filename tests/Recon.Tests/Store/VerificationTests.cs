// Whatever is changed in a store past the engine is found, with its place.
using System.Data.Common;
using System.Text;
using Recon.Model;
using Recon.Runs.Acting;
using Recon.Store.Sqlite;
using Xunit;

namespace Recon.Tests.Store;

public sealed class VerificationTests : IDisposable
{
    readonly SqliteTempStore _temp = new();

    public VerificationTests()
    {
        using var store = _temp.Open();
        var first = Submissions.Run(2);
        store.Record(first);
        store.RecordFailure(new(Submissions.Pack, Submissions.Day(3), "control failed", Submissions.At, "ops"));
        store.Record(Submissions.Run(3, after: first));
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("UPDATE audit SET payload = payload || ' ' WHERE seq = 2", "audit entry 2 was changed")]
    [InlineData("UPDATE audit SET at = '2026-01-01T00:00:00.0000000Z' WHERE seq = 1", "audit entry 1 was changed")]
    [InlineData("UPDATE audit SET prev_hash = hash WHERE seq = 3", "audit entry 3 does not follow")]
    [InlineData("DELETE FROM audit WHERE seq = 2", "audit entry 2 is missing")]
    [InlineData("DELETE FROM audit WHERE seq = 3", "has no audit entry")]
    [InlineData("UPDATE audit SET seq = 7 - seq", "audit entry 1 is missing")]
    [InlineData("DELETE FROM runs WHERE number = 1", "has rows of a run that is not there")]
    [InlineData("UPDATE runs SET closing_hash = opening_hash WHERE number = 2", "its rows in table runs")]
    [InlineData("UPDATE runs SET recorded_by = 'nobody' WHERE number = 1", "its rows in table runs")]
    [InlineData("DELETE FROM open_items WHERE run = 1", "its rows in table open_items")]
    [InlineData("UPDATE open_items SET ordinal = 9 WHERE run = 2", "its rows in table open_items")]
    [InlineData("UPDATE breaks SET class = 'missing-in-book' WHERE run = 1", "its rows in table breaks")]
    [InlineData("DELETE FROM break_segments WHERE run = 2", "its rows in table break_segments")]
    [InlineData("DELETE FROM evidence", "its rows in table evidence")]
    [InlineData("UPDATE postings SET amount = '9.00'", "its rows in table postings")]
    [InlineData("UPDATE posting_mentions SET state = 'Proposed'", "its rows in table posting_mentions")]
    [InlineData("UPDATE settled SET data = zeroblob(32)", "its rows in table settled")]
    public void A_change_is_found(string change, string expected)
    {
        _temp.Tamper(change);
        using var store = _temp.Open();
        Assert.Contains(expected, store.Verify(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE reinstatements SET reinstated_by = 'nobody'")]
    [InlineData("UPDATE reinstatements SET reinstated_at = '2026-01-01T00:00:00.0000000Z'")]
    [InlineData("UPDATE reinstatements SET run = 2")]
    [InlineData("UPDATE reinstatement_mentions SET ordinal = ordinal + 1")]
    [InlineData("UPDATE reinstatement_mentions SET state = 'Proposed'")]
    [InlineData("DELETE FROM reinstatement_mentions")]
    [InlineData("DELETE FROM reinstatement_mentions; DELETE FROM reinstatements")]
    [InlineData("INSERT INTO reinstatements VALUES (9, 1, '2026-03-03T05:30:01.2500000Z', 'ops')")]
    public void A_change_of_a_reinstatement_is_found(string change)
    {
        SupersedeAndReinstate();
        _temp.Tamper(change);
        using var store = _temp.Open();
        Assert.Equal("the reinstatements of runs are not those that were recorded", store.Verify());
    }

    [Theory]
    [InlineData("UPDATE acts SET acted_by = 'nobody' WHERE number = 1", "act 1 of a person is not what")]
    [InlineData("UPDATE acts SET reason = NULL WHERE number = 2", "act 2 of a person is not what")]
    [InlineData("UPDATE acts SET detail = detail || ' ' WHERE number = 1", "act 1 of a person is not what")]
    [InlineData("UPDATE acts SET acted_at = replace(acted_at, '0000Z', '0007Z') WHERE number = 2", "act 2 of a person is not what")]
    [InlineData("UPDATE acts SET kind = 'Resolv' WHERE number = 1", "act 1 of a person is not what")]
    [InlineData("UPDATE acts SET business_date = '2026-03-32' WHERE number = 2", "act 2 of a person is not what")]
    [InlineData("DELETE FROM acts WHERE number = 1", "act 2 of a person is not what")]
    [InlineData("DELETE FROM acts WHERE number = 2", "act 2 of a person was recorded, but is not there")]
    [InlineData(
        "INSERT INTO acts SELECT 3, 'k', effect, pack_id, business_date, subject, kind, detail, reason, acted_at, acted_by FROM acts WHERE number = 2",
        "act 3 of a person is not what")]
    public void A_change_of_an_act_is_found(string change, string expected)
    {
        SupersedeAndReinstate();
        _temp.Tamper(change);
        using var store = _temp.Open();
        Assert.Contains(expected, store.Verify(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_changed_number_is_found()
    {
        SupersedeAndReinstate();
        Approve();
        var whole = File.ReadAllBytes(_temp.Path);
        foreach (var (table, column, row) in Values("type IN ('INTEGER', 'REAL')"))
        {
            try
            {
                _temp.Tamper(
                    $"UPDATE {table} SET {column} = {column} + 1 WHERE {Key(table)} = @row "
                    + $"AND {column} = (SELECT max({column}) FROM {table} WHERE {Key(table)} = @row)", row);
            }
            catch (DbException refused) when (refused.Message.Contains("constraint failed", StringComparison.Ordinal))
            {
                continue;
            }

            using (var store = _temp.Open())
            {
                Assert.True(store.Verify() is not null, $"{table}.{column} row {row}");
            }

            File.WriteAllBytes(_temp.Path, whole);
        }
    }

    [Fact]
    public void Every_changed_byte_of_every_value_is_found()
    {
        SupersedeAndReinstate();
        Approve();
        var random = new Random(4711);
        foreach (var (table, column, row) in Values("type IN ('TEXT', 'BLOB')"))
        {
            for (var i = 0; i < 3; i++)
            {
                var restore = Change(table, column, row, random);
                using (var store = _temp.Open())
                {
                    Assert.True(store.Verify() is not null, $"{table}.{column} row {row}");
                }

                restore();
            }
        }

        using var restored = _temp.Open();
        Assert.Null(restored.Verify());
    }

    [Fact]
    public void Damaged_documents_and_evidence_are_faults_and_never_other_answers()
    {
        var random = new Random(17);
        foreach (var table in new[] { "documents", "evidence", "settled", "break_segments", "open_items" })
        {
            for (var i = 0; i < 40; i++)
            {
                var restore = Change(table, "data", 1, random);
                using (var store = _temp.Open())
                {
                    var fault = Assert.Throws<ReconException>(() =>
                    {
                        store.FindByKey(Submissions.Run(2).Record.Head.Key);
                        store.Opening(Submissions.Pack, Submissions.Day(3));
                    });
                    Assert.Equal((FaultKind.Storage, false), (fault.Kind, fault.IsTransient));
                }

                restore();
            }
        }
    }

    [Fact]
    public void A_flipped_byte_of_the_file_gives_a_fault_or_the_same_answers()
    {
        var whole = File.ReadAllBytes(_temp.Path);
        var (runs, opening) = Answers();
        var random = new Random(99);
        for (var i = 0; i < 300; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_temp.Path, bytes);
            try
            {
                using var store = _temp.Open();
                if (store.Verify() is null)
                {
                    Assert.Equal((runs, opening), Answers());
                }
            }
            catch (ReconException fault)
            {
                Assert.Equal(FaultKind.Storage, fault.Kind);
            }
        }
    }

    (string Runs, string Opening) Answers()
    {
        using var store = _temp.Open();
        var opening = store.Opening(Submissions.Pack, Submissions.Day(4));
        return (
            string.Join('\n', store.Runs(null, 10)),
            $"{opening.RunId} {opening.Hash} {string.Join(' ', opening.Items.Select(item => item.Record))}");
    }

    /// <summary>Another revision of the first date, and its first one again, which speaks of its posting.</summary>
    void SupersedeAndReinstate()
    {
        using var store = _temp.Open();
        var first = Submissions.Run(2);
        store.Record(Submissions.Run(2, inputs: "others", revision: 2));
        Assert.True(store.Reinstate(first.Record.Head.Id, first.Record.Posts, Submissions.At, "ops"));
        new BreakDesk(store).Resolve(Submissions.Open("old").Id, Submissions.Anna);
        new BreakDesk(store).Assign(Submissions.Open("old").Id, "ben", Submissions.Anna);
        Assert.Null(store.Verify());
    }

    void Approve()
    {
        using var store = _temp.Open();
        var due = Submissions.Open("brk4").Id;
        store.Record(Submissions.Run(4, posts: [Submissions.Post("due", "2.00", PostingState.Proposed) with { Break = due }]));
        new ApprovalDesk(store).Approve(due, Assert.Single(new ApprovalDesk(store).Of(due).Proposals).Hash, Submissions.Anna);
    }

    /// <summary>Every value of these columns in the first row of every table that is not empty.</summary>
    List<(string Table, string Column, long Row)> Values(string columns)
    {
        using var database = SqliteDatabase.Connect(_temp.Path);
        return
        [
            .. from table in database.All(Tables, row => row.Text(0))
               from column in database.All($"SELECT name FROM pragma_table_info('{table}') WHERE {columns}", row => row.Text(0))
               from row in database.All(
                   $"SELECT {Key(table)} FROM {table} WHERE length({column}) > 0 ORDER BY 1 LIMIT 1", found => found.Number(0))
               select (table, column, row),
        ];
    }

    // What is due and who has it is no part of the record, nor is what was tried.
    const string Tables = """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN
            ('SchemaVersions', 'schedule_turns', 'schedule_packs', 'due_runs', 'evidence_attempts')
        """;

    /// <summary>Changes one byte of a value; what it returns puts the value back.</summary>
    Action Change(string table, string column, long row, Random random)
    {
        object before;
        using (var database = SqliteDatabase.Connect(_temp.Path))
        {
            before = database.All(
                $"SELECT {column} FROM {table} WHERE {Key(table)} = @row ORDER BY 1 DESC LIMIT 1", found => found.Value(0)!, row)[0];
        }

        var bytes = before is string text ? Encoding.UTF8.GetBytes(text) : (byte[])((byte[])before).Clone();
        var at = random.Next(bytes.Length);
        bytes[at] = before is string ? (byte)(bytes[at] == 'a' ? 'b' : 'a') : (byte)(bytes[at] ^ (1 << random.Next(8)));
        object after = before is string ? Encoding.UTF8.GetString(bytes) : bytes;
        var sql = $"UPDATE {table} SET {column} = @value WHERE {Key(table)} = @row AND {column} = @before";
        _temp.Tamper(sql, after, row, before);
        return () => _temp.Tamper(sql, before, row, after);
    }

    static string Key(string table) => table switch
    {
        "runs" or "reinstatements" or "acts" or "posting_events" => "number",
        "reinstatement_mentions" => "reinstatement",
        "audit" => "seq",
        _ => "run",
    };
}
