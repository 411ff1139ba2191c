// The columns that an MT940 statement delivers.
namespace Recon.Sources.Mt940;

/// <summary>Names of the columns, usable as <c>column:</c> of a field.</summary>
public static class Mt940Columns
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "amount", "currency", "value_date", "booking_date", "type", "reference", "bank_ref", "note", "code",
        "counterparty", "counterparty_iban", "counterparty_bic", "end_to_end", "mandate", "account",
        "statement", "sequence", "reversal", "funds_code", "supplementary",
    ];
}
