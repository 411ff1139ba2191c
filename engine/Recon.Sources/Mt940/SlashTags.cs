// Reads :86: made of /CODE/value pairs, as Dutch banks (ABN AMRO, ING, Rabobank) and SWIFT itself write it.
using System.Text.RegularExpressions;

namespace Recon.Sources.Mt940;

static partial class SlashTags
{
    /// <summary>Null where the text is not structured so.</summary>
    public static Mt940Details? Of(List<List<string>> texts)
    {
        var text = string.Join(' ', texts.Select(DetailLines.Coded)).Trim();
        var starts = Tag.Matches(text);
        if (starts.Count == 0 || !text.StartsWith('/'))
        {
            return null;
        }

        var values = Values(text, starts);
        var counterparty = values.GetValueOrDefault("CNTP")?.Split('/') ?? [];
        return new Mt940Details
        {
            Note = DetailLines.Cleaned(text),
            Counterparty = Part(counterparty, 2) ?? First(values, "NAME", "ORDP", "BENM"),
            CounterpartyIban = Part(counterparty, 0) ?? First(values, "IBAN", "ACNO"),
            CounterpartyBic = Part(counterparty, 1) ?? First(values, "BIC"),
            EndToEnd = First(values, "EREF"),
            Mandate = First(values, "MARF", "MREF"),
            References = values,
        };
    }

    static Dictionary<string, string> Values(string text, MatchCollection starts)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < starts.Count; i++)
        {
            var to = i + 1 < starts.Count ? starts[i + 1].Index : text.Length;
            var value = DetailLines.Cleaned(text[(starts[i].Index + starts[i].Length)..to])?.Trim('/', ' ');
            if (value is { Length: > 0 } and not "NOTPROVIDED")
            {
                values.TryAdd(starts[i].Groups[1].Value, value);
            }
        }

        return values;
    }

    static string? First(Dictionary<string, string> values, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (values.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }

    static string? Part(string[] parts, int index) =>
        index < parts.Length && parts[index].Trim() is { Length: > 0 } part ? part : null;

    [GeneratedRegex(
        "/(TRTP|IBAN|BIC|NAME|REMI|EREF|PREF|KREF|MARF|MREF|CSID|ORDP|BENM|CNTP|ULTD|ULTB|ULTC|RTRN|RTYP|"
        + "PURP|OCMT|CHGS|EXCH|SVCL|TRCD|ISDT|ADDR|ACNO|BAI|RREF|CRED)/",
        RegexOptions.CultureInvariant)]
    static partial Regex Tag { get; }
}
