// The beginning of an id, as people type it.
using Recon.Model;

namespace Recon.Runs.Identity;

/// <summary>Ids are hex in lower case; people type the first digits, in either case.</summary>
public static class HexPrefix
{
    const int Shortest = 4;
    const int Longest = 64;
    const int Named = 5;

    /// <summary>The ids that begin so, as a range; null where no id can.</summary>
    public static (string From, string ToExclusive)? Range(string prefix)
    {
        var lower = prefix.ToLowerInvariant();
        return lower.Length is >= Shortest and <= Longest && lower.All(char.IsAsciiHexDigitLower)
            ? (lower, lower + "g")
            : null;
    }

    /// <summary>True where the id begins so.</summary>
    public static bool Begins(string id, string prefix) =>
        Range(prefix) is { } range && id.StartsWith(range.From, StringComparison.Ordinal);

    /// <summary>What is said behind "no such thing" where no id can begin so; else empty.</summary>
    public static string Hint(string prefix) => Range(prefix) is null ? $"; give {Shortest} to {Longest} digits of its id, 0-9 and a-f" : "";

    /// <exception cref="ReconException"><see cref="FaultKind.NotFound"/>: several begin so.</exception>
    public static T? Only<T>(string prefix, string things, IReadOnlyList<T> found, Func<T, string> id)
        where T : class => found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new ReconException(
                $"'{prefix}' begins several {things}: {string.Join(", ", found.Take(Named).Select(id))}"
                + (found.Count > Named ? ", …" : ""),
                FaultKind.NotFound),
        };
}
