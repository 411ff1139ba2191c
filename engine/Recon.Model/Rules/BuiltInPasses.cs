// The passes that the engine adds by itself: no pack may declare one of their names.
namespace Recon.Model.Rules;

public static class BuiltInPasses
{
    /// <summary>What people matched, on the first leg on which they did; further legs add their number (<c>by-hand-2</c>).</summary>
    public const string ByHand = "by-hand";

    /// <summary>What comes back in the books of what we posted, in the first source where it does; further sources add their number.</summary>
    public const string OwnPostings = "own-postings";

    /// <param name="source">From 0: which of the sources in which postings come back.</param>
    public static string OwnPostingsOf(int source) => source == 0 ? OwnPostings : $"{OwnPostings}-{source + 1}";

    /// <param name="leg">From 0: which of the legs on which people matched.</param>
    public static string ByHandOn(int leg) => leg == 0 ? ByHand : $"{ByHand}-{leg + 1}";

    public static bool Has(string id) => IsOwnPostings(id) || IsByHand(id);

    public static bool IsOwnPostings(string id) => id == OwnPostings || id.StartsWith($"{OwnPostings}-", StringComparison.Ordinal);

    public static bool IsByHand(string id) => id == ByHand || id.StartsWith($"{ByHand}-", StringComparison.Ordinal);
}
