// Measures a run over two tables of PostgreSQL whose server joins what is equal, beside the same run without.
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Npgsql;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Testing;
using Recon.Sources;

namespace Recon.Benchmarks;

/// <summary>
/// The database is that of <c>RECON_BENCH_POSTGRES</c>: an empty one, whose tables are made here. Of 100 rows 95 match exactly, 3 within
/// one unit, 2 not at all. Narrow rows have id, reference, amount, currency and a memo; wide ones 20 texts besides, for which classes
/// may ask where a row is open. Bytes are those that the driver has received; rounds alternate.
/// </summary>
static class PushDownRead
{
    const string Variable = "RECON_BENCH_POSTGRES";
    const int WideTexts = 20;

    public static int Run(int rows, int rounds)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text)
        {
            Console.Error.WriteLine($"{Variable} is not set: the connection string of an empty database on PostgreSQL");
            return 64;
        }

        foreach (var further in (int[])[0, WideTexts])
        {
            Fill(text, rows, further);
            var (plain, pushed) = (Loaded(further, pushDown: false), Loaded(further, pushDown: true));
            var times = (Plain: new List<(double Read, double All)>(), Pushed: new List<(double Read, double All)>());
            var bytes = (Plain: 0L, Pushed: 0L);
            for (var round = 0; round < rounds; round++)
            {
                bytes.Plain = Timed(plain, text, times.Plain);
                bytes.Pushed = Timed(pushed, text, times.Pushed);
            }

            Console.WriteLine($"{rows} rows a side, {further} further texts:");
            Console.WriteLine(Line("whole", bytes.Plain, times.Plain));
            Console.WriteLine(Line("joined by the server", bytes.Pushed, times.Pushed));
        }

        return 0;
    }

    static string Line(string what, long bytes, List<(double Read, double All)> times) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {what}: {bytes / 1e6:0.0} MB received, reading {Median(times.Select(time => time.Read)):0.00} s,"
        + $" run {Median(times.Select(time => time.All)):0.00} s");

    static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[sorted.Count / 2];
    }

    static long Timed(Pack pack, string text, List<(double Read, double All)> times)
    {
        GC.Collect();
        var runner = new Runner(
            new SourceReader("none", name => new Connection(name, DatabaseServer.PostgreSql, text)), new MemoryRunStore(), clock: TimeProvider.System);
        var received = 0L;
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Npgsql" && instrument.Name.EndsWith("bytes_read", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, bytes, _, _) => Interlocked.Add(ref received, bytes));
        meters.Start();
        var watch = Stopwatch.StartNew();
        var run = runner.Run(RequestOf(pack), CancellationToken.None);
        times.Add((run.Stages.First(stage => stage.Stage == RunStage.Read).Took.TotalSeconds, watch.Elapsed.TotalSeconds));
        var files = run.Record.Sources.SelectMany(source => source.Files).ToList();
        if (files.Exists(file => file.NotJoined is not null) || files.Exists(file => file.Joined > 0) != pack.Passes[0].IsPushedDown)
        {
            throw new InvalidOperationException($"read otherwise than meant: {files[0].NotJoined}");
        }

        meters.RecordObservableInstruments();
        return received;
    }

    static RunRequest RequestOf(Pack pack) => new(
        pack, NoCompiledRules.Instance, new DateOnly(2026, 2, 27), new Dictionary<string, BusinessCalendar>(), new Dictionary<string, bool>(),
        Environment.ProcessorCount, QueuesPostings: true, DateTimeOffset.UnixEpoch, "bench");

    static Pack Loaded(int further, bool pushDown)
    {
        var fields = "id: text, reference: text, amount: { type: money, currency: { column: currency } }, memo: optional text"
            + string.Concat(Texts(further).Select(name => $", {name}: optional text"));
        var pack = $$"""
            recon: 1
            pack: { id: bench.push-down, version: 1.0.0 }
            sources:
              ledger: { role: books, read: { sql: LEDGER, query: "SELECT * FROM bench_ledger" }, id: id, fields: { {{fields}} } }
              bank: { role: external, read: { sql: LEDGER, query: "SELECT * FROM bench_bank" }, id: id, fields: { {{fields}} } }
            passes:
              - { id: exact, join: ledger 1:1 bank, key: [reference, amount], push_down: {{(pushDown ? "true" : "false")}} }
              - { id: near, join: ledger 1:1 bank, key: reference, within: { ledger.amount ~ bank.amount: 1.00 any currency }, tie: { oldest: id } }
            classify: [ { id: unexplained, status: suspicious, otherwise: true } ]
            resolve: [ { for: unexplained, tier: manual } ]
            """;
        var load = PackLoader.Load(new PackText("pack.yaml", Encoding.UTF8.GetBytes(pack)), null, PackOptions.Default);
        return load.Pack ?? throw new InvalidOperationException(string.Join("\n", load.Diagnostics.Select(found => found.Message)));
    }

    static IEnumerable<string> Texts(int count) => Enumerable.Range(1, count).Select(number => $"text{number}");

    static void Fill(string text, int rows, int further)
    {
        using var connection = new NpgsqlConnection(text);
        connection.Open();
        var columns = string.Concat(Texts(further).Select(name => $", {name} text"));
        var values = string.Concat(Texts(further).Select((_, number) => $", 'a text of a further column ' || (i * {number + 3} % 9973)"));
        foreach (var (table, id, cents, gone) in (ReadOnlySpan<(string, string, string, int)>)[
            ("bench_ledger", "L", "0", 98), ("bench_bank", "B", "CASE WHEN i % 100 BETWEEN 95 AND 97 THEN 7 ELSE 0 END", 99)])
        {
            foreach (var statement in (string[])[
                $"DROP TABLE IF EXISTS {table}",
                $"CREATE UNLOGGED TABLE {table} (id text, reference text, amount numeric(18, 2), currency text, memo text{columns})",
                $"""
                INSERT INTO {table} SELECT '{id}-' || lpad(i::text, 10, '0'), 'R' || CASE WHEN i % 100 = {gone} THEN '{id}' ELSE '' END || md5(i::text),
                    ((i * 7919 % 10000000) + ({cents}))::numeric / 100, (ARRAY['EUR', 'USD', 'GBP'])[1 + i % 3], 'memo ' || i{values}
                FROM generate_series(1, {rows}::bigint) i
                """,
                $"VACUUM ANALYZE {table}",
            ])
            {
                using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
                command.ExecuteNonQuery();
            }
        }
    }
}
