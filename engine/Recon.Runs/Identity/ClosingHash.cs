// The hash of what a run leaves behind: the next run's opening.
using System.Globalization;
using System.Runtime.InteropServices;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Runs.Identity;

static class ClosingHash
{
    /// <returns>SHA-256 in lower-case hex over opening hash, decisions, carried items, settled records and balances.</returns>
    internal static string Of(
        OpeningState opening,
        RunRecord record,
        IReadOnlyList<CarriedItem> carried,
        IReadOnlyList<SettledRecords> settled,
        IReadOnlyList<StatementClosing> closings)
    {
        using var digest = new ContentDigest();
        digest.Add(opening.Hash).Add(Decisions(record));
        foreach (var item in carried)
        {
            digest.Add(item.Record.ToString()).Add(item.Content)
                .Add(item.OpenLegs.Select(leg => $"{string.Join('~', leg.Leg)} {leg.Break} {leg.Born:O} {leg.Class}"));
        }

        foreach (var source in settled)
        {
            digest.Add(source.Source)
                .Add(MemoryMarshal.AsBytes(source.Ids.AsSpan())).Add(MemoryMarshal.AsBytes(source.Contents.AsSpan()));
        }

        return digest.Add(closings.Select(closing => string.Create(
            CultureInfo.InvariantCulture,
            $"{closing.Source} {closing.Account} {closing.Number} {closing.Closing.Amount} {closing.Closing.Date:O}"))).Hex();
    }

    // Matches are hashed as columns: as JSON a million of them would cost more than the matching.
    static byte[] Decisions(RunRecord record)
    {
        using var hashing = new HashingStream();
        ResultDocument.WriteBelowRun(record with { Rejects = [] }, hashing, MatchListing.None);
        foreach (var leg in record.Matches.Legs)
        {
            hashing.Write(MemoryMarshal.AsBytes(leg.PassOf.AsSpan()));
            Write(hashing, leg.FirstEnds, leg.FirstIds);
            Write(hashing, leg.SecondEnds, leg.SecondIds);
        }

        return hashing.Hash();
    }

    static void Write(HashingStream hashing, int[] ends, TextColumn ids)
    {
        hashing.Write(MemoryMarshal.AsBytes(ends.AsSpan()));
        for (var row = 0; row < ids.Count; row++)
        {
            hashing.Write(ids.Utf8(row));
            hashing.WriteByte(0);
        }
    }
}
