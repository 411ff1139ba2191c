// Adds up the charges of an entry or transaction.
using Recon.Model;

namespace Recon.Sources.Camt;

static class CamtCharges
{
    /// <summary>
    /// The charges signed from our side (minus unless the bank says CRDT), as a number where they are in the currency of
    /// <paramref name="amount"/>, else with their currency; null where there are none, or of several currencies.
    /// </summary>
    public static string? Of(CamtNode? node, Money amount)
    {
        Money? sum = null;
        foreach (var charge in (node?.All("Chrgs") ?? []).SelectMany(Records))
        {
            if (CamtAmount.Of(charge.At("Amt"), charge.Text("CdtDbtInd") ?? "DBIT", out _) is not { } given
                || (sum is { } before && before.CurrencyCode != given.CurrencyCode))
            {
                return null;
            }

            sum = sum is { } known ? known + given : given;
        }

        var total = sum ?? Total(node);
        return total is not { } charges ? null
            : charges.CurrencyCode == amount.CurrencyCode ? charges.Number.ToString() : charges.ToString();
    }

    // Version 02 repeats Chrgs itself, later ones have Rcrd elements inside.
    static IEnumerable<CamtNode> Records(CamtNode charges) =>
        charges.At("Amt") is not null ? [charges] : charges.All("Rcrd");

    static Money? Total(CamtNode? node) =>
        CamtAmount.Unsigned(node?.At("Chrgs/TtlChrgsAndTaxAmt"), out _) is { } total ? -total : null;
}
