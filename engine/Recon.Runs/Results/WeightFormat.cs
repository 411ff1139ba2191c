// What exposure counts of a break, among its other members as bytes.
using Recon.Model;

namespace Recon.Runs.Results;

/// <remarks>Nearly all breaks weigh by the one value of their one record: that is one byte.</remarks>
static class WeightFormat
{
    const uint None = 0;
    const uint AsItsValue = 1;
    const uint Unknown = 2;

    public static void Write(EvidenceBuffer rows, TextPool texts, Break item)
    {
        if (item.Weighs is not { Count: > 0 } weights)
        {
            rows.Number(item.Weighs is null ? Unknown : None);
        }
        else if (IsItsValue(item, weights))
        {
            rows.Number(AsItsValue);
        }
        else
        {
            rows.Number(Unknown + (uint)weights.Count);
            foreach (var weight in weights)
            {
                Write(rows, texts, weight);
            }
        }
    }

    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: no weight stands there.</exception>
    public static IReadOnlyList<Weight>? Read(ref EvidenceCursor cursor, PooledTexts texts, Break item)
    {
        var form = (uint)cursor.Count(cursor.Rest.Length + (int)Unknown);
        if (form == AsItsValue && (item.Records.Count == 0 || item.Value.Count == 0))
        {
            throw EvidenceCursor.Damaged("a break without a value weighs as its value");
        }

        return form switch
        {
            None => [],
            AsItsValue => [new Weight(item.Records[0], item.Records[0].Source, item.Value[0])],
            Unknown => null,
            _ => Read(ref cursor, texts, (int)(form - Unknown)),
        };
    }

    static Weight[] Read(ref EvidenceCursor cursor, PooledTexts texts, int count)
    {
        var weights = new Weight[count];
        for (var i = 0; i < count; i++)
        {
            var source = texts.Text(ref cursor);
            var record = cursor.Count(1) == 1 ? new RecordId(source, cursor.Text()) : null;
            weights[i] = new Weight(record, source, AmountFormat.Read(ref cursor, texts), texts.TextOrNull(ref cursor));
        }

        return weights;
    }

    static void Write(EvidenceBuffer rows, TextPool texts, Weight weight)
    {
        rows.Number(texts.NumberOf(weight.Source)).Number(weight.Record is null ? 0u : 1u);
        if (weight.Record is { } record)
        {
            rows.Text(record.Id);
        }

        AmountFormat.Write(rows, texts, weight.Amount);
        rows.Number(texts.NumberOf(weight.Counterparty));
    }

    static bool IsItsValue(Break item, IReadOnlyList<Weight> weights) =>
        weights is [{ Counterparty: null }] && item.Records.Count > 0 && item.Value.Count == 1
        && weights[0].Record == item.Records[0] && IsSame(weights[0].Amount, item.Value[0]);

    // To the digit: 1.0 and 1.00 are equal amounts and other bytes.
    static bool IsSame(Money one, Money other) =>
        one.CurrencyCode == other.CurrencyCode && one.Number.Scale == other.Number.Scale && one.Number.Units == other.Number.Units;
}
