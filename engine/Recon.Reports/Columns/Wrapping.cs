// Texts over several lines: broken at blanks, never inside a word, an id or an amount.
using Spectre.Console;

namespace Recon.Reports.Columns;

static class Wrapping
{
    const int CurrencyLength = 3;

    /// <summary>Columns of a terminal that a text takes.</summary>
    public static int WidthOf(string text) => text.GetCellWidth();

    /// <summary>The width of the widest piece that stays whole.</summary>
    public static int LeastWidth(string text) => Pieces(text).Max(WidthOf);

    /// <summary>The width of the widest value of a list: <c>10.00 EUR, 20.00 USD</c>.</summary>
    public static int WidestOfList(string text) => text.Replace(", ", ",\n", StringComparison.Ordinal).Split('\n').Max(WidthOf);

    /// <summary>Lines of at most <paramref name="width"/> columns, but for a piece that is wider by itself; at least one line.</summary>
    public static List<string> Lines(string text, int width)
    {
        if (WidthOf(text) <= width)
        {
            return [text];
        }

        var lines = new List<string>();
        var line = "";
        foreach (var piece in Pieces(text))
        {
            if (line.Length == 0)
            {
                line = piece;
            }
            else if (WidthOf(line) + 1 + WidthOf(piece) <= width)
            {
                line = $"{line} {piece}";
            }
            else
            {
                lines.Add(line);
                line = piece;
            }
        }

        lines.Add(line);
        return lines;
    }

    // An amount and its currency are one piece: 10.00 EUR.
    static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (pieces.Count > 0 && IsCurrency(word) && pieces[^1].Length > 0 && char.IsAsciiDigit(pieces[^1][^1]))
            {
                pieces[^1] = $"{pieces[^1]} {word}";
            }
            else
            {
                pieces.Add(word);
            }
        }

        return pieces;
    }

    static bool IsCurrency(string word) =>
        word.Length >= CurrencyLength && word[..CurrencyLength].All(char.IsAsciiLetterUpper) && word[CurrencyLength..].All(char.IsPunctuation);
}
