// Turns a pack's path pattern into the segments of one business date.
using System.Globalization;
using System.Text;
using Recon.Model;

namespace Recon.Sources.Files;

/// <summary>
/// A path below the inputs: segments of letters, digits, <c>._-</c> and blanks, <c>*</c> within a segment, and the
/// tokens <c>{business_date[:format]}</c> and <c>{pack}</c>. Never absolute, never upward.
/// </summary>
static class PathPattern
{
    const int MaxLength = 500;
    const string Tokens = "{business_date}, {business_date:yyyyMMdd} or {pack}";

    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: the pattern is no such path.</exception>
    public static string[] Expand(string pattern, string packId, DateOnly businessDate)
    {
        if (pattern.Length is 0 or > MaxLength)
        {
            throw Wrong(pattern, $"expected 1 to {MaxLength} characters");
        }

        var segments = WithTokens(pattern, packId, businessDate).Split('/');
        foreach (var segment in segments)
        {
            if (Fault(segment) is { } fault)
            {
                throw Wrong(pattern, fault);
            }
        }

        return segments;
    }

    /// <summary>True where <paramref name="name"/> fits; a star fits any characters, but no dot at the beginning.</summary>
    public static bool Fits(string segment, string name)
    {
        if (segment[0] == '*' && name.StartsWith('.'))
        {
            return false;
        }

        var parts = segment.Split('*');
        if (parts.Length == 1)
        {
            return segment == name;
        }

        var last = parts[^1];
        if (name.Length < parts[0].Length + last.Length
            || !name.StartsWith(parts[0], StringComparison.Ordinal)
            || !name.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var middle = name[parts[0].Length..^last.Length];
        foreach (var part in parts[1..^1])
        {
            var at = middle.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            middle = middle[(at + part.Length)..];
        }

        return true;
    }

    static string WithTokens(string pattern, string packId, DateOnly businessDate)
    {
        var path = new StringBuilder(pattern.Length);
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] != '{')
            {
                path.Append(pattern[at]);
                continue;
            }

            var end = pattern.IndexOf('}', at);
            var token = end < 0 ? pattern[at..] : pattern[(at + 1)..end];
            path.Append(Value(pattern, token, packId, businessDate));
            at = end;
        }

        return path.ToString();
    }

    static string Value(string pattern, string token, string packId, DateOnly businessDate)
    {
        const string Date = "business_date";
        var value = token switch
        {
            "pack" => packId,
            Date => businessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ when token.StartsWith(Date + ":", StringComparison.Ordinal) =>
                Formatted(token[(Date.Length + 1)..], businessDate),
            _ => null,
        };
        return value is not null && value.Length > 0 && value.All(IsPlain)
            ? value
            : throw Wrong(pattern, $"'{token}' is no token; expected {Tokens}");
    }

    static string? Formatted(string format, DateOnly date)
    {
        try
        {
            return date.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static string? Fault(string segment) => segment switch
    {
        "" => "it has an empty segment (a path is relative to the inputs, with single slashes)",
        "." or ".." => $"it has the segment '{segment}', which leaves the tree of the inputs",
        _ when segment.Any(c => c != '*' && !IsPlain(c)) =>
            $"'{Printable.Of(segment)}' has characters other than A-Z a-z 0-9 . _ - blank and *",
        _ => null,
    };

    static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ' ';

    static ReconException Wrong(string pattern, string what) =>
        new($"the path '{Printable.Of(pattern)}' cannot be used: {what}", FaultKind.InputWrong);
}
