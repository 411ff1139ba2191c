// Measures how fast the answer of a query on PostgreSQL becomes columns, beside a bare loop over the same rows.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Sources;

namespace Recon.Benchmarks;

/// <summary>
/// The database is that of <c>RECON_BENCH_POSTGRES</c>: an empty one, whose table is made here. The bare loop asks an NpgsqlDataReader for
/// every value by its typed getter and keeps none. The reading is that of a recorded run: columns, the hash of the answer, the content of
/// every row. Rounds alternate, so that both meet the same machine; what counts is the median of the ratios.
/// </summary>
static class DatabaseRead
{
    const string Variable = "RECON_BENCH_POSTGRES";
    const string Query = "SELECT entry_no, reference, account, amount, currency, booked FROM bench_entries";

    const string Pack = $$"""
        recon: 1
        pack: { id: bench.read, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { sql: LEDGER, query: "{{Query}}" }
            id: entry_no
            fields:
              entry_no: text
              reference: text
              account: text
              amount: { type: money, currency: { column: currency } }
              booked: date
          bank: { role: external, read: { csv: bank.csv }, id: reference, fields: { reference: text, paid: { type: money, currency: EUR } } }
        passes: [ { id: p, join: ledger 1:1 bank, key: reference, within: { amount ~ paid: 0 } } ]
        classify: [ { id: unexplained, status: suspicious, otherwise: true } ]
        resolve: [ { for: unexplained, tier: manual } ]
        """;

    public static int Run(int rows, int rounds)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text)
        {
            Console.Error.WriteLine($"{Variable} is not set: the connection string of an empty database on PostgreSQL");
            return 64;
        }

        Fill(text, rows);
        var load = PackLoader.Load(new PackText("pack.yaml", Encoding.UTF8.GetBytes(Pack)), null, PackOptions.Default);
        var reader = new SourceReader("none", name => new Connection(name, DatabaseServer.PostgreSql, text));
        var ratios = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var (bareCpu, readCpu) = (TimeSpan.Zero, TimeSpan.Zero);
            var bare = Time(() => Bare(text, rows), ref bareCpu);
            var read = Time(() => Read(reader, load.Pack!, rows), ref readCpu);
            ratios.Add(bare / read);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows} rows: bare loop {bare:0.00} s (processor {bareCpu.TotalSeconds:0.00} s), into columns {read:0.00} s"
                + $" (processor {readCpu.TotalSeconds:0.00} s): {100 * bare / read:0} % of its speed"));
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median: {100 * ratios[rounds / 2]:0} %"));
        return 0;
    }

    static void Fill(string text, int rows)
    {
        using var connection = new NpgsqlConnection(text);
        connection.Open();
        foreach (var statement in (string[])[
            "DROP TABLE IF EXISTS bench_entries",
            "CREATE UNLOGGED TABLE bench_entries (entry_no text, reference text, account text, amount numeric(18, 2), currency text, booked date)",
            $"""
            INSERT INTO bench_entries
            SELECT 'L-' || lpad(i::text, 10, '0'), 'R' || md5(i::text), (1000 + i % 97)::text, (i * 7919 % 10000000)::numeric / 100,
                (ARRAY['EUR', 'USD', 'GBP'])[1 + i % 3], date '2026-01-01' + (i % 365)::int
            FROM generate_series(1, {rows}::bigint) i
            """,
            "VACUUM ANALYZE bench_entries",
        ])
        {
            using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            command.ExecuteNonQuery();
        }
    }

    static void Bare(string text, int rows)
    {
        using var connection = new NpgsqlConnection($"{text};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(Query, connection) { CommandTimeout = 0 };
        using var reader = command.ExecuteReader();
        var (count, characters, total, days) = (0, 0L, 0m, 0L);
        while (reader.Read())
        {
            characters += reader.GetString(0).Length + reader.GetString(1).Length + reader.GetString(2).Length + reader.GetString(4).Length;
            total += reader.GetDecimal(3);
            days += reader.GetFieldValue<DateOnly>(5).DayNumber;
            count++;
        }

        Expect(count == rows && characters > 0 && total >= 0 && days > 0);
    }

    static void Read(SourceReader reader, Pack pack, int rows)
    {
        var source = pack.Sources[0];
        using var intake = new FieldIntake(source, AskedFields.Of(pack, source), wantsContents: true, seed: 7, ColumnMemory.Arrays, CancellationToken.None);
        var request = new ReadRequest(pack.Id, new DateOnly(2026, 2, 27)) { Intake = intake.Take, Threads = Environment.ProcessorCount };
        var table = reader.Read(source, request, CancellationToken.None);
        Expect(table.Count == rows && intake.Taken(Environment.ProcessorCount) is { Values.Count: 5 });
    }

    static void Expect(bool isSo)
    {
        if (!isSo)
        {
            throw new InvalidOperationException("not all rows were read");
        }
    }

    static double Time(Action act, ref TimeSpan processor)
    {
        GC.Collect();
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        act();
        processor = Environment.CpuUsage.TotalTime - before;
        return watch.Elapsed.TotalSeconds;
    }
}
