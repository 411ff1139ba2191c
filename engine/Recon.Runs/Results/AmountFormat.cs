// An amount among other members of a row of bytes: currency, scale, units.
using Recon.Model;

namespace Recon.Runs.Results;

static class AmountFormat
{
    public static void Write(EvidenceBuffer rows, TextPool texts, Money amount) =>
        rows.Number(texts.NumberOf(amount.Currency)).Number((uint)amount.Number.Scale).Wide(amount.Number.Units);

    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: no amount stands there.</exception>
    public static Money Read(ref EvidenceCursor cursor, PooledTexts texts)
    {
        var code = texts.Text(ref cursor);
        var known = Currency.TryParse(code, out var currency);
        var scale = cursor.Count(ExactNumber.MaxScale);
        var units = cursor.Wide();
        return (known || code.Length == 0) && units <= ExactNumber.MaxUnits && units >= -ExactNumber.MaxUnits
            ? new Money(new ExactNumber(units, scale), currency)
            : throw EvidenceCursor.Damaged($"{units} '{code}' is no amount");
    }
}
