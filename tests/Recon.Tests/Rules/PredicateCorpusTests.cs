// The corpus: attempts to escape from a rule are refused, ordinary rules are not.
using System.Diagnostics;
using Recon.Model.Rules;
using Recon.Packs.Compiling;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class PredicateCorpusTests
{
    public static TheoryData<string> Rejected =>
        [.. PredicateCorpus.Attempts.Where(entry => entry.Expected == "rejected").Select(entry => entry.Name)];

    public static TheoryData<string> Bounded =>
        [.. PredicateCorpus.Attempts.Where(entry => entry.Expected == "bounded").Select(entry => entry.Name)];

    public static TheoryData<string> Benign =>
        [.. PredicateCorpus.Ordinary.Select(entry => entry.Name).Where(name => name != "ok-5")];

    [Theory]
    [MemberData(nameof(Rejected))]
    public void An_attempt_to_escape_is_refused_before_anything_is_emitted(string name)
    {
        var compiled = PredicateCorpus.Compile(PredicateCorpus.Attempts.Single(entry => entry.Name == name).Code);
        Assert.NotEmpty(compiled.Diagnostics);
        Assert.Null(compiled.Image);
    }

    // Digits of a text without any are missing here, and the corpus compares two of them with ==.
    [Fact]
    public void Digits_on_both_sides_are_compared_with_Same()
    {
        var code = PredicateCorpus.Ordinary.Single(entry => entry.Name == "ok-5").Code;
        Assert.Equal("RC3040", Assert.Single(PredicateCorpus.Compile(code).Diagnostics).Code);
        Assert.NotNull(PredicateCorpus.Compile(code.Replace(
            "Fn.Digits(L.Reference) == Fn.Digits(R.Reference)",
            "Fn.Same(Fn.Digits(L.Reference), Fn.Digits(R.Reference), nulls: false)")).Image);
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void A_dear_rule_does_not_hang_the_compiler(string name)
    {
        var clock = Stopwatch.StartNew();
        PredicateCorpus.Compile(PredicateCorpus.Attempts.Single(entry => entry.Name == name).Code);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(3));
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void A_dear_rule_that_is_accepted_ends_within_its_budget(string name)
    {
        var entry = PredicateCorpus.Attempts.Single(entry => entry.Name == name);
        var compiled = PredicateCorpus.Compile(entry.Code);
        if (compiled.Image is null)
        {
            return;
        }

        var clock = Stopwatch.StartNew();
        var failed = PredicateCorpus.Failure(entry, compiled);
        Assert.True(failed is null or RuleFailedException, $"{failed}");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(3));
    }

    // A part of a rule may well be constant.
    [Fact]
    public void An_attempt_in_another_dress_is_refused_as_well()
    {
        var dresses = PredicateCorpus.Attempts.Where(entry => entry.Expected == "rejected" && entry.Name != "always-true")
            .SelectMany(entry => AttemptVariants.Of(PredicateCorpus.Translate(entry.Code)).Select(dress => (entry.Name, entry.Code, Dress: dress))).ToList();
        Assert.InRange(dresses.Count, 2_500, int.MaxValue);
        var accepted = dresses.Where(each =>
            PredicateCorpus.CompileText(each.Dress, PredicateCorpus.IsOfGroup(each.Code), RuleLayers.All) is not { Image: null, Diagnostics.Count: > 0 });
        Assert.Empty(accepted.Select(each => $"{each.Name}: {each.Dress}"));
    }

    [Theory]
    [MemberData(nameof(Benign))]
    public void An_ordinary_rule_is_accepted(string name)
    {
        var code = PredicateCorpus.Ordinary.Single(entry => entry.Name == name).Code;
        var compiled = PredicateCorpus.Compile(code);
        var said = string.Concat(compiled.Diagnostics.Select(RuleCase.Render));
        Assert.True(compiled.Image is not null, $"{PredicateCorpus.Translate(code)}\n{said}");
    }
}
