// Finds the checkout that the tests run in.
namespace Recon.Tests;

static class RepositoryRoot
{
    internal static string Path { get; } = Find();

    internal static string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Recon.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Recon.sln stands in no folder above the tests");
    }
}
