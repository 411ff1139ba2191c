// A folder of inputs that lives as long as a test.
using System.Text;

namespace Recon.Tests.Sources;

sealed class InputFiles : IDisposable
{
    readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("recon-sources-");

    public InputFiles() => Directory.CreateDirectory(Root);

    /// <summary>The inputs; its parent is outside of them.</summary>
    public string Root => Path.Combine(_parent.FullName, "in");

    public string Outside => _parent.FullName;

    public string On(string name) => Path.Combine(Root, name);

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(On(name))!);
        File.WriteAllBytes(On(name), bytes);
    }

    public void Dispose() => _parent.Delete(recursive: true);
}
