// One kind of finding: its code, how grave it is, and its sentence.
using System.Globalization;
using Recon.Model;

namespace Recon.Packs.Diagnosing;

/// <param name="Template">The sentence, with <c>{0}</c>, <c>{1}</c> for what was found.</param>
sealed record Finding(string Code, Severity Severity, string Template)
{
    // A text of a pack may have thousands of characters; so many tell which it is, or list what is known.
    const int PartCharacters = 200;
    const int HintCharacters = 500;

    public Diagnostic At(Place place, string? hint, params string[] parts) => new(
        Code, Severity, place,
        string.Format(CultureInfo.InvariantCulture, Template, [.. parts.Select(part => Shortened(part, PartCharacters))]),
        hint is null ? null : Shortened(hint, HintCharacters))
    {
        Fix = OfferedEdits.Nearest(place, hint, parts.FirstOrDefault()),
    };

    static string Shortened(string text, int characters)
    {
        if (text.Length <= characters)
        {
            return text;
        }

        var kept = char.IsHighSurrogate(text[characters - 2]) ? characters - 2 : characters - 1;
        return $"{text[..kept]}…";
    }
}
