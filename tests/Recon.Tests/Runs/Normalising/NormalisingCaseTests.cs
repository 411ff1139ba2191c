// Runs the cases of tests/cases/normalising.
using Xunit;

namespace Recon.Tests.Runs.Normalising;

public sealed class NormalisingCaseTests
{
    const string Expect = "\nexpect\n";

    public static TheoryData<string> Cases =>
        [.. Directory.GetFiles(Folder, "*.case").Select(
            path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    static string Folder
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Recon.sln")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return Path.Combine(folder, "tests", "cases", "normalising");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_comes_out_as_written(string name)
    {
        var path = Path.Combine(Folder, name);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(Expect, StringComparison.Ordinal);
        Assert.True(at >= 0, "a case needs a line: expect");
        var (given, expected) = (text[..(at + 1)], text[(at + Expect.Length)..]);
        var found = NormalisingCase.Parse(given).Run(threads: 1);
        Assert.Equal(found, NormalisingCase.Parse(given).Run(threads: 4));
        if (Environment.GetEnvironmentVariable("RECON_UPDATE") == "1")
        {
            File.WriteAllText(path, given.TrimEnd('\n') + "\n" + Expect + found);
            return;
        }

        Assert.Equal(expected, found);
    }
}
