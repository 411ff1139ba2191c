// Matches as Parquet files: lossless, and readable by others.
using System.Globalization;
using CsCheck;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Results;
using Recon.Store.Evidence;
using Xunit;

namespace Recon.Tests.Store.Evidence;

public sealed class SegmentTests
{
    static readonly RunIdentity Run = new("0123456789abcdef", new string('0', 64), 1, "pay.card", "1", "", new DateOnly(2026, 3, 2), RunState.Completed);

    [Fact]
    public void What_is_written_is_read_again() => RandomRuns.Leg.Select(Gen.Int[1, 50]).Sample((leg, matches) =>
        Assert.Equal(LegText.Of(leg), LegText.Of(Read(Written(leg, matches)))));

    [Fact]
    public void Equal_legs_give_equal_bytes()
    {
        var leg = Submissions.Leg(2000, seed: 3);
        Assert.Equal(Written(leg, 2000).Single(), Written(Read(Written(leg, 700)), 2000).Single());
    }

    [Fact]
    public void A_match_of_more_rows_than_a_group_has_is_one_match()
    {
        const int members = 200_000;
        var leg = new LegEvidence(
            ["ledger", "bank"], ["sum"], [0, 0],
            [
                new MemberIds([members, members + 1], TextColumn.Of(Enumerable.Range(0, members + 1).Select(i => $"L{i}"))),
                new MemberIds([1, 2], TextColumn.Of(["B1", "B2"])),
            ],
            [],
            []);
        Assert.Equal(LegText.Of(leg), LegText.Of(Read(Written(leg, 2))));
    }

    [Fact]
    public void Segments_of_two_legs_are_a_fault()
    {
        var leg = Submissions.Leg(2, seed: 1);
        var fault = Assert.Throws<ReconException>(() => Read(Written(leg, 2).Concat(Written(leg with { PassNames = ["another"] }, 2))));
        Assert.Equal(FaultKind.Storage, fault.Kind);
    }

    [Fact]
    public void Damage_that_has_the_right_hash_is_a_fault_or_another_leg_and_nothing_else() => Gen.Int[0, int.MaxValue].Select(Gen.Byte).Sample(
        (at, value) =>
        {
            var file = Written(Submissions.Leg(3, seed: 1), 3).Single();
            file[at % file.Length] = value;
            try
            {
                Read([file]);
            }
            catch (ReconException fault)
            {
                Assert.Equal(FaultKind.Storage, fault.Kind);
            }
        },
        iter: 300);

    // They made the library read on: behind the metadata of the file, behind the header of a page, and in a field of another kind than its schema has.
    static readonly byte[] More = [1, 31, 129, 255];

