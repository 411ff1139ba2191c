// What the name of an input file says: the source, and the date of which it is.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Recon.Cli.Proposing;

static partial class InputFileName
{
    /// <summary>The name under which a file is copied: a path of a pack has no braces and no stars, and a mere date gets the name of its folder.</summary>
    public static string Of(string file)
    {
        var name = string.Concat(Path.GetFileName(file).Select(letter => letter is '{' or '}' or '*' or '?' ? '-' : letter));
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "");
        return Path.GetFileNameWithoutExtension(name).Any(char.IsAsciiLetter) || !folder.Any(char.IsAsciiLetter) ? name : $"{folder}-{name}";
    }

    /// <summary>Of <c>Ledger-2026-02-27.csv</c>: ledger.</summary>
    public static string SourceIn(string file)
    {
        var name = string.Concat(Path.GetFileNameWithoutExtension(file).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        name = Dates().Replace(name, "").Trim('_');
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : $"file_{name}".TrimEnd('_');
    }

    public static DateOnly? DateIn(string file) => Day().Match(file) is { Success: true } found
        && DateOnly.TryParseExact(found.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The path by which the pack finds the file: with the business date in the place of the one in its name.</summary>
    /// <param name="dated">The file whose name says the business date, if it does.</param>
    public static string PatternOf(string file, string dated) => DateIn(dated) is { } day && DateIn(file) == day
        ? file.Replace(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "{business_date}", StringComparison.Ordinal) : file;

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex Day();

    [GeneratedRegex("_?[0-9]{4}_?[0-9]{2}_?[0-9]{2}|_[0-9]+$")]
    private static partial Regex Dates();
}
