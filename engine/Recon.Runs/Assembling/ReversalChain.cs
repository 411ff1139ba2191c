// A posting, its reversal, the reversal of that, and so on: what of it is in the outbox.
using Recon.Judging.Correcting;

namespace Recon.Runs.Assembling;

/// <param name="Tip">Key of the last one of them that is in the outbox.</param>
/// <param name="Depth">0 where that is the posting itself, 1 where it is its reversal, and so on.</param>
readonly record struct ReversalChain(string Tip, int Depth)
{
    /// <summary>The books have what the posting does: it was reversed as often as it was posted again.</summary>
    public bool IsPosted => Depth % 2 == 0;

    /// <param name="key">Of a posting that is in the outbox.</param>
    /// <param name="isQueued">True for a key that is in the outbox.</param>
    public static ReversalChain Of(string key, Func<string, bool> isQueued)
    {
        var chain = new ReversalChain(key, 0);
        for (var next = PostingKey.OfReversal(key); isQueued(next); next = PostingKey.OfReversal(next))
        {
            chain = new ReversalChain(next, chain.Depth + 1);
        }

        return chain;
    }
}
