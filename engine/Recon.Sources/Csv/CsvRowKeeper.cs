// Reads single rows of a CSV file again.
using Microsoft.Win32.SafeHandles;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Sources.Files;

namespace Recon.Sources.Csv;

/// <summary>Rows of one UTF-8 file, as long as it is the file that was read.</summary>
/// <param name="start">Bytes before the text: those of a BOM.</param>
/// <param name="size">Bytes of the whole file.</param>
/// <param name="changed">When it was written last.</param>
sealed class CsvRowKeeper(string path, string name, long start, long size, DateTime changed, byte separator, byte? quote) : RowKeeper
{
    // Rows are asked for in their order or in none: 32 KiB cost little more to read than one row, and hold the next ones.
    const int ChunkBytes = 1 << 15;

    // Most rows are shorter.
    const int RowBytes = 1 << 9;

    readonly Lazy<SafeFileHandle> _file = new(() => InputStream.OpenRegular(path, name).SafeFileHandle);
    readonly Lock _gate = new();
    CsvRows _rows = new(Stream.Null, separator, quote, new StayingWindows(RowBytes));
    int _most = RowBytes;
    long _chunkStart;
    byte[] _chunk = [];

    protected override RowBlock Load(long place)
    {
        lock (_gate)
        {
            for (var bytes = RowBytes; ; bytes *= 8)
            {
                var text = Read(start + place, bytes);
                if (bytes > _most)
                {
                    (_rows, _most) = (new CsvRows(Stream.Null, separator, quote, new StayingWindows(bytes)), bytes);
                }

                _rows.Begin(text);
                if (_rows.Next() && (_rows.IsTerminated || start + place + text.Length == size))
                {
                    return _rows.Alone();
                }

                if (start + place + text.Length >= size)
                {
                    throw Changed();
                }
            }
        }
    }

    // So many bytes, or what the file has of them.
    ReadOnlySpan<byte> Read(long from, int bytes)
    {
        var end = Math.Min(from + bytes, size);
        if (from < _chunkStart || end > _chunkStart + _chunk.Length)
        {
            (_chunkStart, _chunk) = (from, ReadFile(from, Math.Max(bytes, ChunkBytes)));
        }

        return _chunk.AsSpan((int)(from - _chunkStart), (int)(end - from));
    }

    byte[] ReadFile(long from, int bytes)
    {
        var window = new byte[Math.Max(0, Math.Min(bytes, size - from))];
        var read = 0;
        while (read < window.Length && RandomAccess.Read(_file.Value, window.AsSpan(read), from + read) is var count and > 0)
        {
            read += count;
        }

        return read == window.Length && RandomAccess.GetLength(_file.Value) == size && File.GetLastWriteTimeUtc(_file.Value) == changed
            ? window : throw Changed();
    }

    ReconException Changed() => new($"{name}: it changed after it was read", FaultKind.InputMissing, isTransient: true);
}
