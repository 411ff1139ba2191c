// A server that is slow, away or strict ends a reading in a way that says what helps.
using System.Data.Common;
using Recon.Model;
using Recon.Runs.Ports;
using Xunit;

namespace Recon.Tests.Sources.Databases;

public sealed class AnswerFaultTests
{
    public static TheoryData<DatabaseServer> Servers => [DatabaseServer.PostgreSql, DatabaseServer.SqlServer, DatabaseServer.MySql];

    public static TheoryData<DatabaseServer> All => AnswerTests.Servers;

    [Theory]
    [MemberData(nameof(All))]
    public void A_question_in_progress_is_cancelled_on_the_server(DatabaseServer server)
    {
        using var database = Digits(server);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.Throws<OperationCanceledException>(() =>
            Asked.Reader(database.Connection).Read(Asked.Source(Endless), new ReadRequest("pack", Asked.Date), cancel.Token));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_question_that_takes_longer_than_its_connection_allows_is_ended_and_worth_a_retry(DatabaseServer server)
    {
        using var database = Digits(server);
        var impatient = database.Connection with { CommandTimeout = TimeSpan.FromSeconds(1) };
        var fault = Assert.Throws<ReconException>(() =>
            Asked.Reader(impatient).Read(Asked.Source(Endless), new ReadRequest("pack", Asked.Date), CancellationToken.None));
        Assert.Equal((FaultKind.Storage, true), (fault.Kind, fault.IsTransient));
        Assert.StartsWith("LEDGER: query: ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("(a retry may help)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_request_to_end_that_comes_before_the_question_is_repeated(DatabaseServer server)
    {
        using var database = Digits(server);
        foreach (var milliseconds in (int[])[0, 1, 3, 10, 30, 60, 90, 100, 110])
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));
            Assert.Throws<OperationCanceledException>(() =>
                Asked.Reader(database.Connection).Read(Asked.Source(Endless), new ReadRequest("pack", Asked.Date), cancel.Token));
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_server_that_is_away_is_worth_a_retry_and_a_wrong_password_is_not_and_is_not_told(DatabaseServer server)
    {
        using var database = TestDatabase.OrSkip(server);
        var refused = Fault("Password", "s3cr3t-and-wrong");
        Assert.Equal((FaultKind.Storage, false), (refused.Kind, refused.IsTransient));
        Assert.DoesNotContain("s3cr3t", refused.ToString(), StringComparison.Ordinal);
        var away = server == DatabaseServer.SqlServer ? Fault("Data Source", "127.0.0.1,1") : Fault("Port", "1");
        Assert.Equal((FaultKind.Storage, true), (away.Kind, away.IsTransient));
        Assert.EndsWith("(a retry may help)", away.Message, StringComparison.Ordinal);

        ReconException Fault(string word, string value)
        {
            var text = new DbConnectionStringBuilder { ConnectionString = database.Connection.Text, [word] = value };
            return Assert.Throws<ReconException>(() => Asked.Reader(database.Connection with { Text = text.ConnectionString })
                .Read(Asked.Source("SELECT 1 AS id"), new ReadRequest("pack", Asked.Date), CancellationToken.None));
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_window_of_moments_begins_and_ends_in_the_zone_of_the_source(DatabaseServer server)
    {
        using var database = TestDatabase.OrSkip(server);
        database.Execute($"""
            {(server == DatabaseServer.MySql ? "SET time_zone = '+00:00';" : "")}
            CREATE TABLE entries (id {database.Words.Text}, at {database.Words.Moment});
            INSERT INTO entries VALUES ('before', '2026-02-26 22:59:59.999{Offset()}'), ('first', '2026-02-26 23:00:00{Offset()}'),
                ('last', '2026-02-27 22:59:59.999{Offset()}'), ('after', '2026-02-27 23:00:00{Offset()}');
            """);
        var source = Asked.Source(
            "SELECT id, at FROM entries WHERE at >= @window_start AND at < @window_end", "id: text, at: instant", ", window: { days: 1 }", "Europe/Berlin");
        Assert.Equal(["first", "last"], Asked.Rows(Asked.Read(database, source)).Select(row => row.Split('|')[0]));

        string Offset() => server == DatabaseServer.MySql ? "" : "+00:00";
    }

    [Fact]
    public void A_database_of_SQL_Server_that_allows_no_snapshots_is_not_read()
    {
        using var database = TestDatabase.OnSqlServer(allowsSnapshots: false);
        var fault = Asked.Fault(database, Asked.Source("SELECT 1 AS id"));
        Assert.Contains("ALLOW_SNAPSHOT_ISOLATION ON", fault.Message, StringComparison.Ordinal);
        Assert.Equal((FaultKind.InputWrong, false), (fault.Kind, fault.IsTransient));
        var locked = Asked.Reader(database.Connection with { IsSerializable = true })
            .Read(Asked.Source("SELECT 1 AS id"), new ReadRequest("pack", Asked.Date), CancellationToken.None);
        Assert.Equal((1, "LEDGER was read under locks (isolation: serializable): its writers waited"), (locked.Count, Assert.Single(locked.Notices)));
    }

    [Fact]
    public void A_function_of_MySQL_that_writes_is_stopped_by_the_transaction()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.MySql);
        database.Execute("CREATE TABLE entries (id varchar(9)) ENGINE = InnoDB");
        database.Execute("CREATE FUNCTION leave_a_mark() RETURNS int MODIFIES SQL DATA BEGIN INSERT INTO entries VALUES ('x'); RETURN 1; END");
        var fault = Asked.Fault(database, Asked.Source("SELECT leave_a_mark() AS id"));
        Assert.Contains("READ ONLY", fault.Message, StringComparison.Ordinal);
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
        Assert.Empty(Asked.Rows(Asked.Read(database, Asked.Source("SELECT id FROM entries"))));
    }

    // A thousand years, should nobody cancel it.
    const string Endless = "SELECT count(*) AS id FROM digits a CROSS JOIN digits b CROSS JOIN digits c CROSS JOIN digits d CROSS JOIN digits e";

    static TestDatabase Digits(DatabaseServer server)
    {
        var database = TestDatabase.OrSkip(server);
        database.Execute("CREATE TABLE digits (d INTEGER); INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        database.Execute("INSERT INTO digits SELECT a.d FROM digits a CROSS JOIN digits b CROSS JOIN digits c CROSS JOIN digits d");
        return database;
    }
}
