// The hash of the rows that a run wrote to a table, value by value.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;

namespace Recon.Store;

/// <summary>SHA-256 over rows: each value as a letter for its type, its length and its bytes.</summary>
sealed class RowDigest : IDisposable
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] _pending = new byte[1 << 16];
    int _used;

    public void Add(ReadOnlySpan<object?> row)
    {
        Append('r', row.Length);
        foreach (var value in row)
        {
            Add(value);
        }
    }

    /// <summary>The hash in lower-case hex; the digest is empty again.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    void Add(object? value)
    {
        switch (value)
        {
            case null:
                Append('n', 0);
                break;
            case long number:
                Append('i', number);
                break;
            case int number:
                Append('i', number);
                break;
            case double number:
                Append('d', BitConverter.DoubleToInt64Bits(number));
                break;
            case string text:
                AddText(text);
                break;
            case byte[] bytes:
                Append('b', bytes.Length);
                Append(bytes);
                break;
            default:
                Require.That(false, $"no column holds a {value.GetType()}");
                break;
        }
    }

    void AddText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Append('t', length);
        if (length > _pending.Length)
        {
            Append(Encoding.UTF8.GetBytes(text));
            return;
        }

        Reserve(length);
        _used += Encoding.UTF8.GetBytes(text, _pending.AsSpan(_used));
    }

    void Append(char type, long number)
    {
        Reserve(9);
        _pending[_used] = (byte)type;
        BinaryPrimitives.WriteInt64LittleEndian(_pending.AsSpan(_used + 1), number);
        _used += 9;
    }

    void Append(byte[] bytes)
    {
        Flush();
        _hash.AppendData(bytes);
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
