// The hash of the rows that a run wrote to a table, value by value.
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Recon.Store;

/// <summary>SHA-256 over rows: each value as a letter for its type, its length and its bytes.</summary>
sealed class RowDigest : IDisposable
{
    /// <summary>The hash of no rows.</summary>
    public static string OfNothing { get; } = StoreText.Sha256([]);

    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] _pending = new byte[1 << 16];
    int _used;

    /// <summary>Begins a row of so many values.</summary>
    public void Row(int values) => Append('r', values);

    public void Null() => Append('n', 0);

    public void Number(long number) => Append('i', number);

    public void Real(double number) => Append('d', BitConverter.DoubleToInt64Bits(number));

    public void Text(ReadOnlySpan<byte> utf8) => Append('t', utf8);

    public void Bytes(ReadOnlySpan<byte> bytes) => Append('b', bytes);

    /// <summary>The hash in lower-case hex; the digest is empty again.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    void Append(char type, ReadOnlySpan<byte> bytes)
    {
        Append(type, bytes.Length);
        if (bytes.Length > _pending.Length)
        {
            Flush();
            _hash.AppendData(bytes);
            return;
        }

        Reserve(bytes.Length);
        bytes.CopyTo(_pending.AsSpan(_used));
        _used += bytes.Length;
    }

    void Append(char type, long number)
    {
        Reserve(9);
        _pending[_used] = (byte)type;
        BinaryPrimitives.WriteInt64LittleEndian(_pending.AsSpan(_used + 1), number);
        _used += 9;
    }

    void Reserve(int bytes)
    {
        if (_used + bytes > _pending.Length)
        {
            Flush();
        }
    }

    void Flush()
    {
        _hash.AppendData(_pending, 0, _used);
        _used = 0;
    }
}
