// What is exported as Parquet is what the record holds, read back by the library.
using System.Numerics;
using CsCheck;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Recon.Exports;
using Recon.Model;
using Recon.Runs.Results;
using Recon.Tests.Cli;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Exports;

public sealed class ParquetExportTests
{
    [Fact]
    public void EveryMemberOfEveryMatchIsARow() => RandomRuns.Record.Sample(
        record =>
        {
            using var folder = Exported(record);
            var members = record.Matches.Legs.SelectMany(
                leg => Enumerable.Range(0, leg.Count).SelectMany(match => leg.RecordsOf(match).Select(
                    member => $"{string.Join('~', leg.Sources)}|{leg.PassNames[leg.PassOf[match]]}|{member.Source}|{member.Id}")));
            var rows = Read(folder, "matches", ["leg", "pass", "source", "id"], texts => string.Join('|', texts));
            Assert.Equal(members, rows);
        },
        iter: 50);

    [Fact]
    public void BreaksKeepTheirTexts() => RandomRuns.Record.Sample(
        record =>
        {
            using var folder = Exported(record);
            Assert.Equal(
                record.Breaks.Select(item => $"{item.Id}|{item.Pass}|{item.Class}|{item.Reason}|{string.Join("; ", item.Value)}"),
                Read(folder, "breaks", ["id", "pass", "class", "reason", "value"], texts => string.Join('|', texts)));
            Assert.Equal(
                OpenItems.Of(record).Select(entry => $"{entry.Break.Id}|{entry.Record.Source}|{entry.Record.Id}"),
                Read(folder, "open", ["break", "source", "id"], texts => string.Join('|', texts)));
        },
        iter: 50);

    [Fact]
    public void AmountsAreExactDecimals() => RandomRuns.Record.Sample(
        record =>
        {
            using var folder = Exported(record);
            var (scale, amounts) = ReadAmounts(folder, "breaks", "amount");
            var wanted = record.Breaks.Select(item => item.Value is [var only] ? only.Number : default(ExactNumber?)).ToList();
            Assert.Equal(record.Breaks.SelectMany(item => item.Value).Select(money => money.Number.Scale).DefaultIfEmpty(0).Max(), scale);
            Assert.Equal(wanted.Select(number => number is { } value ? UnitsAt(value, scale) : null), amounts);
        },
        iter: 50);

    // NULL where 38 digits do not hold it.
    static BigInteger? UnitsAt(ExactNumber number, int scale) =>
        number.Units * BigInteger.Pow(10, scale - number.Scale) is var units && BigInteger.Abs(units) < BigInteger.Pow(10, 38) ? units : null;

    static TemporaryFolder Exported(RunRecord record)
    {
        var folder = new TemporaryFolder();
        ParquetExport.Write(record, folder.Of("out"));
        return folder;
    }

    static List<string> Read(TemporaryFolder folder, string file, string[] columns, Func<string?[], string> join) => Open(folder, file, async reader =>
    {
        var rows = new List<string>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var texts = new string?[columns.Length][];
            for (var column = 0; column < columns.Length; column++)
            {
                texts[column] = new string?[group.RowCount];
                await group.ReadAsync(reader.Schema.FindDataField(columns[column]), texts[column].AsMemory()!);
            }

            rows.AddRange(Enumerable.Range(0, (int)group.RowCount).Select(row => join([.. texts.Select(text => text[row])])));
        }

        return rows;
    });

    static (int Scale, List<BigInteger?> Units) ReadAmounts(TemporaryFolder folder, string file, string column) => Open(folder, file, async reader =>
    {
        var field = (DecimalDataField)reader.Schema.FindDataField(column);
        var units = new List<BigInteger?>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var values = new BigDecimal?[group.RowCount];
            await group.ReadAsync(field, values.AsMemory());
            units.AddRange(values.Select(value => value?.UnscaledValue));
        }

        return (field.Scale, units);
    });

    static T Open<T>(TemporaryFolder folder, string file, Func<ParquetReader, Task<T>> read) => Task.Run(async () =>
    {
        await using var reader = await ParquetReader.CreateAsync(
            folder.Of("out", $"{file}.parquet"), new ParquetOptions { UseBigDecimal = true });
        return await read(reader);
    }).GetAwaiter().GetResult();
}
