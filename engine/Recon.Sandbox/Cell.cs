// A folder for one confined process: what it is told, what it writes, what it is at.
using System.IO.MemoryMappedFiles;
using System.Text;
using System.Text.Json;

namespace Recon.Sandbox;

/// <summary>Base rules that a confined process is given, as it cannot ask git itself.</summary>
/// <param name="Directory">Absolute; empty where the pack is new.</param>
/// <param name="Authors">Who wrote the change.</param>
public sealed record GivenBase(string Directory, string Name, string? Commit, bool IsNew, IReadOnlyList<string> Authors);

/// <summary>What the parent decides for the process.</summary>
/// <param name="Bases">Folder of a pack (absolute) → the rules before.</param>
/// <param name="Store">A copy of the store; null where there is none.</param>
/// <param name="Processor">The most time of the processor.</param>
/// <param name="FileBytes">The most bytes of one file.</param>
public sealed record CellOrder(IReadOnlyDictionary<string, GivenBase> Bases, string? Store, TimeSpan Processor, long FileBytes);

/// <summary>A folder of its own, deleted when it is disposed of by the parent.</summary>
public sealed class Cell
{
    /// <summary>Set for a confined process: the path of its cell.</summary>
    public const string Variable = "RECON_CELL";

    const string OrderFile = "order.json";
    const string AtWorkFile = "at-work";
    const int MostAtWork = 1024;

    internal Cell(string directory) => Directory = directory;

    public string Directory { get; }

    /// <summary>Where the process writes the files it was asked for, each under its path in base64url.</summary>
    public string Outputs => Path.Combine(Directory, "out");

    /// <summary>The only other place it may write.</summary>
    public string Scratch => Path.Combine(Directory, "scratch");

    internal static Cell Make()
    {
        var cell = new Cell(System.IO.Directory.CreateTempSubdirectory("recon-cell-").FullName);
        System.IO.Directory.CreateDirectory(cell.Outputs);
        System.IO.Directory.CreateDirectory(cell.Scratch);
        File.WriteAllBytes(cell.AtWork, new byte[MostAtWork]);
        return cell;
    }

    internal string AtWork => Path.Combine(Directory, AtWorkFile);

    /// <summary>The name of an output: any path is one name.</summary>
    public static string NameOf(string path) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(path));

    /// <summary>The path behind a name; null where it is none.</summary>
    public static string? PathOf(string name)
    {
        try
        {
            return Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(name));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    internal void Write(CellOrder order) => File.WriteAllBytes(Path.Combine(Directory, OrderFile), JsonSerializer.SerializeToUtf8Bytes(order));

    internal CellOrder Read() => JsonSerializer.Deserialize<CellOrder>(File.ReadAllBytes(Path.Combine(Directory, OrderFile)))!;

    /// <summary>What the process said last that it was at; control characters are left out. Empty before it said anything.</summary>
    internal string ReadAtWork()
    {
        var text = Encoding.UTF8.GetString(File.ReadAllBytes(AtWork)).TrimEnd('\0');
        return string.Concat(text.Where(letter => !char.IsControl(letter)));
    }

    /// <summary>Keeps the file mapped, so that saying what one is at costs a copy of a few bytes.</summary>
    internal Action<string> OpenAtWork()
    {
        var view = MemoryMappedFile.CreateFromFile(AtWork, FileMode.Open).CreateViewAccessor(0, MostAtWork);
        var gate = new Lock();
        return what =>
        {
            var bytes = new byte[MostAtWork];
            Encoding.UTF8.GetBytes(what.AsSpan(0, Math.Min(what.Length, MostAtWork / 4)), bytes);
            lock (gate)
            {
                view.WriteArray(0, bytes, 0, bytes.Length);
            }
        };
    }

    internal void Delete() => System.IO.Directory.Delete(Directory, recursive: true);
}
