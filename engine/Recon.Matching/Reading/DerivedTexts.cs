// Makes columns of what a condition takes from a text, so that equality can say the rest.
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Reading;

static class DerivedTexts
{
    /// <summary>The first characters of each text (UTF-16 code units), the whole of a shorter one; NULL for an empty one.</summary>
    public static TextColumn Starts(TextColumn column, int characters) => Of(column, text =>
        text.Length == 0 ? null : text[..Math.Min(text.Length, characters)]);

    /// <summary>What the pattern finds first, its first group or the whole; NULL where that is nothing.</summary>
    public static TextColumn Extracts(TextColumn column, string pattern) =>
        Of(column, text => Fn.Extract(text, pattern));

    static TextColumn Of(TextColumn column, Func<string, string?> derive)
    {
        var builder = new TextColumnBuilder();
        for (var row = 0; row < column.Count; row++)
        {
            builder.Append(column.Text(row) is { } text ? derive(text) : null);
        }

        return builder.Build();
    }
}
