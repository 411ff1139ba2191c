// Acts of people as JSON: what belongs to an act of its kind, and the payload of its audit entry.
using System.Text.Json;
using System.Text.Json.Serialization;
using Recon.Model.Acts;

namespace Recon.Store;

static class ActDetailJson
{
    public static string Write(ActDetail detail) => JsonSerializer.Serialize(detail, ActTexts.Default.ActDetail);

    /// <summary>Null where the text is none.</summary>
    public static ActDetail? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ActTexts.Default.ActDetail);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Payload of an entry about an act; who did it and when stand in the entry itself.</summary>
sealed record ActPayload(
    long Number, string Key, string Effect, string PackId, string BusinessDate, string Subject, string Kind, ActDetail Detail, string? Reason)
{
    public static ActPayload Of(Act act) => new(
        act.Number, act.Key, act.Effect, act.PackId, StoreText.Of(act.BusinessDate), act.Subject, act.Kind.ToString(), act.Detail, act.Reason);

    public string Write() => JsonSerializer.Serialize(this, ActTexts.Default.ActPayload);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ActDetail))]
[JsonSerializable(typeof(ActPayload))]
sealed partial class ActTexts : JsonSerializerContext;
