// One row of an answer; a value that is not what the column holds is a fault of the store.
using System.Data.Common;
using System.Globalization;
using Recon.Model;

namespace Recon.Store.Rows;

readonly struct Row(DbDataReader reader, Database database)
{
    public int Count => reader.FieldCount;

    /// <summary>
    /// <c>long</c>, <c>double</c>, <c>string</c>, bytes or null; a day or a moment is a text (<see cref="StoreText"/>), with every digit
    /// that is stored.
    /// </summary>
    public object? Value(int column) => reader.IsDBNull(column) ? null : reader.GetValue(column) switch
    {
        int number => (long)number,
        DateOnly date => StoreText.Of(date),
        DateTime day when reader.GetDataTypeName(column) == "date" => StoreText.Of(DateOnly.FromDateTime(day)),
        DateTime moment => moment.ToString(StoreText.MomentFormat, CultureInfo.InvariantCulture),
        string text => database.TextOf(text),
        var value => value,
    };

    public string Text(int column) => Value(column) as string ?? throw Damaged(column);

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : Text(column);

    public long Number(int column) => Value(column) as long? ?? throw Damaged(column);

    public long? NumberOrNull(int column) => reader.IsDBNull(column) ? null : Number(column);

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
        database.Damaged($"a value of column {reader.GetName(column)} is damaged; run 'recon audit verify'");
}
