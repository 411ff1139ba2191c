// A folder that lasts as long as a test.
namespace Recon.Tests.Cli;

sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("recon-test-").FullName;

    internal string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Copies a folder of the checkout, but for what runs left in it.</summary>
    internal string Copy(string source, string name)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = System.IO.Path.GetRelativePath(source, file);
            if (!relative.Split(System.IO.Path.DirectorySeparatorChar).Contains(".recon"))
            {
                var target = Of(name, relative);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        return Of(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
