// A difference with what it weighs, before people see it.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <param name="Weight">right − left by currency, without zeros; what is NULL counts as nothing. Empty for texts.</param>
sealed record Disagreement(Comparison Comparison, Difference Difference, IReadOnlyList<Money> Weight);
