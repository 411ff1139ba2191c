// The parts of an open item that stand in one column each, as JSON.
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Store;

/// <summary>What cannot be read is a <see cref="ReconException"/> with <see cref="FaultKind.Storage"/>.</summary>
static class CarriedItemJson
{
    static readonly CarriedItemContext Context = new(new JsonSerializerOptions(CarriedItemContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string WriteDialect(Dialect dialect) => JsonSerializer.Serialize(dialect, Context.Dialect);

    public static Dialect ReadDialect(string json) =>
        Read(json, text => JsonSerializer.Deserialize(text, Context.Dialect));

    public static string WriteLegs(IReadOnlyList<OpenLeg> legs) =>
        JsonSerializer.Serialize(legs, Context.IReadOnlyListOpenLeg);

    public static IReadOnlyList<OpenLeg> ReadLegs(string json) =>
        Read(json, text => JsonSerializer.Deserialize(text, Context.IReadOnlyListOpenLeg));

    /// <summary>An object whose members are the cells, in their order.</summary>
    public static string WriteCells(IReadOnlyList<KeyValuePair<string, string>> cells)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            writer.WriteStartObject();
            foreach (var (name, cell) in cells)
            {
                writer.WriteString(name, cell);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static IReadOnlyList<KeyValuePair<string, string>> ReadCells(string json) =>
        Read(json, ParseCells);

    static List<KeyValuePair<string, string>> ParseCells(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        var cells = new List<KeyValuePair<string, string>>();
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            Expect(reader.Read() && reader.TokenType == JsonTokenType.String);
            cells.Add(new(name, reader.GetString()!));
        }

        Expect(reader.TokenType == JsonTokenType.EndObject && !reader.Read());
        return cells;
    }

    static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new JsonException("cells are an object of texts");
        }
    }

    static T Read<T>(string json, Func<string, T?> parse)
        where T : class
    {
        try
        {
            return parse(json) ?? throw new JsonException("null");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new ReconException($"an open item cannot be read: {fault.Message}", FaultKind.Storage, inner: fault);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Dialect))]
[JsonSerializable(typeof(IReadOnlyList<OpenLeg>))]
sealed partial class CarriedItemContext : JsonSerializerContext;
