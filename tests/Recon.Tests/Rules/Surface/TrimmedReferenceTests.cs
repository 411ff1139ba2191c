// The trimmed references are what the lists say, of the platform as it is today.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Recon.Packs.Compiling;
using Xunit;

namespace Recon.Tests.Rules.Surface;

public sealed class TrimmedReferenceTests
{
    static readonly CSharpCompilation Platform = CSharpCompilation.Create("platform", references: PlatformReferences.Whole);

    public static TheoryData<string> Assemblies => ["System.Private.CoreLib", "System.Linq", "Recon.Model"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_trimmed_reference_is_what_the_lists_say_of_the_platform(string assembly)
    {
        var found = Platform.SourceModule.ReferencedAssemblySymbols.Single(symbol => symbol.Name == assembly);
        var written = new TrimmedAssembly(Listed()).Write(found);
        ExpectedText.Matches(RepositoryRoot.Of($"engine/Recon.Packs/Compiling/References/{assembly}.cs"), written);
    }

    static HashSet<ISymbol> Listed()
    {
        var symbols = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var id in AllowedSurface.Lists.SelectMany(AllowedSurface.Read))
        {
            var symbol = id[0] == 'T' ? TypeOf(id[2..]) : MemberOf(id);
            Assert.True(symbol is not null, $"{id} names nothing");
            symbols.Add(symbol);
            symbols.UnionWith(Homes(symbol));
        }

        return symbols;
    }

    static ISymbol? TypeOf(string name) => DocumentationCommentId.GetFirstSymbolForDeclarationId($"T:{name}", Platform);

    static ISymbol? MemberOf(string id)
    {
        var head = id[2..].Split('(')[0];
        var type = TypeOf(head[..head.LastIndexOf('.')]) as INamedTypeSymbol;
        return type?.GetMembers().SingleOrDefault(member => member.GetDocumentationCommentId() == id);
    }

    static IEnumerable<ISymbol> Homes(ISymbol symbol)
    {
        for (var type = symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }
}
