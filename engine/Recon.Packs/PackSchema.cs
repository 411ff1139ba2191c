// JSON schemas of the files that people write, for their editors.
using Recon.Packs.Vocabulary;

namespace Recon.Packs;

/// <summary>Draft 2020-12, made from the table of keys that the binders read. Equal in every process.</summary>
public static class PackSchema
{
    /// <summary>Of <c>pack.yaml</c>.</summary>
    public static string OfPack() => JsonSchema.Of(PackShapes.Pack, "A Recon pack");

    /// <summary>Of <c>pack.test.yaml</c>.</summary>
    public static string OfTests() => JsonSchema.Of(PackShapes.TestFile, "The tests of a Recon pack");

    /// <summary>Of <c>recon.yaml</c>.</summary>
    public static string OfWorkspace() => JsonSchema.Of(WorkspaceShapes.Workspace, "A Recon workspace");
}
