// The columns that a camt.053 statement delivers.
namespace Recon.Sources.Camt;

/// <summary>Names of the columns, usable as <c>column:</c> of a field.</summary>
public static class CamtColumns
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "amount", "currency", "value_date", "booking_date", "entry_ref", "reference", "bank_ref",
        "counterparty", "counterparty_iban", "note", "code", "status", "reversal", "batch", "account",
        "account_currency", "statement", "sequence", "charges", "instructed",
    ];
}
