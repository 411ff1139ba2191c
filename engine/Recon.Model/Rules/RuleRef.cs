// Names a piece of C# in a pack.
namespace Recon.Model.Rules;

/// <summary>A piece of C# in a pack, by its path (<c>passes.capture-near.when</c>), with its text and its place.</summary>
public sealed record RuleRef(string Path, string Text, Place Place);

/// <summary>A rule threw, or met its budget, while it ran: exit 8, nothing is posted.</summary>
public sealed class RuleFailedException(RuleRef rule, string record, Exception inner)
    : ReconException($"{rule.Place.File}:{rule.Place.Line}:{rule.Place.Column}: {rule.Path} failed on {record}: {inner.Message}", FaultKind.RuleFailed, inner: inner)
{
    public RuleRef Rule { get; } = rule;

    /// <summary>The record or records it was asked about, as <c>source:id</c>.</summary>
    public string Record { get; } = record;
}
