// Reads small files of people (packs, workspaces) whole, without trusting what stands under their name.
using Recon.Model;

namespace Recon.Sources.Files;

public static class BoundedFile
{
    /// <summary>The bytes of a regular file, at most <paramref name="mostBytes"/> and one more, so that the caller sees it is too long.</summary>
    /// <param name="name">As faults name it.</param>
    /// <exception cref="ReconException">It is a directory, a pipe or a device: <see cref="FaultKind.InputWrong"/>.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static byte[] Read(string path, string name, int mostBytes)
    {
        using var file = InputStream.OpenRegular(path, name);
        var bytes = new byte[(int)Math.Min(file.Length, mostBytes + 1L)];
        file.ReadExactly(bytes);
        return bytes;
    }
}
