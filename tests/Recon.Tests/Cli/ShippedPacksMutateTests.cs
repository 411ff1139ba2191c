// The tests of the packs that we ship notice small errors, as they did when that was measured.
using Recon.Cli.Commands;
using Recon.Cli.Workspaces;
using Recon.Runs.Mutating;
using Recon.Runs.Testing;
using Xunit;

namespace Recon.Tests.Cli;

/// <summary>
/// A few errors of each pack are drawn anew each time; each is noticed, or stands in <c>cases/cli/unnoticed.txt</c> with its pack. There may
/// be one such error among ten. Errors within C# conditions cost a compilation each and are left to <c>recon mutate</c>.
/// </summary>
public sealed class ShippedPacksMutateTests(ITestOutputHelper output)
{
    const int Sample = 12;

    public static TheoryData<string> Packs => [.. Directory.GetDirectories(RepositoryRoot.Of("rules"))
        .Where(folder => File.Exists(Path.Combine(folder, "pack.yaml"))).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Packs))]
    public void An_error_drawn_by_chance_is_noticed(string name)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var workspace = OpenedWorkspace.Open(RepositoryRoot.Of("rules", name));
        var options = CommonOptions.PackOptionsOf(environment: null, [], workspace.Calendars.Keys);
        using var loaded = LoadedPack.From(RepositoryRoot.Of("rules", name), options, TestContext.Current.CancellationToken);
        var known = File.ReadLines(RepositoryRoot.Of("tests", "cases", "cli", "unnoticed.txt"))
            .Where(line => line.StartsWith(name + ": ", StringComparison.Ordinal)).Select(line => line[(name.Length + 2)..]).ToHashSet();
        var mutants = PackMutants.Of(loaded.Pack!, loaded.Rules!).ToList();
        Assert.True(known.IsSubsetOf(mutants.Select(mutant => mutant.What)), $"{name}: unnoticed.txt names an error that is none");
        Assert.True(known.Count * 10 <= mutants.Count, $"{name}: {known.Count} of {mutants.Count} errors are not noticed");

        var drawn = new Random(seed).GetItems(mutants.Where(mutant => !known.Contains(mutant.What)).ToArray(), Sample);
        Assert.All(drawn, mutant => Assert.False(
            loaded.Tests.All(test => PackTestRunner.Holds(
                mutant.Pack, mutant.Rules, test, workspace.Calendars, workspace.Accounts, TestContext.Current.CancellationToken)),
            $"{name}, seed {seed}: no test notices {mutant.What}"));
    }
}
