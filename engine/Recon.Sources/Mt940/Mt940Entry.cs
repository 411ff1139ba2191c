// Reads an entry line, :61:.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model;

namespace Recon.Sources.Mt940;

/// <summary>What the entry line itself says.</summary>
/// <param name="Amount">Signed from our side.</param>
/// <param name="PaddedName">
/// Text behind a reference that is padded to its 16 places: the counterparty, as Rabobank writes it.
/// </param>
sealed partial record Mt940Entry(
    ExactNumber? Amount,
    DateOnly ValueDate,
    DateOnly? BookingDate,
    string Type,
    string? Reference,
    string? BankReference,
    bool IsReversal,
    string? FundsCode,
    string? PaddedName,
    string? Supplementary)
{
    const int ReferencePlaces = 16;

    /// <param name="defect">Why the entry cannot become a row; its amount may be readable all the same.</param>
    public static Mt940Entry? Of(Mt940Field field, out string? defect)
    {
        var (text, following) = Joined(field.Lines);
        var match = Pattern.Match(text);
        if (!match.Success || Mt940Amount.Of(match.Groups["amount"].Value) is not { } unsigned)
        {
            defect = "the entry :61: cannot be read; expected YYMMDD, [MMDD], C, D, RC or RD, "
                + "amount with comma, type, reference";
            return null;
        }

        var mark = match.Groups["mark"].Value;
        var amount = mark is "D" or "RC" ? -unsigned : unsigned;
        var (valueDate, bookingDate) = Dates(match, out defect);
        var (reference, bankReference, name) = References(match.Groups["rest"].Value);
        return new Mt940Entry(
            amount, valueDate, bookingDate, match.Groups["type"].Value.Trim(), reference, bankReference,
            IsReversal: mark[0] == 'R', Filled(match.Groups["funds"].Value), name,
            Filled(string.Join(' ', [.. Some(name), .. following])));
    }

    /// <summary>The row, in the order of <see cref="Mt940Columns"/>.</summary>
    public string?[] Cells(
        string currency, Mt940Details details, string account, string? number, string? sequence) =>
    [
        Amount?.ToString(),
        currency,
        ValueDate.ToString("O", CultureInfo.InvariantCulture),
        BookingDate?.ToString("O", CultureInfo.InvariantCulture),
        Filled(Type),
        details.Pointed(Reference),
        BankReference,
        details.Note,
        details.Code ?? Filled(Type.Length > 1 ? Type[1..] : ""),
        details.Counterparty,
        details.CounterpartyIban,
        details.CounterpartyBic,
        details.EndToEnd,
        details.Mandate,
        Filled(account),
        number,
        sequence,
        IsReversal ? "true" : "false",
        FundsCode,
        Filled(string.Join(' ', [.. Some(Supplementary), .. details.NonSwift])),
    ];

    // The amount may stand on a line of its own; what follows are supplementary details.
    static (string Text, IEnumerable<string> Following) Joined(List<string> lines)
    {
        var count = lines.Count > 1 && Broken.IsMatch(lines[0]) ? 2 : 1;
        return (string.Concat(lines.Take(count)),
            lines.Skip(count).Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    static (DateOnly Value, DateOnly? Booking) Dates(Match match, out string? defect)
    {
        defect = null;
        var (written, entry) = (match.Groups["value"].Value, match.Groups["entry"].Value.Trim());
        if (Mt940Date.Of(written) is not { } value)
        {
            defect = $"the value date {written} is no day (YYMMDD)";
            return default;
        }

        var booking = entry.Length > 0 ? Mt940Date.Nearest(entry, value) : null;
        if (entry.Length > 0 && booking is null)
        {
            defect = $"the entry date {entry} is no day (MMDD)";
        }

        return (value, booking);
    }

    static (string? Reference, string? BankReference, string? Name) References(string text)
    {
        var slashes = text.IndexOf("//", StringComparison.Ordinal);
        var (reference, bank) = slashes < 0 ? (text, "") : (text[..slashes], text[(slashes + 2)..]);
        var isPadded = reference.Length > ReferencePlaces && reference[ReferencePlaces - 1] == ' ';
        return isPadded
            ? (Known(reference[..ReferencePlaces]), Known(bank), Filled(reference[ReferencePlaces..]))
            : (Known(reference), Known(bank), null);
    }

    static string? Known(string reference) => Filled(reference) is { } text and not "NONREF" ? text : null;

    static string? Filled(string text) => text.Trim() is { Length: > 0 } filled ? filled : null;

    static IEnumerable<string> Some(string? text) => text is null ? [] : [text];

    // Field 61 of the SWIFT standard; also blanks for the entry date or before the amount, and no comma.
    [GeneratedRegex(
        @"^(?<value>\d{6})(?<entry>\d{4}|    )?(?<mark>R?[CD])(?<funds>[A-Z])?\s?(?<amount>[\d,]{1,30})"
        + @"((?<type>[A-Z][A-Z0-9 ]{3})(?<rest>.*)|\s*)$", RegexOptions.CultureInvariant)]
    static partial Regex Pattern { get; }

    [GeneratedRegex(@"^\d{6}(\d{4}|    )?R?[CD][A-Z]?\s*$", RegexOptions.CultureInvariant)]
    static partial Regex Broken { get; }
}
