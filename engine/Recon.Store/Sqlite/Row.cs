// One row of an answer; a value that is not what the column holds is a fault of the file.
using System.Data.Common;
using System.Globalization;
using Recon.Model;

namespace Recon.Store.Sqlite;

readonly struct Row(DbDataReader reader, string path)
{
    public int Count => reader.FieldCount;

    /// <summary>As SQLite has it: <c>long</c>, <c>double</c>, <c>string</c>, bytes or null.</summary>
    public object? Value(int column) => reader.IsDBNull(column) ? null : reader.GetValue(column);

    public string Text(int column) => Value(column) as string ?? throw Damaged(column);

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : Text(column);

    public long Number(int column) => Value(column) as long? ?? throw Damaged(column);

    public int Int(int column) =>
        Number(column) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw Damaged(column);

    public byte[] Bytes(int column) => Value(column) as byte[] ?? throw Damaged(column);

    public DateOnly Date(int column) =>
        DateOnly.TryParseExact(
            Text(column), StoreText.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Damaged(column);

    public DateTimeOffset Moment(int column) =>
        DateTimeOffset.TryParseExact(
            Text(column),
            StoreText.MomentFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment)
            ? moment
            : throw Damaged(column);

    public T Choice<T>(int column)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(column), out var choice) && Enum.IsDefined(choice) ? choice : throw Damaged(column);

    public ReconException Damaged(int column) =>
        StorageFault.Damaged(path, $"a value of column {reader.GetName(column)} is damaged; run 'recon audit verify'");
}
