// Frozen inputs in a folder: written, read again with every hash proved, copied.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Recon.Model;
using Recon.Runs.Freezing;
using Recon.Runs.Identity;
using Recon.Runs.Results;

namespace Recon.Sources.Snapshots;

/// <summary>A folder with a manifest, one file of rows a source, and the state from which the date begins.</summary>
public sealed class Snapshot
{
    const string OpenItemsFile = "opening.items";
    const string SettledFile = "opening.settled.json";
    const string RowsEnding = ".rows.jsonl";

    Snapshot(string folder, SnapshotManifest manifest) => (Folder, Manifest) = (folder, manifest);

    public string Folder { get; }

    public SnapshotManifest Manifest { get; }

    /// <summary>Writes a new snapshot; nothing is there before it is whole.</summary>
    /// <param name="folder">It must not exist yet.</param>
    /// <exception cref="ReconException">The folder exists, or the disk fails.</exception>
    public static Snapshot Write(
        string folder, string name, FrozenInputs inputs, string packVersion, bool masked, int? sample, CancellationToken cancellation) =>
        Filled(folder, unfinished =>
        {
            List<SnapshotFile> files =
            [
                .. inputs.Tables.Select(table => Kept(unfinished, table.Source + RowsEnding, stream => SnapshotRows.Write(table, stream, cancellation)) with
                {
                    Rows = table.Count,
                }),
                Kept(unfinished, OpenItemsFile, stream => WriteItems(inputs.Opening.Items, stream)),
                Kept(unfinished, SettledFile, stream => JsonSerializer.Serialize(stream, SettledText.Of(inputs.Opening))),
            ];
            return new SnapshotManifest(
                SnapshotManifest.Format, name, inputs.PackId, packVersion, inputs.BusinessDate, RunKey.EngineMajor, masked, sample, inputs.Opening.Items.Count,
                [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)]);
        });

    /// <summary>The snapshot in a folder, its manifest read.</summary>
    /// <exception cref="ReconException">There is none.</exception>
    public static Snapshot Open(string folder)
    {
        var manifest = Path.Combine(folder, SnapshotManifest.FileName);
        if (!File.Exists(manifest))
        {
            throw new ReconException($"{folder}: there is no snapshot (no {SnapshotManifest.FileName})", FaultKind.NotFound);
        }

        var read = SnapshotManifest.Read(Guarded(manifest, () => File.ReadAllBytes(manifest)), manifest);
        return read.Files.FirstOrDefault(file => file.Name != Path.GetFileName(file.Name) || file.Name.Length == 0) is { } outside
            ? throw new ReconException($"{manifest}: '{outside.Name}' is no file beside it", FaultKind.InputWrong)
            : new Snapshot(folder, read);
    }

    /// <summary>The snapshots right below a folder, by name; folders that have none are passed over.</summary>
    public static IReadOnlyList<Snapshot> AllIn(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .Where(each => File.Exists(Path.Combine(each, SnapshotManifest.FileName))).Select(Open),
    ];

    /// <summary>The inputs, each file's hash proved.</summary>
    /// <exception cref="ReconException">A file is not there, or not as it was written.</exception>
    public FrozenInputs Read(CancellationToken cancellation)
    {
        var tables = new List<RawTable>();
        foreach (var file in Manifest.Files.Where(file => file.Rows is not null))
        {
            cancellation.ThrowIfCancellationRequested();
            tables.Add(SnapshotRows.Read(Proved(file), Path.Combine(Folder, file.Name)));
        }

        var settled = SettledText.Read(Proved(FileOf(SettledFile)), Path.Combine(Folder, SettledFile));
        var opening = new OpeningState(settled.Hash, null, ReadItems(Proved(FileOf(OpenItemsFile))), settled.Records(), settled.Closings()) { AtRisk = null };
        return new FrozenInputs(Manifest.Pack, Manifest.BusinessDate, tables, opening);
    }

    /// <summary>Proves every hash and copies the snapshot; nothing is there before the copy is whole.</summary>
    /// <param name="folder">It must not exist yet.</param>
    public Snapshot CopyTo(string folder) => Filled(folder, unfinished =>
    {
        foreach (var file in Manifest.Files)
        {
            var bytes = Proved(file);
            File.WriteAllBytes(Path.Combine(unfinished, file.Name), bytes);
        }

        return Manifest;
    });

    static Snapshot Filled(string folder, Func<string, SnapshotManifest> fill)
    {
        var full = Path.GetFullPath(folder);
        if (Path.Exists(full))
        {
            throw new ReconException($"{folder}: this is there already; a snapshot is never written over: name another, or delete it", FaultKind.InputWrong);
        }

        var unfinished = $"{full}.unfinished-{Environment.ProcessId}";
        return Guarded(folder, () =>
        {
            try
            {
                Directory.CreateDirectory(unfinished);
                var manifest = fill(unfinished);
                File.WriteAllBytes(Path.Combine(unfinished, SnapshotManifest.FileName), manifest.ToJson());
                Directory.Move(unfinished, full);
                return new Snapshot(folder, manifest);
            }
            finally
            {
                if (Directory.Exists(unfinished))
                {
                    Directory.Delete(unfinished, recursive: true);
                }
            }
        });
    }

    static SnapshotFile Kept(string folder, string name, Action<Stream> write)
    {
        var path = Path.Combine(folder, name);
        using (var file = new BufferedStream(File.Create(path), 1 << 16))
        {
            write(file);
        }

        using var written = File.OpenRead(path);
        return new SnapshotFile(name, Convert.ToHexStringLower(SHA256.HashData(written)), written.Length);
    }

    SnapshotFile FileOf(string name) => Manifest.Files.FirstOrDefault(file => file.Name == name)
        ?? throw new ReconException($"{Path.Combine(Folder, SnapshotManifest.FileName)}: it names no {name}", FaultKind.InputWrong);

    byte[] Proved(SnapshotFile file)
    {
        var path = Path.Combine(Folder, file.Name);
        if (!File.Exists(path))
        {
            throw new ReconException($"{path}: the snapshot names it, and it is not there", FaultKind.InputWrong);
        }

        var bytes = Guarded(path, () => File.ReadAllBytes(path));
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256 ? bytes : throw new ReconException(
            $"{path}: it is not as it was written: its SHA-256 is not the one in {SnapshotManifest.FileName}", FaultKind.InputWrong);
    }

    // Each segment behind its length.
    static void WriteItems(IReadOnlyList<CarriedItem> items, Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var segment in CarriedItemFormat.Write(items))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, segment.Length);
            stream.Write(length);
            stream.Write(segment);
        }
    }

    List<CarriedItem> ReadItems(ReadOnlySpan<byte> bytes)
    {
        var items = new List<CarriedItem>();
        while (!bytes.IsEmpty)
        {
            var length = bytes.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32BigEndian(bytes);
            if (length < 0 || length > bytes.Length - sizeof(int))
            {
                throw new ReconException($"{Path.Combine(Folder, OpenItemsFile)}: it ends in the middle of an item", FaultKind.InputWrong);
            }

            items.AddRange(CarriedItemFormat.Read(bytes.Slice(sizeof(int), length)));
            bytes = bytes[(sizeof(int) + length)..];
        }

        return items;
    }

    static T Guarded<T>(string place, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReconException($"{place}: {fault.Message}", FaultKind.Storage, isTransient: fault is IOException, inner: fault);
        }
    }
}
