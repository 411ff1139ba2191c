// What a segment says of itself, so that a file that is found alone can be read and told to which run it belongs.
using System.Text.Json;
using System.Text.Json.Serialization;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Store.Evidence;

/// <summary>Stands as JSON under the key <c>recon</c> in the metadata of the file.</summary>
/// <param name="Format">The version of the layout; a higher one was written by a newer engine.</param>
/// <param name="Leg">Sources of the leg, in the order of the pack.</param>
/// <param name="Passes">Passes of the leg.</param>
/// <param name="Lags">Comparisons of dates whose lag the matches have.</param>
sealed record SegmentHead(
    int Format,
    string Run,
    string Pack,
    string BusinessDate,
    IReadOnlyList<string> Leg,
    IReadOnlyList<string> Passes,
    IReadOnlyList<SegmentTruth> Truths,
    IReadOnlyList<string> Lags)
{
    public const string Key = "recon";

    const int Newest = 1;

    public static SegmentHead Of(RunIdentity run, LegEvidence leg) => new(
        Newest, run.Id, run.PackId, StoreText.Of(run.BusinessDate), leg.Sources, leg.PassNames, [.. leg.Truths.Select(SegmentTruth.Of)],
        [.. leg.Lags.Select(lag => lag.Fields)]);

    public string Write() => JsonSerializer.Serialize(this, SegmentJson.Default.SegmentHead);

    /// <exception cref="ReconException">The text is no head, or one of a newer engine.</exception>
    public static SegmentHead Read(string? text)
    {
        try
        {
            var head = text is null ? null : JsonSerializer.Deserialize(text, SegmentJson.Default.SegmentHead);
            return head is null ? throw Damaged("it does not say what it is")
                : head.Format <= Newest ? head
                : throw Damaged($"format {head.Format} of a newer engine");
        }
        catch (JsonException fault)
        {
            throw Damaged(fault.Message);
        }
    }

    /// <summary>True where both are parts of one leg.</summary>
    public bool IsOfLegOf(SegmentHead other) => Write() == other.Write();

    public static ReconException Damaged(string why) => new($"evidence is damaged: {why}", FaultKind.Storage);
}

/// <summary>How the believed values of a field stand in a file.</summary>
/// <param name="Scale">Digits behind the point that hold every amount of the leg; 0 for what is no money.</param>
sealed record SegmentTruth(string Field, TruthShape Shape, int Scale)
{
    /// <summary>By the first value of the leg; what is not of its shape stands as text only.</summary>
    public static SegmentTruth Of(TruthColumns truth)
    {
        var shape = ShapeOf(truth.Values);
        return new SegmentTruth(truth.Field, shape, shape == TruthShape.Money ? ScaleOf(truth.Values) : 0);
    }

    static TruthShape ShapeOf(TextColumn values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!values.IsNull(i))
            {
                var text = values.Utf8(i);
                return BelievedText.TryMoney(text, out _, out _) ? TruthShape.Money
                    : BelievedText.TryDate(text, out _) ? TruthShape.Date
                    : TruthShape.Text;
            }
        }

        return TruthShape.Text;
    }

    static int ScaleOf(TextColumn values)
    {
        var most = 0;
        for (var i = 0; i < values.Count; i++)
        {
            if (!values.IsNull(i) && BelievedText.TryMoney(values.Utf8(i), out var number, out _))
            {
                most = Math.Max(most, number.Scale);
            }
        }

        return most;
    }
}

enum TruthShape
{
    Text,
    Money,
    Date,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SegmentHead))]
sealed partial class SegmentJson : JsonSerializerContext;
