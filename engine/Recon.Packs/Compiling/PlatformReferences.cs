// What the compiler may see of the platform: stubs of the few members that rules are made of, and the platform itself to say what else there is.
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Recon.Model;

namespace Recon.Packs.Compiling;

/// <summary>References from memory, so that no file is opened.</summary>
static class PlatformReferences
{
    static readonly Lazy<IReadOnlyList<MetadataReference>> Stubs = new(() =>
    [
        Stub("System.Private.CoreLib"),
        Stub("System.Linq"),
        Stub("Recon.Model"),
    ]);

    static readonly Lazy<IReadOnlyList<MetadataReference>> Loaded = new(() =>
    [
        Of(typeof(object).Assembly),
        Of(Assembly.Load("System.Runtime")),
        Of(Assembly.Load("System.Collections")),
        Of(typeof(Enumerable).Assembly),
        Of(typeof(RecordTable).Assembly),
    ]);

    /// <summary>The members of the three lists and no others, under the names of their assemblies: rules are compiled against nothing else.</summary>
    public static IReadOnlyList<MetadataReference> Trimmed => Stubs.Value;

    /// <summary>The assemblies of this process: only to say of a refused rule what its author has named. Nothing is emitted against them.</summary>
    public static IReadOnlyList<MetadataReference> Whole => Loaded.Value;

    static PortableExecutableReference Stub(string assembly)
    {
        using var image = typeof(PlatformReferences).Assembly.GetManifestResourceStream($"{assembly}.dll")!;
        return MetadataReference.CreateFromStream(image);
    }

    static unsafe PortableExecutableReference Of(Assembly assembly)
    {
        Require.That(assembly.TryGetRawMetadata(out var blob, out var length));
        var module = ModuleMetadata.CreateFromMetadata((IntPtr)blob, length);
        return AssemblyMetadata.Create(module).GetReference(display: assembly.GetName().Name);
    }
}
