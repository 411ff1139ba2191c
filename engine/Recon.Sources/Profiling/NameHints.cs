// What headers say about their columns, in the languages of the files that banks and ledgers write.
using System.Text.RegularExpressions;

namespace Recon.Sources.Profiling;

public static partial class NameHints
{
    public static bool IsAmount(string name) => Amount().IsMatch(name);

    public static bool IsDate(string name) => Day().IsMatch(name);

    /// <summary>An id, a number of a document, an account, a code.</summary>
    public static bool IsName(string name) => Id().IsMatch(name);

    public static bool IsDebit(string name) => Debit().IsMatch(name);

    public static bool IsCredit(string name) => Credit().IsMatch(name);

    const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex("amount|amt|betrag|gross|net|fee|total|sum|price|value$|umsatz|balance|saldo|montant|importe|charge", Options)]
    private static partial Regex Amount();

    [GeneratedRegex("date|datum|day|booked|valuta|posted|fecha|settle", Options)]
    private static partial Regex Day();

    [GeneratedRegex("id$|^id|ref|num|nr|no$|konto|account|code|iban|order|entry|beleg|phone|zip|plz", Options)]
    private static partial Regex Id();

    [GeneratedRegex("debit|soll|ausgabe|paid.?out|withdraw|money.?out", Options)]
    private static partial Regex Debit();

    [GeneratedRegex("credit|haben|einnahme|paid.?in|deposit|money.?in", Options)]
    private static partial Regex Credit();
}
