// Puts open items together again, one after the other.
using System.Buffers.Binary;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

/// <param name="version">
/// Of the segment; the first did not say on which legs items were taken, nor what they weigh; the third says of which record an item is
/// what was left.
/// </param>
sealed class CarriedItemReader(PooledTexts texts, byte version)
{
    public const int ContentBytes = 16;

    // Neighbours are of one file and one leg, so they share its dialect, column names and source names.
    Dialect _dialect = Dialect.Canonical;
    string[] _columns = [];
    string[] _leg = [];
    string[] _taken = [];

    public CarriedItem Next(ref EvidenceCursor cursor)
    {
        var item = FirstMembers(ref cursor);
        item = version == 1 ? item : item with { TakenLegs = TakenLegs(ref cursor), Value = Value(ref cursor) };
        return version < 3 ? item : item with { Residual = Residual(ref cursor) };
    }

    CarriedItem FirstMembers(ref EvidenceCursor cursor) => new(
        new RecordId(texts.Text(ref cursor), cursor.Text()),
        BinaryPrimitives.ReadUInt128BigEndian(cursor.Bytes(ContentBytes)),
        DialectOf(ref cursor),
        Cells(ref cursor),
        texts.TextOrNull(ref cursor),
        cursor.Count(int.MaxValue) is > 0 and var line ? line - 1 : null,
        OpenLegs(ref cursor));

    Dialect DialectOf(ref EvidenceCursor cursor)
    {
        var dialect = new Dialect(
            (byte)cursor.Count(byte.MaxValue), (byte)cursor.Count(byte.MaxValue), texts.TextOrNull(ref cursor), texts.TextOrNull(ref cursor));
        return _dialect == dialect ? _dialect : _dialect = dialect;
    }

    RawCells Cells(ref EvidenceCursor cursor)
    {
        var names = new string[cursor.Count(cursor.Rest.Length)];
        var ends = new int[names.Length];
        using var utf8 = new EvidenceBuffer(128);
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = texts.Text(ref cursor);
            ends[i] = utf8.Bytes(cursor.Bytes(cursor.Count(EvidenceCursor.MaxBody))).Length;
        }

        _columns = _columns.AsSpan().SequenceEqual(names) ? _columns : names;
        return new RawCells(_columns, utf8.Written.ToArray(), ends);
    }

    OpenLeg[] OpenLegs(ref EvidenceCursor cursor)
    {
        var legs = new OpenLeg[cursor.Count(cursor.Rest.Length)];
        for (var i = 0; i < legs.Length; i++)
        {
            legs[i] = new OpenLeg(_leg = texts.Names(ref cursor, _leg), cursor.Text(), Day(ref cursor), texts.Text(ref cursor));
            legs[i] = version == 1 ? legs[i] : legs[i] with { DatedFrom = Day(ref cursor) };
        }

        return legs;
    }

    string[][]? TakenLegs(ref EvidenceCursor cursor)
    {
        var count = cursor.Count(cursor.Rest.Length);
        if (count == 0)
        {
            return null;
        }

        var legs = new string[count - 1][];
        for (var i = 0; i < legs.Length; i++)
        {
            legs[i] = _taken = texts.Names(ref cursor, _taken);
        }

        return legs;
    }

    CarriedResidual? Residual(ref EvidenceCursor cursor)
    {
        var depth = cursor.Count(int.MaxValue);
        if (depth == 0)
        {
            return null;
        }

        var (record, number) = (cursor.Text(), cursor.Count(int.MaxValue));
        var fields = new string[cursor.Count(cursor.Rest.Length)];
        var amounts = new Money[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            (fields[i], amounts[i]) = (texts.Text(ref cursor), AmountFormat.Read(ref cursor, texts));
        }

        return new CarriedResidual(new ResidualOf(record, number, depth, fields), amounts);
    }

    Money? Value(ref EvidenceCursor cursor) => cursor.Count(1) == 1 ? AmountFormat.Read(ref cursor, texts) : null;

    static DateOnly Day(ref EvidenceCursor cursor) => DateOnly.FromDayNumber(cursor.Count(DateOnly.MaxValue.DayNumber));
}
