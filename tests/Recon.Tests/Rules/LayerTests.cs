// Each layer between the text of a rule and its code refuses what others let through; taken out, it is missed.
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Recon.Model.Rules;
using Recon.Packs.Compiling;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class LayerTests
{
    static readonly (char Letter, RuleLayers Layer)[] Refusing =
    [
        ('T', RuleLayers.Text), ('S', RuleLayers.Syntax), ('M', RuleLayers.Symbols), ('R', RuleLayers.References), ('I', RuleLayers.Image),
    ];

    // What takes a compiler without the first two layers its time, its memory or its stack, is left out.
    static IEnumerable<CorpusEntry> Attempts => PredicateCorpus.Attempts
        .Where(entry => entry.Expected == "rejected" && entry.Category is not ("compile" or "alloc"));

    static string Table => RepositoryRoot.Of("tests/cases/predicates/layers.txt");

    [Fact]
    public void Each_layer_refuses_alone_what_the_table_says()
    {
        var table = new StringBuilder();
        foreach (var entry in Attempts)
        {
            var alone = Refuses(entry, RuleLayers.None) ? "C...."
                : string.Concat(Refusing.Select(layer => Refuses(entry, layer.Layer) ? layer.Letter : '.'));
            table.Append(CultureInfo.InvariantCulture, $"{alone} {entry.Name}\n");
        }

        ExpectedText.Matches(Table, Head + table);
    }

    /// <summary>A layer, and those without which it is the last one: behind them, nobody would see that it is gone.</summary>
    public static TheoryData<string, string> Lost => new()
    {
        { nameof(RuleLayers.Text), nameof(RuleLayers.None) },
        { nameof(RuleLayers.Syntax), nameof(RuleLayers.None) },
        { nameof(RuleLayers.Symbols), nameof(RuleLayers.None) },
        { nameof(RuleLayers.References), nameof(RuleLayers.Symbols) },
        { nameof(RuleLayers.Image), $"{nameof(RuleLayers.Symbols)}, {nameof(RuleLayers.References)}" },
    };

    [Theory]
    [MemberData(nameof(Lost))]
    public void A_layer_that_is_lost_is_missed(string lost, string before)
    {
        var kept = RuleLayers.All & ~Enum.Parse<RuleLayers>(before);
        var program = File.ReadLines(Table).Where(line => line.StartsWith("C.", StringComparison.Ordinal)).Select(line => line[6..]).ToHashSet();
        var missed = Attempts.Where(entry => !program.Contains(entry.Name))
            .Where(entry => !Refuses(entry, kept & ~Enum.Parse<RuleLayers>(lost)) && Refuses(entry, kept)).Select(entry => entry.Name);
        Assert.NotEmpty(missed);
    }

    [Fact]
    public void A_budget_that_is_lost_is_missed()
    {
        var text = string.Join(" + ", Enumerable.Repeat("a.reference + b.reference", 5));
        var dear = new CorpusEntry("dear", "alloc", $"Rs.Any(a => Rs.Any(b => ({text}).Length < 0))", "bounded");
        Assert.IsType<RuleBudgetException>(Failure(dear, RuleLayers.All)?.InnerException);
        Assert.Null(Failure(dear, RuleLayers.All & ~RuleLayers.Budget));
    }

    [Fact]
    public void Rules_are_compiled_against_the_trimmed_references()
    {
        using var image = new PEReader(new MemoryStream(PredicateCorpus.Compile("L.Amount > 0m").Image!));
        var reader = image.GetMetadataReader();
        Assert.All(reader.AssemblyReferences, each => Assert.Equal(new Version(0, 0, 0, 0), reader.GetAssemblyReference(each).Version));
    }

    const string Head = """
        # By which layer an attempt to escape is refused where no other is in force: T its text, S its syntax, M what its names mean,
        # R what exists for the compiler, I what the emitted code refers to. C: it is no C# where rules stand. All are in force for every rule.

        """;

    static bool Refuses(CorpusEntry entry, RuleLayers layers)
    {
        try
        {
            var text = PredicateCorpus.Translate(entry.Code);
            return PredicateCorpus.CompileText(text, PredicateCorpus.IsOfGroup(entry.Code), layers).Image is null;
        }
        catch (InvalidOperationException bug) when (bug.Message.StartsWith("bug: ", StringComparison.Ordinal))
        {
            return true;
        }
    }

    static Exception? Failure(CorpusEntry entry, RuleLayers layers) =>
        PredicateCorpus.Failure(entry, PredicateCorpus.CompileText(PredicateCorpus.Translate(entry.Code), PredicateCorpus.IsOfGroup(entry.Code), layers));
}
