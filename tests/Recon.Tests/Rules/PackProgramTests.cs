// Images of compiled rules: equal bytes each time, loaded without the compiler, let go of in the end.
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class PackProgramTests
{
    static RuleCase Pairs => new(CaseFiles.Read("tests/cases/rules/pairs.case"));

    [Fact]
    public void Equal_rules_give_equal_bytes() => Assert.Equal(Pairs.Compile().Image, Pairs.Compile().Image);

    [Fact]
    public void The_hash_is_known_before_compiling()
    {
        var example = Pairs;
        Assert.Equal(
            example.Compile().Hash, RuleCompiler.HashOf(example.Rules, example.Sources, example.Parameters));
    }

    [Fact]
    public void The_hash_follows_rules_fields_and_parameters_but_not_places()
    {
        var example = Pairs;
        var (rules, sources, parameters) = (example.Rules, example.Sources, example.Parameters);
        var hash = RuleCompiler.HashOf(rules, sources, parameters);
        var moved = Changed(rules, rule => rule with { Place = rule.Place with { Line = 99 } });
        var edited = Changed(rules, rule => rule with { Text = "!(" + rule.Text + ")" });
        Assert.Equal(hash, RuleCompiler.HashOf(moved, sources, parameters));
        Assert.NotEqual(hash, RuleCompiler.HashOf(edited, sources, parameters));
        Assert.NotEqual(hash, RuleCompiler.HashOf(rules, [.. sources.Reverse()], parameters));
        var other = parameters[0] with { Value = "0.03 EUR" };
        Assert.Equal(hash, RuleCompiler.HashOf(rules, sources, [other, .. parameters.Skip(1)]));
        var renamed = parameters[0] with { Name = "another" };
        Assert.NotEqual(hash, RuleCompiler.HashOf(rules, sources, [renamed, .. parameters.Skip(1)]));
    }

    [Fact]
    public void An_image_of_other_rules_is_not_loaded()
    {
        var image = Pairs.Compile().Image!;
        var failure = Assert.Throws<ReconException>(() => PackProgram.Load(new string('0', 64), image, []));
        Assert.Equal(FaultKind.Storage, failure.Kind);
    }

    [Fact]
    public void A_damaged_image_is_not_loaded()
    {
        var compiled = Pairs.Compile();
        var failure =
            Assert.Throws<ReconException>(() => PackProgram.Load(compiled.Hash, compiled.Image![..200], []));
        Assert.Equal(FaultKind.Storage, failure.Kind);
    }

    [Fact]
    public void A_pack_without_rules_compiles_to_a_program_without_rules()
    {
        var compiled = RuleCompiler.Compile([], Pairs.Sources, [], TestContext.Current.CancellationToken);
        using var program = PackProgram.Load(compiled, []);
        Assert.Throws<InvalidOperationException>(() => program.Pair(Pairs.Rules[0].Rule));
    }

    [Fact]
    public void A_cancelled_compilation_gives_nothing() =>
        Assert.Throws<OperationCanceledException>(() =>
            RuleCompiler.Compile(
                Pairs.Rules, Pairs.Sources, Pairs.Parameters, new CancellationToken(canceled: true)));

    [Fact]
    public void A_program_is_unloaded_after_its_last_use()
    {
        var context = LoadAskAndDispose();
        for (var i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
    }

    [Fact]
    public void Loading_an_image_does_not_load_the_compiler()
    {
        var compiled = Pairs.Compile();
        var fresh = new WatchedContext();
        var packs = fresh.LoadFromAssemblyPath(typeof(RuleCompiler).Assembly.Location);
        var load = packs.GetType(typeof(PackProgram).FullName!)!
            .GetMethods().Single(method => method.Name == nameof(PackProgram.Load) && method.GetParameters().Length == 3);
        var hashOf = packs.GetType(typeof(RuleCompiler).FullName!)!.GetMethod(nameof(RuleCompiler.HashOf))!;
        using (var program = (IDisposable)load.Invoke(null, [compiled.Hash, compiled.Image, NothingOf(load.GetParameters()[2])])!)
        {
            hashOf.Invoke(null, [.. hashOf.GetParameters().Select(NothingOf)]);
        }

        Assert.DoesNotContain(
            fresh.Asked, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        fresh.Unload();
    }

    static Array NothingOf(ParameterInfo list) => Array.CreateInstance(list.ParameterType.GetGenericArguments()[0], 0);

    static RuleToCompile[] Changed(IReadOnlyList<RuleToCompile> rules, Func<RuleRef, RuleRef> change) =>
        [rules[0] with { Rule = change(rules[0].Rule) }, .. rules.Skip(1)];

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference LoadAskAndDispose()
    {
        var example = new RuleCase(CaseFiles.Read("tests/cases/rules/records.case"));
        using var program = PackProgram.Load(example.Compile(), example.Parameters);
        var rule = example.Rules.First(rule => rule.Shape is RuleShape.OfRecord).Rule;
        var predicate = program.Record(rule);
        return new WeakReference(
            AssemblyLoadContext.GetLoadContext(predicate.Method.DeclaringType!.Assembly));
    }

    // Loads this project's assemblies anew and remembers every other that is asked for.
    sealed class WatchedContext() : AssemblyLoadContext(isCollectible: true)
    {
        public List<string> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName name)
        {
            Asked.Add(name.Name!);
            var model = typeof(RecordTable).Assembly;
            return name.Name == model.GetName().Name ? LoadFromAssemblyPath(model.Location) : null;
        }
    }
}
