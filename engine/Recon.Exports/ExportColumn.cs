// Columns of an export: what a row gives, gathered until a group of rows is written.
using System.Numerics;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Recon.Model;

namespace Recon.Exports;

abstract class ExportColumn<TRow>(DataField declared)
{
    public DataField Field => declared;

    public abstract void Add(TRow row);

    /// <summary>Writes what was gathered and forgets it.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group);
}

sealed class TextExport<TRow>(string name, Func<TRow, string?> of) : ExportColumn<TRow>(new DataField<string>(name, true))
{
    readonly List<string?> _values = [];

    public override void Add(TRow row) => _values.Add(of(row));

    public override async Task WriteAsync(ParquetRowGroupWriter group)
    {
        await group.WriteAsync(Field, _values!);
        _values.Clear();
    }
}

/// <summary>Numbers and days.</summary>
sealed class ValueExport<TRow, TValue>(DataField declared, Func<TRow, TValue?> of) : ExportColumn<TRow>(declared)
    where TValue : struct
{
    readonly List<TValue?> _values = [];

    public override void Add(TRow row) => _values.Add(of(row));

    public override async Task WriteAsync(ParquetRowGroupWriter group)
    {
        await group.WriteAsync<TValue>(Field, _values.ToArray());
        _values.Clear();
    }
}

static class ExportColumns
{
    // What a Parquet decimal of 16 bytes holds.
    const int MostDigits = 38;

    static readonly BigInteger Beyond = BigInteger.Pow(10, MostDigits);

    public static ExportColumn<TRow> Text<TRow>(string name, Func<TRow, string?> of) => new TextExport<TRow>(name, of);

    public static ExportColumn<TRow> Count<TRow>(string name, Func<TRow, int> of) =>
        new ValueExport<TRow, int>(new DataField<int?>(name), row => of(row));

    public static ExportColumn<TRow> Day<TRow>(string name, Func<TRow, DateOnly?> of) =>
        new ValueExport<TRow, DateOnly>(new DataField<DateOnly?>(name), of);

    /// <summary>A decimal with so many digits behind the point; NULL where it would need more than 38 in all.</summary>
    public static ExportColumn<TRow> Amount<TRow>(string name, int scale, Func<TRow, Money?> of) =>
        new ValueExport<TRow, BigDecimal>(
            new DecimalDataField(name, MostDigits, scale, isNullable: true, clrType: typeof(BigDecimal)),
            row => of(row) is { } money ? Decimal(money.Number, scale) : null);

    /// <summary>Digits behind the point that hold every amount.</summary>
    public static int ScaleOf(IEnumerable<Money> amounts) => amounts.Select(money => money.Number.Scale).DefaultIfEmpty(0).Max();

    static BigDecimal? Decimal(ExactNumber number, int scale)
    {
        var units = number.Units * BigInteger.Pow(10, scale - number.Scale);
        return BigInteger.Abs(units) < Beyond ? new BigDecimal(units, MostDigits, scale) : null;
    }
}
