// The structures of Parquet's description that a file of evidence may have, and what stands in each of their fields.
using static Recon.Store.Evidence.ThriftType;

namespace Recon.Store.Evidence;

/// <summary>Kinds of value in Thrift's compact protocol; each is the number that stands in the file.</summary>
enum ThriftType : byte
{
    None = 0,

    /// <summary>In a structure 1 (true) or 2 (false), without a value behind it.</summary>
    Flag = 2,

    I8 = 3,
    I16 = 4,
    I32 = 5,
    I64 = 6,
    Bytes = 8,
    List = 9,
    Struct = 12,
}

/// <param name="Inner">What a structure, or each element of a list, is made of; null where these are plain values.</param>
/// <param name="Element">Of a list.</param>
readonly record struct ThriftField(ThriftType Type, ThriftShape? Inner = null, ThriftType Element = None)
{
    public static implicit operator ThriftField(ThriftType type) => new(type);
    public static implicit operator ThriftField(ThriftShape shape) => new(Struct, shape);
    internal static ThriftField ListOf(ThriftShape shape) => new(List, shape, Struct);
    internal static ThriftField ListOf(ThriftType element) => new(List, null, element);
}

/// <param name="fields">From number 1 on; <see cref="None"/> where no file of evidence has a field of that number.</param>
sealed class ThriftShape(params ThriftField[] fields)
{
    internal ThriftField this[long number] => number >= 1 && number <= fields.Length ? fields[number - 1] : None;
}

/// <summary>Fields are in the order of their numbers.</summary>
/// <remarks>Source: https://github.com/apache/parquet-format/blob/apache-parquet-format-2.11.0/src/main/thrift/parquet.thrift</remarks>
static class ParquetStructures
{
    static readonly ThriftShape Empty = new();
    static readonly ThriftShape KeyValue = new(Bytes, Bytes);
    static readonly ThriftShape Statistics = new(Bytes, Bytes, I64, I64, Bytes, Bytes, Flag, Flag);
    static readonly ThriftShape Decimal = new(I32, I32);
    static readonly ThriftShape TimeUnit = new(Empty, Empty, Empty);
    static readonly ThriftShape Time = new(Flag, TimeUnit);
    static readonly ThriftShape Integer = new(I8, Flag);
    static readonly ThriftShape LogicalType = new(
        Empty, Empty, Empty, Empty, Decimal, Empty, Time, Time, None, Integer, Empty, Empty, Empty, Empty, Empty);

    static readonly ThriftShape SchemaElement = new(I32, I32, I32, Bytes, I32, I32, I32, I32, I32, LogicalType);
    static readonly ThriftShape PageEncoding = new(I32, I32, I32);
    static readonly ThriftShape Sizes = new(I64, ThriftField.ListOf(I64), ThriftField.ListOf(I64));
    static readonly ThriftShape ColumnMetaData = new(
        I32, ThriftField.ListOf(I32), ThriftField.ListOf(Bytes), I32, I64, I64, I64, ThriftField.ListOf(KeyValue),
        I64, I64, I64, Statistics, ThriftField.ListOf(PageEncoding), I64, I32, Sizes);

    static readonly ThriftShape ColumnChunk = new(Bytes, I64, ColumnMetaData, I64, I32, I64, I32);
    static readonly ThriftShape SortingColumn = new(I32, Flag, Flag);
    static readonly ThriftShape RowGroup = new(
        ThriftField.ListOf(ColumnChunk), I64, I64, ThriftField.ListOf(SortingColumn), I64, I64, I16);

    static readonly ThriftShape ColumnOrder = new(Empty);

    internal static readonly ThriftShape DataPage = new(I32, I32, I32, I32, Statistics);
    internal static readonly ThriftShape DataPageV2 = new(I32, I32, I32, I32, I32, I32, Flag, Statistics);
    static readonly ThriftShape DictionaryPage = new(I32, I32, Flag);

    internal static readonly ThriftShape FileMetaData = new(
        I32, ThriftField.ListOf(SchemaElement), I64, ThriftField.ListOf(RowGroup), ThriftField.ListOf(KeyValue), Bytes, ThriftField.ListOf(ColumnOrder));

    internal static readonly ThriftShape PageHeader = new(I32, I32, I32, I32, DataPage, Empty, DictionaryPage, DataPageV2);
}
