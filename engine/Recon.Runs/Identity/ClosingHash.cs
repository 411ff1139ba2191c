// The hash of what a run leaves behind: the next run's opening.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Assembling;
using Recon.Runs.Results;

namespace Recon.Runs.Identity;

static class ClosingHash
{
    // 64 KiB: the hash is called for blocks, not for words.
    const int BufferBytes = 1 << 16;

    const int NumbersTogether = 1 << 10;

    delegate void CopyNumbers(int start, Span<int> target);

    /// <returns>
    /// SHA-256 in lower-case hex over opening hash, hash of decisions and carried items, hash of matches and settled records.
    /// </returns>
    internal static string Of(
        OpeningState opening,
        RunRecord record,
        IReadOnlyList<CarriedItem> carried,
        IReadOnlyList<SettledRecords> settled,
        IReadOnlyList<StatementClosing> closings,
        int threads)
    {
        var (texts, columns) = SideBySide.Run(
            threads, () => HashOfTexts(record, carried, closings), () => HashOfColumns(record, settled));
        using var digest = new ContentDigest();
        return digest.Add(opening.Hash).Add(texts).Add(columns).Hex();
    }

    static string HashOfTexts(RunRecord record, IReadOnlyList<CarriedItem> carried, IReadOnlyList<StatementClosing> closings)
    {
        using var hashing = new HashingStream();
        using var text = new StreamWriter(hashing, new UTF8Encoding(false), BufferBytes, leaveOpen: true) { NewLine = "\n" };
        WriteDecisions(text, record);
        WriteCarried(text, carried);
        foreach (var closing in closings)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{closing.Source} {closing.Account} {closing.Number} {closing.Closing.Amount} {closing.Closing.Date:O}"));
        }

        text.Flush();
        return Convert.ToHexStringLower(hashing.Hash());
    }

    // Columns as bytes: as texts a million matches would cost more than the matching.
    static string HashOfColumns(RunRecord record, IReadOnlyList<SettledRecords> settled)
    {
        using var hashing = new HashingStream();
        using var buffer = new BufferedStream(hashing, BufferBytes);
        foreach (var leg in record.Matches.Legs)
        {
            Write(buffer, leg.Count, leg.PassOf.CopyTo);
            foreach (var members in leg.Members)
            {
                Write(buffer, members.Ends, members.Ids);
            }
        }

        foreach (var source in settled)
        {
            buffer.Write(MemoryMarshal.AsBytes(source.Ids.AsSpan()));
            buffer.Write(MemoryMarshal.AsBytes(source.Contents.AsSpan()));
        }

        buffer.Flush();
        return Convert.ToHexStringLower(hashing.Hash());
    }

    static void Write(Stream target, int count, CopyNumbers copy)
    {
        Span<int> some = stackalloc int[NumbersTogether];
        for (var start = 0; start < count; start += NumbersTogether)
        {
            var numbers = some[..Math.Min(NumbersTogether, count - start)];
            copy(start, numbers);
            target.Write(MemoryMarshal.AsBytes(numbers));
        }
    }

    static void Write(Stream target, MatchEnds ends, TextColumn ids)
    {
        Write(target, ends.Count, ends.CopyTo);
        for (var row = 0; row < ids.Count; row++)
        {
            target.Write(ids.Utf8(row));
            target.WriteByte((byte)'\n');
        }
    }

    static void WriteDecisions(StreamWriter text, RunRecord record)
    {
        foreach (var item in record.Breaks)
        {
            Write(text, item.Id, item.Kind.ToString(), item.Class, item.Status.ToString(), item.Tier.ToString());
            Write(text, item.Born.DayNumber);
            Write(text, item.Due?.DayNumber);
            foreach (var value in item.Value)
            {
                text.Write(value.ToString());
                text.Write(' ');
            }

            text.WriteLine();
        }

        foreach (var duplicate in record.Duplicates)
        {
            text.WriteLine($"{duplicate.Record} = {duplicate.Kept} {duplicate.Pass}");
        }

        foreach (var post in record.Posts)
        {
            text.WriteLine($"{post.Key} {post.Effect} {post.State} {post.Break}");
        }
    }

    static void WriteCarried(StreamWriter text, IReadOnlyList<CarriedItem> carried)
    {
        foreach (var item in carried)
        {
            Write(text, item.Record.Source, item.Record.Id);
            Write(text, item.Content);
            foreach (var open in item.OpenLegs)
            {
                Write(text, [.. open.Leg, open.Break, open.Class]);
                Write(text, open.Born.DayNumber);
                Write(text, open.DatedFrom.DayNumber);
            }

            foreach (var taken in item.TakenLegs ?? [])
            {
                Write(text, ["taken", .. taken]);
            }

            if (item.Value is { } value)
            {
                Write(text, value.ToString());
            }

            foreach (var left in item.Residual?.Amounts ?? [])
            {
                Write(text, left.ToString());
            }

            text.WriteLine();
        }
    }

    static void Write(StreamWriter text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            text.Write(word);
            text.Write(' ');
        }
    }

    static void Write(StreamWriter text, int? day)
    {
        Span<char> digits = stackalloc char[16];
        var written = 0;
        day?.TryFormat(digits, out written, default, CultureInfo.InvariantCulture);
        text.Write(digits[..written]);
        text.Write(' ');
    }

    static void Write(StreamWriter text, UInt128 content)
    {
        Span<char> digits = stackalloc char[32];
        content.TryFormat(digits, out var written, "x32", CultureInfo.InvariantCulture);
        text.Write(digits[..written]);
        text.Write(' ');
    }
}
