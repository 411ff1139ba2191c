// Values written in a pack: strict spellings, read as text, never as YAML numbers.
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

static class Literals
{
    /// <summary><c>-?digits(.digits)</c>: no plus, no exponent, no grouping, at most 28 decimals.</summary>
    public static bool TryNumber(string text, out ExactNumber number)
    {
        number = default;
        return text.Length > 0 && text[0] != '+' && ExactNumber.TryParse(text, out number);
    }

    /// <summary><c>10.02 EUR</c>.</summary>
    public static bool TryMoney(string text, out Money money)
    {
        money = default;
        var parts = text.Split(' ');
        if (parts.Length != 2 || !TryNumber(parts[0], out var number)
            || !Currency.TryParse(parts[1], out var currency))
        {
            return false;
        }

        money = new Money(number, currency);
        return true;
    }

    /// <summary>What stands behind the amount of a tolerance that holds in every currency.</summary>
    public const string AnyCurrency = "any currency";

    /// <summary><c>0.05 any currency</c>.</summary>
    public static bool TryAmountOfAnyCurrency(string text, out ExactNumber number)
    {
        number = default;
        return text.EndsWith($" {AnyCurrency}", StringComparison.Ordinal)
            && TryNumber(text[..^(AnyCurrency.Length + 1)], out number);
    }

    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>A moment with its offset: <c>2026-03-02T06:30:00Z</c>.</summary>
    public static bool TryMoment(string text, out DateTimeOffset moment)
    {
        string[] patterns =
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        moment = default;
        return (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10)
            && DateTimeOffset.TryParseExact(
                text, patterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    public static string Name(FieldKind kind) => kind switch
    {
        FieldKind.Money => "money",
        FieldKind.Number => "a number",
        FieldKind.Date => "a date",
        FieldKind.Instant => "an instant",
        _ => "text",
    };

    /// <summary>A literal of a kind in its canonical spelling; null, reported, where it is none.</summary>
    public static string? Canonical(ScalarNode node, FieldKind kind, Report report)
    {
        if (node.IsNull)
        {
            report.Add(Findings.NoValue, node.Place, "write a value", node.Text);
            return null;
        }

        var text = CanonicalText(node.Text, kind);
        if (text is null)
        {
            Refuse(node, node.Text, kind, report);
        }

        return text;
    }

    /// <summary>As <see cref="Canonical"/>, for text without a place.</summary>
    public static string? CanonicalText(string text, FieldKind kind) => kind switch
    {
        FieldKind.Text => text,
        FieldKind.Money => TryMoney(text, out var money) ? money.ToString() : null,
        FieldKind.Number => TryNumber(text, out var number) ? number.ToString() : null,
        FieldKind.Date => TryDate(text, out _) ? text : null,
        _ => null,
    };

    /// <summary>Says why a text is no literal of a kind.</summary>
    public static void Refuse(ScalarNode node, string text, FieldKind kind, Report report)
    {
        switch (kind)
        {
            case FieldKind.Money when TryNumber(text, out _):
                report.Add(
                    Findings.NoCurrency, node.Place, $"write it with its currency: {text} EUR",
                    $"'{text}' is a bare number");
                break;
            case FieldKind.Money:
                report.Add(
                    Findings.BadMoney, node.Place, "an amount, one blank, a currency code: 10.02 EUR", text);
                break;
            case FieldKind.Date:
                report.Add(Findings.BadDate, node.Place, "2026-02-27", text, "a date (year-month-day)");
                break;
            default:
                report.Add(
                    Findings.BadNumber, node.Place, "digits, a point, digits: -12.50", text, "a number");
                break;
        }
    }
}
