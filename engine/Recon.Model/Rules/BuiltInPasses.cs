// The passes that the engine adds by itself: no pack may declare one of their names.
namespace Recon.Model.Rules;

public static class BuiltInPasses
{
    /// <summary>What people matched, on the first leg on which they did; further legs add their number (<c>by-hand-2</c>).</summary>
    public const string ByHand = "by-hand";

    /// <summary>What comes back in the books of what we posted: a later part of the engine gives it.</summary>
    public const string OwnPostings = "own-postings";

    /// <param name="leg">From 0: which of the legs on which people matched.</param>
    public static string ByHandOn(int leg) => leg == 0 ? ByHand : $"{ByHand}-{leg + 1}";

    public static bool Has(string id) => id == OwnPostings || IsByHand(id);

    public static bool IsByHand(string id) => id == ByHand || id.StartsWith($"{ByHand}-", StringComparison.Ordinal);
}
