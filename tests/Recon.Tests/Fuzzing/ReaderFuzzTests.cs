// Ten thousand inputs that no program would write: each reader ends soon, within its memory, and says what is wrong.
using System.Globalization;
using Recon.Tests.Sources;
using Xunit;

namespace Recon.Tests.Fuzzing;

/// <summary><c>RECON_FUZZ_SEED</c> draws the same inputs again; <c>readers</c> of the campaigns gives a million.</summary>
public sealed class ReaderFuzzTests
{
    const int InputsOfEach = 2500;

    // The machine may be busy with much else.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly ulong Seed = Environment.GetEnvironmentVariable("RECON_FUZZ_SEED") is { } seed
        ? ulong.Parse(seed, CultureInfo.InvariantCulture) : (ulong)Random.Shared.Next();

    [Theory]
    [InlineData("yaml")]
    [InlineData("csv")]
    [InlineData("camt")]
    [InlineData("mt940")]
    public void A_reader_ends_soon_within_its_memory_and_says_what_is_wrong(string name)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{InputsOfEach} inputs, RECON_FUZZ_SEED={Seed}");
        using var folder = new InputFiles();
        var reader = FuzzedReader.All(folder).Single(each => each.Name == name);
        var failures = new ReaderFuzz(reader, Seed, Patience).Run(0, InputsOfEach).Failures;
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }
}
