// What a leg asks of a pass, whichever kind it is.
using Recon.Matching.Blocks;

namespace Recon.Matching.Choosing;

/// <summary>Looks among open rows for what a pass takes.</summary>
abstract class PassFinder
{
    /// <summary>Matches, ambiguous rows and counts among the open rows.</summary>
    /// <exception cref="Model.Rules.RuleFailedException">
    /// The pass's condition threw; of several failures that of the smallest pair.
    /// </exception>
    public abstract PassFindings Find(OpenRows open, Action<double>? progress);

    /// <summary>Every component of the candidates among the open rows, decided or not.</summary>
    public abstract PassFindings List(OpenRows open);
}
