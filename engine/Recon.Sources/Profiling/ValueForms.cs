// In which form all texts of a column are numbers, days or moments.
using System.Globalization;
using System.Text;
using Recon.Model;

namespace Recon.Sources.Profiling;

/// <summary>How numbers are written.</summary>
/// <param name="Grouping">Between thousands; null for none.</param>
public sealed record NumberForm(char Point, char? Grouping);

/// <remarks>One text in fifty may be wrong, as data is: it will be a reject.</remarks>
static class ValueForms
{
    const int TextsForOneWrong = 50;
    const int FewTexts = 20;

    static readonly NumberForm[] Numbers =
        [new('.', null), new(',', null), new('.', ','), new(',', '.'), new('.', '\''), new('.', ' '), new(',', ' ')];

    // Where several hold, the first: day before month, as in most of the world.
    static readonly string[] Dates =
        ["yyyy-MM-dd", "dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "dd-MM-yyyy", "yyyy/MM/dd", "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "dd.MM.yy", "yyyyMMdd"];

    static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm",
        "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm", "yyyyMMddHHmmss",
    ];

    /// <summary>The forms that the pack language reads without being told.</summary>
    public static readonly string[] IsoInstants = Instants[..2];

    /// <summary>Null where some text is no number in any one form.</summary>
    public static NumberForm? NumberForm(IReadOnlyCollection<string> texts) => NumberForms(texts).FirstOrDefault();

    public static IEnumerable<NumberForm> NumberForms(IReadOnlyCollection<string> texts) =>
        texts.Count == 0 ? [] : Numbers.Where(form => Hold(texts, text => IsNumber(text, form)));

    /// <summary>Null where some text is no day in any one form.</summary>
    public static string? DateFormat(IReadOnlyCollection<string> texts) =>
        texts.Count == 0 ? null : Array.Find(Dates, format => Hold(texts, text => Date(text, format) is not null));

    public static string? InstantFormat(IReadOnlyCollection<string> texts) => texts.Count == 0 ? null : Array.Find(
        Instants, format => Hold(texts, text => Instant(text, format) is not null));

    /// <summary>True where all texts are so, but for a few that are wrong.</summary>
    public static bool Hold(IReadOnlyCollection<string> texts, Func<string, bool> isRight)
    {
        var wrong = texts.Count < FewTexts ? 0 : Math.Max(1, texts.Count / TextsForOneWrong);
        return texts.All(text => isRight(text) || wrong-- > 0);
    }

    public static DateOnly? Date(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static DateTimeOffset? Instant(string text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    /// <summary>Null for a text that is none.</summary>
    public static ExactNumber? Number(string text, NumberForm form) =>
        ExactNumber.TryParse(Encoding.UTF8.GetBytes(text), out var number, (byte)form.Point, (byte)(form.Grouping ?? '\0')) ? number : null;

    static bool IsNumber(string text, NumberForm form) => text.AsSpan().TrimStart("+-").IndexOfAnyInRange('0', '9') == 0 && Number(text, form) is not null;
}
