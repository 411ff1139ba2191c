// Reads :86: cut into numbered subfields: the German dialect (166?00…?20…?32…) and its Polish kin (>20…>32…).
using System.Text.RegularExpressions;

namespace Recon.Sources.Mt940;

/// <summary>
/// Format: Anlage 3 of the German DFÜ agreement (DK), chapter 8.2.3: GVC, ?00 text, ?10 number, ?20 to ?29 and ?60 to ?63
/// purpose, ?30 bank, ?31 account, ?32 and ?33 name. The purpose carries SEPA references as <c>EREF+</c>, <c>MREF+</c>.
/// </summary>
static partial class Subfields
{
    static readonly HashSet<string> References =
        ["EREF", "KREF", "MREF", "BREF", "RREF", "PREF", "CRED", "DEBT"];

    /// <summary>Null where the text is not structured so.</summary>
    public static Mt940Details? Of(List<List<string>> texts)
    {
        var text = DetailLines.Structured(texts.SelectMany(lines => lines)).Trim();
        var head = Head.Match(text);
        if (!head.Success)
        {
            return null;
        }

        var parts = Cut(text[head.Groups["code"].Length..], head.Groups["mark"].Value[0]);
        var purpose = Purpose(parts);
        var references = Keywords(purpose);
        return new Mt940Details
        {
            Note = DetailLines.Cleaned(string.Join(' ', purpose)),
            Code = head.Groups["code"].Value is { Length: 3 } code ? code : null,
            Counterparty = DetailLines.Cleaned(Joined(parts, 32, 33)),
            CounterpartyIban = Compact(parts, 31),
            CounterpartyBic = Compact(parts, 30),
            EndToEnd = references.GetValueOrDefault("EREF"),
            Mandate = references.GetValueOrDefault("MREF"),
            References = references,
        };
    }

    // ?60 goes on where ?29 ends; without a ?29 it is a text of its own.
    static string[] Purpose(List<(int Number, string Text)> parts)
    {
        var isFull = parts.Exists(part => part.Number == 29);
        return isFull
            ? [DetailLines.Subfields(Between(parts, 20, 29).Concat(Between(parts, 60, 63)))]
            : [Joined(parts, 20, 29), Joined(parts, 60, 63)];
    }

    static string Joined(List<(int Number, string Text)> parts, int first, int last) =>
        DetailLines.Subfields(Between(parts, first, last));

    static IEnumerable<string> Between(List<(int Number, string Text)> parts, int first, int last) =>
        parts.Where(part => part.Number >= first && part.Number <= last).Select(part => part.Text);

    static List<(int Number, string Text)> Cut(string text, char mark)
    {
        var parts = new List<(int, string)>();
        var starts = Number(mark).Matches(text);
        for (var i = 0; i < starts.Count; i++)
        {
            var from = starts[i].Index + 3;
            var to = i + 1 < starts.Count ? starts[i + 1].Index : text.Length;
            parts.Add((((text[from - 2] - '0') * 10) + text[from - 1] - '0', text[from..to]));
        }

        return parts;
    }

    static string? Compact(List<(int Number, string Text)> parts, int number)
    {
        var text = string.Concat(parts.Where(part => part.Number == number).Select(part => part.Text));
        return text.Replace(" ", "", StringComparison.Ordinal) is { Length: > 0 } compact ? compact : null;
    }

    // Keyword and plus, up to the next keyword or the end of a subfield that is not full.
    static Dictionary<string, string> Keywords(string[] purpose)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in purpose)
        {
            var starts = Keyword.Matches(text);
            for (var i = 0; i < starts.Count; i++)
            {
                var name = starts[i].Groups[1].Value;
                var to = i + 1 < starts.Count ? starts[i + 1].Index : text.Length;
                var value = text[(starts[i].Index + starts[i].Length)..to].Split('\n')[0].Trim();
                if (References.Contains(name) && value is not "" and not "NOTPROVIDED")
                {
                    found.TryAdd(name, value);
                }
            }
        }

        return found;
    }

    static Regex Number(char mark) => mark switch
    {
        '?' => QuestionNumber,
        '>' => GreaterNumber,
        '~' => TildeNumber,
        _ => CaretNumber,
    };

    [GeneratedRegex(@"^(?<code>\d{3})?(?<mark>[?>~^])[0236]\d", RegexOptions.CultureInvariant)]
    static partial Regex Head { get; }

    [GeneratedRegex(@"\?(0\d|1[01]|[2367]\d)", RegexOptions.CultureInvariant)]
    static partial Regex QuestionNumber { get; }

    [GeneratedRegex(@">(0\d|1[01]|[2367]\d)", RegexOptions.CultureInvariant)]
    static partial Regex GreaterNumber { get; }

    [GeneratedRegex(@"~(0\d|1[01]|[2367]\d)", RegexOptions.CultureInvariant)]
    static partial Regex TildeNumber { get; }

    [GeneratedRegex(@"\^(0\d|1[01]|[2367]\d)", RegexOptions.CultureInvariant)]
    static partial Regex CaretNumber { get; }

    [GeneratedRegex(
        @"(EREF|KREF|MREF|BREF|RREF|PREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RTRN|SQTP|ORCR|"
        + @"ORMR|DDAT|SVCL|TAN1)\+",
        RegexOptions.CultureInvariant)]
    static partial Regex Keyword { get; }
}
