// What a column of a file holds, as far as its texts tell.
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Sources.Profiling;

/// <summary>What the cells of a column are.</summary>
public enum ColumnMeaning
{
    Text,
    Number,
    Date,
    Instant,
    CurrencyCode,
}

/// <param name="Name">Its header, or <c>#n</c>.</param>
/// <param name="Position">From 1.</param>
/// <param name="Format">Of days and moments; null for others.</param>
/// <param name="Texts">The cells, white space around them taken away; null where a cell is empty.</param>
public sealed record ColumnProfile(string Name, int Position, ColumnMeaning Meaning, string? Format, IReadOnlyList<string?> Texts)
{
    HashSet<string>? _distinct;

    public IReadOnlySet<string> Distinct => _distinct ??= [.. Texts.OfType<string>()];

    public bool HasEmpty => Texts.Any(text => text is null);

    /// <summary>Every row has one, and no two rows the same, but for a few that were delivered twice.</summary>
    public bool IsUnique => !HasEmpty && Texts.Count - Distinct.Count <= (Texts.Count < 20 ? 0 : Math.Max(1, Texts.Count / 50));

    /// <summary>Whole numbers one after the other, as rows are counted: another file has them too, for other things.</summary>
    public bool CountsRows => Distinct.Count > 0 && IsWholeNumbers(Distinct)
        && Distinct.Max(text => text.Length) <= Texts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;

    /// <summary>True for a form of moments that the pack language reads without being told.</summary>
    public static bool IsIsoInstant(string format) => ValueForms.IsoInstants.Contains(format);

    /// <summary>The day of a cell of days or moments; null where it is none.</summary>
    public DateOnly? DayOf(string text) => Meaning == ColumnMeaning.Date ? ValueForms.Date(text, Format!)
        : ValueForms.Instant(text, Format!) is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime) : null;

    /// <summary>True where all its cells are numbers of this form.</summary>
    public bool Fits(NumberForm form) => Distinct.Count > 0 && ValueForms.Hold([.. Distinct], text => ValueForms.Number(text, form) is not null);

    /// <summary>True where no cell has other than no or two decimals, and some have two.</summary>
    public bool HasCents(NumberForm form)
    {
        var decimals = Distinct.Select(text => text.LastIndexOf(form.Point) is var point and >= 0 ? text.Length - point - 1 : 0).ToHashSet();
        return decimals.Contains(2) && decimals.IsSubsetOf([0, 2]);
    }

    /// <summary>Numbers, days and moments are told by all cells; numbers that name things (ids, codes, accounts) are texts.</summary>
    internal static ColumnProfile Of(string name, int position, TextColumn column)
    {
        var texts = new string?[column.Count];
        for (var row = 0; row < texts.Length; row++)
        {
            texts[row] = column.Text(row)?.Trim() is { Length: > 0 } text ? text : null;
        }

        var profile = new ColumnProfile(name, position, ColumnMeaning.Text, null, texts);
        var distinct = profile.Distinct;
        return ValueForms.InstantFormat([.. distinct]) is { } instant && instant.Length > "yyyyMMdd".Length && !IsWholeNumbers(distinct)
                ? profile with { Meaning = ColumnMeaning.Instant, Format = instant }
            : ValueForms.DateFormat([.. distinct]) is { } date && (!IsWholeNumbers(distinct) || NameHints.IsDate(name))
                ? profile with { Meaning = ColumnMeaning.Date, Format = date }
            : distinct.Count is > 0 and <= 40 && distinct.All(text => Currency.TryParse(text, out _) && IsoCurrencies.Codes.Contains(text))
                ? profile with { Meaning = ColumnMeaning.CurrencyCode }
            : ValueForms.NumberForm([.. distinct]) is not null && !NamesThings(profile)
                ? profile with { Meaning = ColumnMeaning.Number }
            : profile;
    }

    static bool IsWholeNumbers(IReadOnlySet<string> texts) => texts.All(text => text.All(char.IsAsciiDigit));

    static bool NamesThings(ColumnProfile column) =>
        column.Distinct.Any(text => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]))
        || (IsWholeNumbers(column.Distinct) && !NameHints.IsAmount(column.Name)
            && (column.IsUnique || NameHints.IsName(column.Name) || column.Distinct.Min(text => text.Length) > 9));
}
