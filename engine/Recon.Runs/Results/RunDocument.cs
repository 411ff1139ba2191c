// The shape of a run's record as it is kept: everything but the matches and breaks, which are segments of their own.
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

sealed record RunDocument(
    int Format,
    RunIdentity Head,
    IReadOnlyList<SourceSummary> Sources,
    IReadOnlyList<PassSummary> Passes,
    IReadOnlyList<Reject> Rejects,
    IReadOnlyList<Duplicate> Duplicates,
    IReadOnlyList<Posting> Posts,
    IReadOnlyList<Exposure> Exposure,
    IReadOnlyList<ControlResult> Controls,
    IReadOnlyList<string> Notices,
    IReadOnlyList<ClosedBreak> Closed,
    IReadOnlyList<RollForwardLine>? RollForward = null,
    IReadOnlyList<RuleCost>? RuleCosts = null)
{
    public static RunDocument Of(RunRecord record) => new(
        RunRecordJson.Format,
        record.Head,
        record.Sources,
        record.Passes,
        record.Rejects,
        record.Duplicates,
        record.Posts,
        record.Exposure,
        record.Controls,
        record.Notices,
        record.Closed,
        record.RollForward,
        record.RuleCosts);

    public RunRecord ToRecord(MatchEvidence matches, IReadOnlyList<Break> breaks) => new()
    {
        Head = Head,
        Sources = Sources,
        Passes = Passes,
        Matches = matches,
        Breaks = breaks,
        Rejects = Rejects,
        Duplicates = Duplicates,
        Posts = Posts,
        Exposure = Exposure,
        Controls = Controls,
        Notices = Notices,
        Closed = Closed,
        RollForward = RollForward ?? [],
        RuleCosts = RuleCosts ?? [],
    };
}

/// <summary>How results are written and read: made by the compiler, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(ExactNumberJson), typeof(ExactTotalJson), typeof(CurrencyJson), typeof(MoneyJson)])]
[JsonSerializable(typeof(RunDocument))]
sealed partial class ResultJsonContext : JsonSerializerContext;

static class ResultJson
{
    /// <remarks>Letters beyond ASCII stand as they are: the bytes are never pasted into a page.</remarks>
    public static ResultJsonContext Default { get; } = new(new JsonSerializerOptions(ResultJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

sealed class ExactNumberJson : JsonConverter<ExactNumber>
{
    public override ExactNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, ExactNumber value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public static ExactNumber Parse(string? text) =>
        text is not null && ExactNumber.TryParse(text, out var number)
            ? number
            : throw new JsonException($"'{text}' is no number");
}

sealed class ExactTotalJson : JsonConverter<ExactTotal>
{
    public override ExactTotal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text && ExactTotal.TryParse(text, out var total)
            ? total
            : throw new JsonException("a total is no number");

    public override void Write(Utf8JsonWriter writer, ExactTotal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <remarks>The default currency, which stands for none, is the empty text.</remarks>
sealed class CurrencyJson : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Code);

    public static Currency Parse(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return default;
        }

        return Currency.TryParse(code, out var currency)
            ? currency
            : throw new JsonException($"'{code}' is no currency code");
    }
}

/// <remarks><c>10.02 EUR</c>; a blank at the end where there is no currency.</remarks>
sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? throw new JsonException("null is no amount");
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0
            ? throw new JsonException($"'{text}' is no amount")
            : new Money(ExactNumberJson.Parse(text[..blank]), CurrencyJson.Parse(text[(blank + 1)..]));
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
