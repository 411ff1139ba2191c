// The raw rows of a source as lines of JSON, which people can look through before they give them away.
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Sources.Snapshots;

/// <summary>
/// The first line is an object that says what the columns are and where rows came from; each other line is the array of a row: index of its
/// file, its line, index of its statement (each null where it means nothing), then its cells as texts or null.
/// </summary>
static class SnapshotRows
{
    const int PlaceMembers = 3;

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new MoneyJson(), new JsonStringEnumConverter() },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>All of a table but its rows.</summary>
    sealed record Head(
        string Source,
        Dialect Dialect,
        IReadOnlyList<string> Columns,
        bool IsByField,
        bool IsPart,
        IReadOnlyList<InputFile> Files,
        IReadOnlyList<Statement> Statements,
        IReadOnlyList<string> DeliveryColumns,
        IReadOnlyList<TrailerValue> Trailer,
        IReadOnlyList<Reject> Rejects,
        IReadOnlyList<string> Notices)
    {
        /// <exception cref="JsonException">A list has a member that is null.</exception>
        public void DemandNoNulls()
        {
            IEnumerable<object?> members = [.. Columns, .. Files, .. Statements, .. DeliveryColumns, .. Trailer, .. Rejects, .. Notices];
            if (members.Any(member => member is null))
            {
                throw new JsonException("a list has a member that is null");
            }
        }
    }

    public static void Write(RawTable table, Stream stream, CancellationToken cancellation)
    {
        JsonSerializer.Serialize(stream, new Head(
            table.Source, table.Dialect, table.ColumnNames, table.IsByField, table.IsPart, table.Files, table.Statements, table.DeliveryColumns,
            table.Trailer, table.Rejects, table.Notices), Json);
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        for (var row = 0; row < table.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            buffer.Write("\n"u8);
            json.Reset(buffer);
            Write(table, row, json);
            json.Flush();
            if (buffer.WrittenCount > 1 << 15)
            {
                stream.Write(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        buffer.Write("\n"u8);
        stream.Write(buffer.WrittenSpan);
    }

    static void Write(RawTable table, int row, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        Number(json, table.Files.Count == 0 ? null : table.FileOf?[row] ?? 0);
        Number(json, table.Line(row));
        Number(json, table.StatementOf?[row]);
        foreach (var column in table.Columns)
        {
            if (column.IsNull(row))
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteStringValue(column.Text(row));
            }
        }

        json.WriteEndArray();
    }

    static void Number(Utf8JsonWriter json, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <param name="place">The file, for messages.</param>
    /// <exception cref="ReconException">A line is not what <see cref="Write(RawTable, Stream, CancellationToken)"/> writes.</exception>
    public static RawTable Read(byte[] utf8, string place)
    {
        var line = 1;
        try
        {
            var lines = new Lines(utf8);
            var head = JsonSerializer.Deserialize<Head>(lines.Next(), Json) ?? throw new JsonException("there is no first line");
            head.DemandNoNulls();
            var rows = new Rows(head);
            for (var next = lines.Next(); !next.IsEmpty; next = lines.Next())
            {
                line++;
                rows.Add(next);
            }

            return rows.Table();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new ReconException($"{place}: line {line}: it is no line of a snapshot: {fault.Message}", FaultKind.InputWrong, inner: fault);
        }
    }

    ref struct Lines(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> _rest = rest;

        public ReadOnlySpan<byte> Next()
        {
            var end = _rest.IndexOf((byte)'\n');
            var line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            return line;
        }
    }

    /// <summary>Grows row by row.</summary>
    sealed class Rows(Head head)
    {
        readonly TextColumnBuilder[] _cells = [.. head.Columns.Select(_ => new TextColumnBuilder())];
        readonly List<ushort> _fileOf = [];
        readonly List<int> _statementOf = [];
        readonly RowLines _lineOf = new();
        int _count;

        public void Add(ReadOnlySpan<byte> line)
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            if (json.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("expected the array of a row");
            }

            var (file, number, statement) = (Number(ref json, head.Files.Count), Number(ref json, int.MaxValue), Number(ref json, head.Statements.Count));
            foreach (var cell in _cells)
            {
                json.Read();
                cell.Append(json.GetString());
            }

            json.Read();
            if (json.TokenType != JsonTokenType.EndArray)
            {
                throw new JsonException($"expected {PlaceMembers} numbers and {_cells.Length} cells");
            }

            _count++;
            _fileOf.Add((ushort)(file ?? 0));
            _statementOf.Add(statement ?? -1);
            if (number is { } known)
            {
                _lineOf.Add(known);
            }
        }

        static int? Number(ref Utf8JsonReader json, int below)
        {
            json.Read();
            return json.TokenType == JsonTokenType.Null ? null
                : json.GetInt32() is var number && number >= -1 && number < below ? number
                : throw new JsonException($"{number} is not below {below}");
        }

        public RawTable Table() => new()
        {
            Source = head.Source,
            Dialect = head.Dialect,
            ColumnNames = head.Columns,
            Columns = [.. _cells.Select(column => column.Build())],
            Count = _count,
            IsByField = head.IsByField,
            IsPart = head.IsPart,
            Files = head.Files,
            FileOf = head.Files.Count > 1 ? [.. _fileOf] : null,
            LineOf = _lineOf.Count == 0 ? null : _lineOf.Count == _count ? _lineOf : throw new JsonException("some rows have a line, and some have none"),
            StatementOf = head.DeliveryColumns.Count > 0 ? [.. _statementOf] : null,
            Statements = head.Statements,
            DeliveryColumns = head.DeliveryColumns,
            Trailer = head.Trailer,
            Rejects = head.Rejects,
            Notices = head.Notices,
        };
    }

    /// <summary>Amounts as <c>10.00 EUR</c>.</summary>
    sealed class MoneyJson : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Money.TryParse(reader.GetString() ?? "", out var money) ? money : throw new JsonException($"'{reader.GetString()}' is no amount");

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
