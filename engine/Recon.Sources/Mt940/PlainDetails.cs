// Reads :86: of plain text, with the few habits that tell the counterparty.
using System.Text.RegularExpressions;

namespace Recon.Sources.Mt940;

static partial class PlainDetails
{
    public static Mt940Details Of(List<List<string>> texts, Mt940Entry entry)
    {
        var fields = texts.ConvertAll(field => field.FindAll(line => !string.IsNullOrWhiteSpace(line)));
        var lines = fields.SelectMany(field => field).ToList();
        var text = string.Join(' ', fields.Select(DetailLines.Text));
        var labels = Labels(text);
        var (account, name) = AccountAndName(lines, entry);
        return new Mt940Details
        {
            Note = DetailLines.Cleaned(text),
            Counterparty = labels.GetValueOrDefault("NAAM") ?? name,
            CounterpartyIban = Iban.Of(labels.GetValueOrDefault("REK") ?? labels.GetValueOrDefault("IBAN"))
                ?? account,
            CounterpartyBic = labels.GetValueOrDefault("BIC"),
            EndToEnd = labels.GetValueOrDefault("KENMERK") is { } mark and not "NOTPROVIDED" ? mark : null,
            Mandate = labels.GetValueOrDefault("MACHTIGING"),
        };
    }

    // ASN, SNS: the first line repeats the account that the entry has as reference, then the name.
    static (string? Account, string? Name) AccountAndName(List<string> lines, Mt940Entry entry) =>
        entry.Reference is { } account && lines.Count > 0
            && lines[0].StartsWith(account + " ", StringComparison.Ordinal)
            ? (account, DetailLines.Cleaned(lines[0][account.Length..]))
            : (null, null);

    // ABN AMRO and Knab: "REK: NL65INGB0123456789/NAAM: PICQER", each value up to the next label.
    static Dictionary<string, string> Labels(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var starts = Label.Matches(text);
        for (var i = 0; i < starts.Count; i++)
        {
            var to = i + 1 < starts.Count ? starts[i + 1].Index : text.Length;
            var written = text[(starts[i].Index + starts[i].Length)..to].Trim('/', ' ');
            if (DetailLines.Cleaned(written) is { } value)
            {
                values.TryAdd(starts[i].Groups[1].Value, value);
            }
        }

        return values;
    }

    [GeneratedRegex(@"\b(REK|NAAM|IBAN|BIC|KENMERK|MACHTIGING|INCASSANT|OMSCHRIJVING|BETALINGSKENM\.): ?",
        RegexOptions.CultureInvariant)]
    static partial Regex Label { get; }
}
