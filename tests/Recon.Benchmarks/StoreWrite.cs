// Measures how fast a run with many open items is recorded on PostgreSQL, beside a bare COPY of the same rows.
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;
using Recon.Store.Servers;

namespace Recon.Benchmarks;

/// <summary>
/// The database is that of <c>RECON_BENCH_POSTGRES</c>: an empty one, whose schema is made here. Each item is a row to be searched by and a
/// record in the segments; the bare COPY writes the same rows, alone, into a table with the same key.
/// </summary>
static class StoreWrite
{
    const string Variable = "RECON_BENCH_POSTGRES";
    const int Rounds = 3;

    static readonly DateOnly FirstDay = new(2026, 1, 1);

    public static int Run(int items)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text)
        {
            Console.Error.WriteLine($"{Variable} is not set: the connection string of an empty database on PostgreSQL");
            return 64;
        }

        var connection = new Connection("BENCH", DatabaseServer.PostgreSql, text);
        ServerSchema.Migrate(connection, runRole: null);
        var breaks = Enumerable.Range(0, items).Select(Open).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var submission = Submission(round, breaks);
            using var store = ServerRunStore.Open(connection);
            var recorded = Time(() => store.Record(submission));
            var copied = Time(() => Copy(text, breaks));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{items} open items: recorded in {recorded:0.00} s, bare COPY {copied:0.00} s, ratio {recorded / copied:0.00}"));
        }

        return 0;
    }

    static double Time(Action act)
    {
        var watch = Stopwatch.StartNew();
        act();
        return watch.Elapsed.TotalSeconds;
    }

    static void Copy(string text, List<Break> breaks)
    {
        using var connection = new NpgsqlConnection($"{text};Search Path=recon");
        connection.Open();
        using (var table = new NpgsqlCommand("DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE breaks INCLUDING ALL)", connection))
        {
            table.ExecuteNonQuery();
        }

        using var rows = connection.BeginBinaryImport("COPY bare FROM STDIN (FORMAT BINARY)");
        for (var i = 0; i < breaks.Count; i++)
        {
            var item = breaks[i];
            rows.StartRow();
            rows.Write(1L, NpgsqlDbType.Bigint);
            rows.Write(item.Id, NpgsqlDbType.Text);
            rows.Write((long)i, NpgsqlDbType.Bigint);
            rows.Write(item.Class, NpgsqlDbType.Text);
            rows.Write("Expected", NpgsqlDbType.Text);
            rows.Write("Auto", NpgsqlDbType.Text);
            rows.Write(item.DatedFrom, NpgsqlDbType.Date);
            rows.Write("ledger~bank", NpgsqlDbType.Text);
            rows.Write(item.Records[0].Source, NpgsqlDbType.Text);
            rows.Write(item.Records[0].Id, NpgsqlDbType.Text);
        }

        rows.Complete();
    }

    static RunSubmission Submission(int round, List<Break> breaks)
    {
        var (key, date) = (Hash($"round {round} {Guid.NewGuid()}"), FirstDay.AddDays(round));
        var record = new RunRecord
        {
            Head = new RunIdentity(key[..16], key, 1, $"bench.{key[..8]}", "1.0.0", Hash("pack"), date, RunState.Completed),
            Sources = [],
            Passes = [],
            Matches = new MatchEvidence([]),
            Breaks = breaks,
            Duplicates = [],
            Rejects = [],
            Posts = [],
            Exposure = [],
            Controls = [],
            Notices = [],
            Closed = [],
        };
        return new RunSubmission(
            record, null, OpeningState.Empty.Hash, Hash($"closing {key}"), [.. breaks.Select(Item)], [], [], DateTimeOffset.UnixEpoch, "bench");
    }

    static Break Open(int i) => new(
        Hash($"{i}")[..16], BreakKind.Open, ["ledger", "bank"], null, [new RecordId("ledger", $"L-{i:D8}")], "missing-in-bank", Status.Expected,
        Tier.Auto, "ops", FirstDay, FirstDay.AddDays(4), FirstDay.AddDays(i % 90), "no pass matched it", [], [Money.Of(10.00m, "EUR")]);

    static CarriedItem Item(Break item) => new(
        item.Records[0], UInt128.Parse(Hash(item.Id)[..32], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        new Dialect((byte)',', (byte)'.', "yyyy-MM-dd", null), [new("id", item.Records[0].Id), new("amount", "10.00"), new("booked", "2026-01-01")],
        "ledger.csv", 7, [new OpenLeg(["ledger", "bank"], item.Id, FirstDay, item.Class)]);

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