    [Fact]
    public async Task A_byte_that_says_more_follows_ends_in_a_fault_wherever_it_stands()
    {
        var whole = Written(Submissions.Leg(3, seed: 1), 3).Single();
        var reached = 0;
        var sweep = Task.Run(() =>
        {
            for (var at = 0; at < More.Length * whole.Length; at++)
            {
                reached = at % whole.Length;
                byte[] file = [.. whole];
                file[reached] = More[at / whole.Length];
                try
                {
                    Read([file]);
                }
                catch (ReconException fault)
                {
                    Assert.Equal(FaultKind.Storage, fault.Kind);
                }
            }
        }, TestContext.Current.CancellationToken);
        await Task.WhenAny(sweep, Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.True(sweep.IsCompleted, $"it does not come back from byte {reached} of {whole.Length}");
        await sweep;
    }

    [Fact]
    public async Task Money_is_a_decimal_a_day_is_a_date_and_the_text_is_exact()
    {
        var leg = new LegEvidence(
            ["ledger", "bank"], ["exact", "near"], [0, 1, 1],
            [
                new MemberIds([1, 3, 4], TextColumn.Of(["L1", "L2", "L3", "L4"])),
                new MemberIds([1, 2, 3], TextColumn.Of(["B1", "B2", "B3"])),
            ],
            [
                new TruthColumns("amount", TextColumn.Of(["10.5 EUR", null, "-1200 JPY"]), [1, 255, 0], [0, 0, 3]),
                new TruthColumns("day", TextColumn.Of(["2026-03-02", "2026-02-28", null]), [0, 0, 255], [2, 0, 0]),
                new TruthColumns("bank", TextColumn.Of(["x", "2026-03-02", "1 EUR"]), [0, 0, 0], [0, 0, 0]),
            ],
            [new LagColumn("ledger.booked ~ bank.day", TextColumn.Of(["1d"]), First: 1)]);
        var columns = new List<string>();
        await using var reader = await ParquetReader.CreateAsync(
            new MemoryStream(Written(leg, 3).Single()), new ParquetOptions { UseBigDecimal = true },
            cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);
        foreach (var field in reader.Schema.DataFields)
        {
            columns.Add($"{field.Name}: {string.Join(", ", await ValuesAsync(group, field))}");
        }

        Assert.Equal(
            [
                "match: 1, 2, 2, 3", "pass: exact, near, NULL, near", "ledger: L1, L2, L3, L4", "bank: B1, B2, NULL, B3",
                "amount: 10.5, NULL, NULL, -1200.0", "amount_currency: EUR, NULL, NULL, JPY", "amount_text: 10.5 EUR, NULL, NULL, -1200 JPY",
                "amount_from: bank, NULL, NULL, ledger", "amount_against: NULL, NULL, NULL, ledger,bank",
                "day: 2026-03-02, 2026-02-28, NULL, NULL", "day_text: 2026-03-02, 2026-02-28, NULL, NULL",
                "day_from: ledger, ledger, NULL, NULL", "day_against: bank, NULL, NULL, NULL",
                "bank_2: x, 2026-03-02, NULL, 1 EUR", "bank_from: ledger, ledger, NULL, ledger", "bank_against: NULL, NULL, NULL, NULL",
                "lag_ledger_booked_bank_day: NULL, 1d, NULL, NULL",
            ],
            columns);
        Assert.Equal((38, 1), reader.Schema.FindDataField("amount") is DecimalDataField amount ? (amount.Precision, amount.Scale) : default);
    }

    static async Task<IEnumerable<string>> ValuesAsync(ParquetRowGroupReader group, DataField field)
    {
        if (field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string?[group.RowCount];
            await group.ReadAsync(field, texts.AsMemory()!);
            return texts.Select(text => text ?? "NULL");
        }

        return field.Name switch
        {
            "match" => await ValuesAsync<long>(group, field),
            "amount" => await ValuesAsync<BigDecimal>(group, field),
            _ => (await ValuesAsync<DateTime>(group, field)).Select(text => text.Split(' ')[0]),
        };
    }

    static async Task<IEnumerable<string>> ValuesAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var values = new T?[group.RowCount];
        if (field.IsNullable)
        {
            await group.ReadAsync(field, values.AsMemory());
        }
        else
        {
            var all = new T[group.RowCount];
            await group.ReadAsync<T>(field, all.AsMemory());
            values = [.. all.Select(value => (T?)value)];
        }

        return values.Select(value => value switch
        {
            null => "NULL",
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        });
    }

    /// <summary>Files of so many matches each.</summary>
    static List<byte[]> Written(LegEvidence leg, int matches)
    {
        var head = SegmentHead.Of(Run, leg);
        return
        [
            .. Enumerable.Range(0, Math.Max(1, (leg.Count + matches - 1) / matches)).Select(i =>
            {
                using var file = new MemoryStream();
                new SegmentWriter(head, leg, i * matches, Math.Min(leg.Count, (i + 1) * matches)).WriteAsync(file).GetAwaiter().GetResult();
                return file.ToArray();
            }),
        ];
    }

    static LegEvidence Read(IEnumerable<byte[]> files)
    {
        var reader = new SegmentReader();
        foreach (var file in files)
        {
            using var stream = new MemoryStream(file);
            reader.AppendAsync(stream).GetAwaiter().GetResult();
        }

        return reader.Build();
    }
}
