// A pack with one small error in it: the tests beside the rules should notice.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Mutating;

/// <param name="Place">Of the rule in the pack as its author wrote it.</param>
/// <param name="What">The error in words: <c>pass capture-near: ledger.amount ~ provider.gross up to 0.04 EUR instead of 0.02 EUR</c>.</param>
public sealed record Mutant(Place Place, string What, Pack Pack, ICompiledRules Rules);
