// Reads single rows of a CSV file again.
using Microsoft.Win32.SafeHandles;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Sources.Csv;

/// <summary>Rows of one UTF-8 file, as long as it is the file that was read.</summary>
/// <param name="file">Open since it was read: who moves or deletes it meanwhile does no harm.</param>
/// <param name="start">Bytes before the text: those of a BOM.</param>
/// <param name="size">Bytes of the whole file.</param>
/// <param name="changed">When it was written last.</param>
sealed class CsvRowKeeper(SafeFileHandle file, string name, long start, long size, DateTime changed, byte separator, byte? quote) : RowKeeper
{
    // Read at once where rows are asked for in their order: 32 KiB hold the next ones.
    const int ChunkBytes = 1 << 15;

    // Most rows are shorter.
    const int RowBytes = 1 << 9;

    readonly Lock _gate = new();
    CsvRows _rows = new(Stream.Null, separator, quote, new StayingWindows(RowBytes));
    int _most = RowBytes;
    long _chunkStart;
    int _chunkBytes;
    byte[] _chunk = new byte[ChunkBytes];

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

    // So many bytes, or what the file has of them; good until the next call.
    ReadOnlySpan<byte> Read(long from, int bytes)
    {
        var end = Math.Min(from + bytes, size);
        if (from < _chunkStart || end > _chunkStart + _chunkBytes)
        {
            var isNear = from >= _chunkStart && from < _chunkStart + _chunkBytes + ChunkBytes;
            ReadFile(from, (int)Math.Max(0, Math.Min(isNear ? Math.Max(bytes, ChunkBytes) : bytes, size - from)));
        }

        return _chunk.AsSpan((int)(from - _chunkStart), (int)(end - from));
    }

    void ReadFile(long from, int bytes)
    {
        (_chunkStart, _chunkBytes) = (from, 0);
        _chunk = _chunk.Length >= bytes ? _chunk : new byte[bytes];
        try
        {
            while (_chunkBytes < bytes && RandomAccess.Read(file, _chunk.AsSpan(_chunkBytes, bytes - _chunkBytes), from + _chunkBytes) is var count and > 0)
            {
                _chunkBytes += count;
            }

            if (_chunkBytes < bytes || RandomAccess.GetLength(file) != size || File.GetLastWriteTimeUtc(file) != changed)
            {
                _chunkBytes = 0;
                throw Changed();
            }
        }
        catch (IOException exception)
        {
            throw new ReconException($"{name}: cannot be read again: {exception.Message}", FaultKind.Storage, isTransient: true, inner: exception);
        }
    }

    ReconException Changed() => new($"{name}: it changed after it was read", FaultKind.InputMissing, isTransient: true);
}
