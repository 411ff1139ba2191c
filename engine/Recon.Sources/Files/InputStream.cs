// One input file, opened once: what is parsed is what is hashed, and a file that still grows is refused.
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Recon.Model;

namespace Recon.Sources.Files;

/// <summary>Reads a regular file forward, hashing every byte handed out.</summary>
sealed class InputStream : Stream
{
    // O_RDONLY | O_NONBLOCK of open(2): no waiting for the other end of a pipe. Linux differs from the BSDs.
    static readonly int ReadWithoutWaiting = OperatingSystem.IsLinux() ? 0x800 : 0x4;

    readonly FileStream _file;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly Action<long>? _progress;
    readonly CancellationToken _cancellation;
    readonly long _size;
    readonly DateTime _changed;
    byte[] _head = [];
    int _headRead;
    long _read;
    bool _staysOpen;

    InputStream(string name, FileStream file, Action<long>? progress, CancellationToken cancellation)
    {
        Name = name;
        _file = file;
        _progress = progress;
        _cancellation = cancellation;
        _size = file.Length;
        _changed = File.GetLastWriteTimeUtc(file.SafeFileHandle);
    }

    public string Name { get; }

    public long Size => _size;

    /// <summary>When the file was written last, UTC.</summary>
    public DateTime Changed => _changed;

    /// <summary>Leaves the file open for whoever reads it later; it is closed when nobody has the handle any more.</summary>
    public SafeFileHandle KeepOpen()
    {
        _staysOpen = true;
        return _file.SafeFileHandle;
    }

    public static InputStream Open(
        string path, string name, Action<long>? progress, CancellationToken cancellation) =>
        new(name, OpenRegular(path, name), progress, cancellation);

    /// <summary>Opens without waiting for a pipe's other end; what is no regular file is refused.</summary>
    internal static FileStream OpenRegular(string path, string name)
    {
        var file = new FileStream(Handle(path, name), FileAccess.Read, bufferSize: 0);
        if (!file.CanSeek || IsDevice(path))
        {
            file.Dispose();
            throw new ReconException($"{name}: not a regular file", FaultKind.InputWrong);
        }

        return file;
    }

    // A device such as /dev/zero can be sought in, and never ends.
    static bool IsDevice(string path) => !OperatingSystem.IsWindows() && RealPath.IsBelow("/dev", RealPath.Of(path));

    /// <summary>The first bytes of the file, at most 4,096; they are read again by <see cref="Read(Span{byte})"/>.</summary>
    public ReadOnlySpan<byte> Head()
    {
        if (_head.Length == 0)
        {
            var head = new byte[4096];
            var read = 0;
            while (read < head.Length && Fetch(head.AsSpan(read)) is var count and > 0)
            {
                read += count;
            }

            _head = head[..read];
        }

        return _head;
    }

    /// <summary>Reads what is left and tells name, hash and size.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.InputMissing"/>, transient: it changed meanwhile.</exception>
    public InputFile Finish()
    {
        var rest = new byte[1 << 16];
        while (Read(rest) > 0)
        {
        }

        ThrowIfChanged();
        return new InputFile(Name, Convert.ToHexStringLower(_hash.GetHashAndReset()), _size);
    }

    /// <exception cref="ReconException"><see cref="FaultKind.InputMissing"/>, transient: it changed meanwhile.</exception>
    public void ThrowIfChanged()
    {
        if (_read > _size || _file.Length != _size
            || File.GetLastWriteTimeUtc(_file.SafeFileHandle) != _changed)
        {
            throw new ReconException(
                $"{Name}: still being written (it changed while it was read)", FaultKind.InputMissing,
                    isTransient: true);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var left = _head.Length - _headRead;
        if (left == 0)
        {
            return Fetch(buffer);
        }

        var count = Math.Min(left, buffer.Length);
        _head.AsSpan(_headRead, count).CopyTo(buffer);
        _headRead += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_staysOpen)
            {
                _file.Dispose();
            }

            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    int Fetch(Span<byte> buffer)
    {
        _cancellation.ThrowIfCancellationRequested();
        var count = _file.Read(buffer);
        _hash.AppendData(buffer[..count]);
        _read += count;
        if (_read > _size)
        {
            ThrowIfChanged();
        }

        if (count > 0)
        {
            _progress?.Invoke(_read);
        }

        return count;
    }

    static SafeFileHandle Handle(string path, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }

        var descriptor = OpenFile(Encoding.UTF8.GetBytes(path + "\0"), ReadWithoutWaiting);
        if (descriptor < 0)
        {
            var reason = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            throw new IOException($"{name}: {reason}");
        }

        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int OpenFile(byte[] zeroEndedPath, int flags);
}
