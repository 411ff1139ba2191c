// Compiled rules on disk, named by the hash of what was compiled.
namespace Recon.Cli.Workspaces;

/// <summary>
/// A folder of images that belongs to the user, never to a workspace: a workspace comes from others. What cannot be read or written is
/// compiled again: a cache never ends a run.
/// </summary>
sealed class ImageCache(string directory)
{
    /// <summary><c>$XDG_CACHE_HOME/recon</c>, else the cache folder of the platform, else none.</summary>
    internal static ImageCache OfUser()
    {
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var root = !string.IsNullOrEmpty(home) ? home
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new ImageCache(Path.Combine(Path.GetFullPath(root), "recon", "rules"));
    }

    internal byte[]? Find(string hash)
    {
        try
        {
            return File.Exists(PathOf(hash)) ? Checked(File.ReadAllBytes(PathOf(hash))) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal void Keep(string hash, byte[] image)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var draft = $"{PathOf(hash)}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(draft, [.. System.Security.Cryptography.SHA256.HashData(image), .. image]);
            File.Move(draft, PathOf(hash), overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    // The image stands behind its own hash: a half-written or rotten file is compiled anew.
    static byte[]? Checked(byte[] bytes)
    {
        const int HashBytes = System.Security.Cryptography.SHA256.HashSizeInBytes;
        if (bytes.Length <= HashBytes)
        {
            return null;
        }

        var image = bytes[HashBytes..];
        return System.Security.Cryptography.SHA256.HashData(image).AsSpan().SequenceEqual(bytes.AsSpan(0, HashBytes)) ? image : null;
    }

    string PathOf(string hash) => Path.Combine(directory, $"{hash}.rules");
}
