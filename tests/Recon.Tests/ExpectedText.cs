// Expectations that stand as text beside their cases; RECON_UPDATE=1 writes them anew.
using Xunit;

namespace Recon.Tests;

static class ExpectedText
{
    internal static bool Updates => Environment.GetEnvironmentVariable("RECON_UPDATE") == "1";

    internal static void Matches(string path, string actual)
    {
        actual = actual.ReplaceLineEndings("\n");
        if (Updates)
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is missing; RECON_UPDATE=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
