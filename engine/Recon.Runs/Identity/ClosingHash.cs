// The hash of what a run leaves behind: the next run's opening.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Runs.Identity;

static class ClosingHash
{
    // 64 KiB: the hash is called for blocks, not for words.
    const int BufferBytes = 1 << 16;

    /// <returns>SHA-256 in lower-case hex over opening hash, decisions, carried items, settled records and balances.</returns>
    internal static string Of(
        OpeningState opening,
        RunRecord record,
        IReadOnlyList<CarriedItem> carried,
        IReadOnlyList<SettledRecords> settled,
        IReadOnlyList<StatementClosing> closings)
    {
        using var hashing = new HashingStream();
        using var buffer = new BufferedStream(hashing, BufferBytes);
        WriteMatches(buffer, record);
        using var text = new StreamWriter(buffer, new UTF8Encoding(false), BufferBytes, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(opening.Hash);
        WriteDecisions(text, record);
        WriteState(text, carried, settled, closings);
        buffer.Flush();
        return Convert.ToHexStringLower(hashing.Hash());
    }

    // Columns as bytes: as JSON a million matches would cost more than the matching.
    static void WriteMatches(Stream target, RunRecord record)
    {
        foreach (var leg in record.Matches.Legs)
        {
            target.Write(MemoryMarshal.AsBytes(leg.PassOf.AsSpan()));
            foreach (var members in leg.Members)
            {
                Write(target, members.Ends, members.Ids);
            }
        }
    }

    static void Write(Stream target, int[] ends, TextColumn ids)
    {
        target.Write(MemoryMarshal.AsBytes(ends.AsSpan()));
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
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{item.Id} {item.Kind} {item.Class} {item.Status} {item.Tier} {item.Born:O} {item.Due:O} {string.Join(' ', item.Value)}"));
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

    static void WriteState(
        StreamWriter text,
        IReadOnlyList<CarriedItem> carried,
        IReadOnlyList<SettledRecords> settled,
        IReadOnlyList<StatementClosing> closings)
    {
        foreach (var item in carried)
        {
            var legs = item.OpenLegs.Select(leg => $"{string.Join('~', leg.Leg)} {leg.Break} {leg.Born:O} {leg.Class}");
            text.WriteLine($"{item.Record.Source} {item.Record.Id} {item.Content:x32} {string.Join(' ', legs)}");
        }

        foreach (var closing in closings)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{closing.Source} {closing.Account} {closing.Number} {closing.Closing.Amount} {closing.Closing.Date:O}"));
        }

        text.Flush();
        foreach (var source in settled)
        {
            text.BaseStream.Write(MemoryMarshal.AsBytes(source.Ids.AsSpan()));
            text.BaseStream.Write(MemoryMarshal.AsBytes(source.Contents.AsSpan()));
        }
    }
}
