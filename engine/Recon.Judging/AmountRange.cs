// Says which records carry amounts too large to be added exactly.
using Recon.Model;

namespace Recon.Judging;

static class AmountRange
{
    /// <summary>The fault of inputs whose sums leave ±10^37 units.</summary>
    public static ReconException Left(string records, OverflowException inner) => new(
        $"{records}: amounts too large to be added exactly (beyond ±10^37 units)",
        FaultKind.InputWrong,
        inner: inner);
}
