// The front door of the C# in packs: checked fragments in, one assembly image out.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Compiling;

namespace Recon.Packs;

/// <summary>The rules of a pack as one assembly image, or what is wrong with them.</summary>
/// <param name="Hash">Names the image in a cache: SHA-256 in hex over compiler version, rules and the fields
/// they may read.</param>
/// <param name="Image">Null where <paramref name="Diagnostics"/> has an error.</param>
/// <param name="Diagnostics">Sorted by (file, line, column, code), at most 100. A rule is right or it is not:
/// all are errors.</param>
public sealed record CompiledImage(string Hash, byte[]? Image, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>
/// Compiles the C# of a pack. Pure: the same rules, sources and parameters give the same bytes, whatever amounts, numbers and
/// dates the parameters have.
/// </summary>
public static class RuleCompiler
{
    /// <summary>The hash that names the image of these rules, without compiling them and without loading the compiler.</summary>
    public static string HashOf(
        IReadOnlyList<RuleToCompile> rules,
        IReadOnlyList<SourceSpec> sources,
        IReadOnlyList<Parameter> parameters) =>
        RuleHash.Of(rules, sources, parameters);

    /// <summary>True for an image that does nothing but what rules may do, whoever made it.</summary>
    public static bool Accepts(byte[] image) => EmittedImage.WrongIn(image) is null;

    /// <summary>
    /// Checks every rule (text, syntax, then each bound member against <c>Compiling/allowed-members.txt</c>) and compiles
    /// all of them in one compilation. Nothing is emitted where anything is refused.
    /// </summary>
    /// <param name="sources">All sources of the pack.</param>
    /// <param name="parameters">Texts in force become constants of the image; other values are given when it is loaded.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CompiledImage Compile(
        IReadOnlyList<RuleToCompile> rules,
        IReadOnlyList<SourceSpec> sources,
        IReadOnlyList<Parameter> parameters,
        CancellationToken cancellation = default) =>
        CompileThrough(RuleLayers.All, rules, sources, parameters, cancellation);

    internal static CompiledImage CompileThrough(
        RuleLayers layers,
        IReadOnlyList<RuleToCompile> rules,
        IReadOnlyList<SourceSpec> sources,
        IReadOnlyList<Parameter> parameters,
        CancellationToken cancellation) =>
        RuleCompilation.Run(rules, sources, parameters, HashOf(rules, sources, parameters), layers, cancellation);
}
