// What the compiler may see of the platform: the metadata of the few assemblies that rules are made of.
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Recon.Model;

namespace Recon.Packs.Compiling;

/// <summary>References from memory: the assemblies are loaded anyway, so no file is opened.</summary>
static class PlatformReferences
{
    static readonly Lazy<IReadOnlyList<MetadataReference>> Loaded = new(() =>
    [
        Of(typeof(object).Assembly),
        Of(Assembly.Load("System.Runtime")),
        Of(Assembly.Load("System.Collections")),
        Of(typeof(Enumerable).Assembly),
        Of(typeof(RecordTable).Assembly),
    ]);

    public static IReadOnlyList<MetadataReference> All => Loaded.Value;

    static unsafe PortableExecutableReference Of(Assembly assembly)
    {
        Require.That(assembly.TryGetRawMetadata(out var blob, out var length));
        var module = ModuleMetadata.CreateFromMetadata((IntPtr)blob, length);
        return AssemblyMetadata.Create(module).GetReference(display: assembly.GetName().Name);
    }
}
