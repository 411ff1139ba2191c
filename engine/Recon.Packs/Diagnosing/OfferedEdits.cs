// What would mend a finding, where there is one way to.
using Recon.Model;

namespace Recon.Packs.Diagnosing;

static class OfferedEdits
{
    const int Step = 2;

    /// <summary>The nearest name in the place of the unknown one; null where the hint names none, or the unknown one does not stand there once.</summary>
    /// <param name="unknown">Null where the place ends with it.</param>
    public static Edit? Nearest(Place place, string? hint, string? unknown)
    {
        var text = place.LineText.AsSpan(place.Column - 1, place.EndColumn - place.Column);
        unknown ??= LastName(text);
        if (NearestName.Meant(hint) is not { } meant || unknown.Length == 0 || text.IndexOf(unknown) is not (>= 0 and var at)
            || at != text.LastIndexOf(unknown) || IsWord(text, at - 1) || IsWord(text, at + unknown.Length))
        {
            return null;
        }

        var column = place.Column + at;
        return new Edit(place with { Column = column, EndColumn = column + unknown.Length }, meant);
    }

    /// <summary>The code as a block below its key; null where the key shares its line with another, or the code has lines of its own.</summary>
    /// <param name="value">From the value to the end of its line.</param>
    public static Edit? Block(Place? key, Place value, string? code)
    {
        if (key is null || key.Line != value.Line || code is null || code.Contains('\n', StringComparison.Ordinal)
            || key.LineText.AsSpan(0, key.Column - 1).Trim(' ') is not ("" or "-"))
        {
            return null;
        }

        var begin = value with { Column = key.EndColumn, EndColumn = value.LineText.Length + 1 };
        return new Edit(begin, $": |\n{new string(' ', key.Column - 1 + Step)}{code.Trim()}");
    }

    static string LastName(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (IsWord(text, start - 1))
        {
            start--;
        }

        return text[start..].ToString();
    }

    static bool IsWord(ReadOnlySpan<char> text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-');
}
