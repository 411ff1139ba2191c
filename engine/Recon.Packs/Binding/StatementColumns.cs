// The columns that statement readers deliver.
using Recon.Model.Rules;

namespace Recon.Packs.Binding;

static class StatementColumns
{
    static readonly string[] Camt053 =
    [
        "amount", "currency", "value_date", "booking_date", "entry_ref", "reference", "bank_ref",
        "counterparty",
        "counterparty_iban", "note", "code", "status", "reversal", "batch", "account", "account_currency",
        "statement",
        "sequence", "charges", "instructed",
    ];

    static readonly string[] Mt940 =
    [
        "amount", "currency", "value_date", "booking_date", "type", "reference", "bank_ref", "note", "code",
        "counterparty",
        "counterparty_iban", "counterparty_bic", "end_to_end", "mandate", "account", "statement", "sequence",
        "reversal",
        "funds_code", "supplementary",
    ];

    public static IReadOnlyList<string> Of(ReadFormat format) =>
        format == ReadFormat.Camt053 ? Camt053 : Mt940;
}
