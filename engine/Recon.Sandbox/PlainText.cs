// What a confined process writes reaches the terminal as plain text, and its end as words.
namespace Recon.Sandbox;

static class PlainText
{
    internal const long MostOutput = 1L << 30;
    internal const long MostError = 1L << 20;

    const int SignalBase = 128;

    /// <summary>
    /// Copies bytes; control characters but tab and line feed become <c>?</c>, so that nobody who is confined speaks to the terminal. Beyond the most,
    /// what comes is read and dropped: a process that waits for its reader would never end.
    /// </summary>
    internal static async Task CopyAsync(Stream source, Stream target, long most)
    {
        var buffer = new byte[1 << 16];
        for (var copied = 0L; await source.ReadAsync(buffer) is var count and > 0; copied += count)
        {
            var taken = (int)Math.Clamp(most - copied, 0, count);
            Clean(buffer.AsSpan(0, taken));
            await target.WriteAsync(buffer.AsMemory(0, taken));
            await target.FlushAsync();
        }
    }

    /// <summary>Why the system ended a process; null where it ended by itself.</summary>
    internal static string? WhyOf(int exitCode) => exitCode switch
    {
        SignalBase + 6 => "it ran out of stack or of memory",
        SignalBase + 9 or SignalBase + 24 => "it took more of the processor or of memory than it was given",
        SignalBase + 11 => "it reached for memory that is not its own",
        SignalBase + 25 => "it wrote a file longer than it may",
        SignalBase + 31 => "it made a call of the kernel that is closed to it",
        > SignalBase and < SignalBase + 65 => $"signal {exitCode - SignalBase} ended it",
        _ => null,
    };

    static void Clean(Span<byte> bytes)
    {
        foreach (ref var letter in bytes)
        {
            letter = letter is < 32 and not (byte)'\n' and not (byte)'\t' or 127 ? (byte)'?' : letter;
        }
    }
}
