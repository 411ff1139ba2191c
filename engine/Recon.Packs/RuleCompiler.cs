// The front door of the C# in packs: checked fragments in, one assembly image out.
using Recon.Model;

namespace Recon.Packs;

/// <summary>The rules of a pack as one assembly image, or what is wrong with them.</summary>
/// <param name="Hash">Names the image in a cache: SHA-256 in hex over compiler version, rules and the fields they may read.</param>
/// <param name="Image">Null where <paramref name="Diagnostics"/> has an error.</param>
public sealed record CompiledImage(string Hash, byte[]? Image, IReadOnlyList<Diagnostic> Diagnostics);
