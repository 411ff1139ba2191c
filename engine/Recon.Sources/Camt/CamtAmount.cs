// Reads amounts and dates of camt elements.
using Recon.Model;
using Recon.Sources.Files;

namespace Recon.Sources.Camt;

static class CamtAmount
{
    /// <summary>The amount of an element with <c>Amt</c> and <c>CdtDbtInd</c>; a credit on the statement is plus.</summary>
    public static Money? Of(CamtNode node, out string? defect) =>
        Of(node.At("Amt"), node.Text("CdtDbtInd"), out defect);

    public static Money? Of(CamtNode? amount, string? indicator, out string? defect)
    {
        defect = indicator switch
        {
            "CRDT" or "DBIT" => null,
            null => "no credit or debit indicator (CdtDbtInd)",
            _ => $"the indicator is '{Printable.Of(indicator)}'; expected CRDT or DBIT",
        };
        if (defect is not null || Unsigned(amount, out defect) is not { } money)
        {
            return null;
        }

        return indicator == "DBIT" ? -money : money;
    }

    /// <summary>An amount as written, never negative.</summary>
    public static Money? Unsigned(CamtNode? amount, out string? defect)
    {
        defect = null;
        if (amount?.Value is not { } text)
        {
            defect = "no amount (Amt)";
        }
        else if (!Model.Currency.TryParse(amount.Currency ?? "", out var currency))
        {
            defect = $"the amount {Printable.Of(text)} has no currency (Ccy is '{Printable.Of(amount.Currency ?? "")}')";
        }
        else if (!ExactNumber.TryParse(Padded(text), out var number))
        {
            defect = $"the amount '{Printable.Of(text)}' is no number";
        }
        else if (number.Sign < 0)
        {
            defect = $"the amount {Printable.Of(text)} is negative; the indicator gives the sign";
        }
        else
        {
            return new Money(number, currency);
        }

        return null;
    }

    // XML decimals may begin or end with their point: ".5", "5.".
    static string Padded(string text) =>
        (text.StartsWith('.') ? "0" + text : text) is var begun && begun.EndsWith('.') ? begun[..^1] : begun;
}

static class CamtDate
{
    /// <summary>The day of a choice of <c>Dt</c> and <c>DtTm</c>, as the bank wrote it; null where there is none.</summary>
    public static string? Of(CamtNode? choice) => choice?.Text("Dt", "DtTm") is { } text
        ? text.Length > 10 && (text[10] is 'T' or 'Z' or '+' or '-') ? text[..10] : text
        : null;
}
