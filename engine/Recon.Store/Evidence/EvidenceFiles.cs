// Writes the matches of a run as files, each whole and on the disk before its name is there.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store.Evidence;

static class EvidenceFiles
{
    /// <summary>512 Ki matches a file: some MiB, so that a large run is written by several threads and read in parts.</summary>
    public const int SegmentMatches = 1 << 19;

    /// <summary>All files of a run, in the order of legs and matches; none is left where one cannot be written.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: the folder cannot be written, or is full.</exception>
    public static IReadOnlyList<EvidenceFile> Write(string root, EvidenceAttempt attempt, RunRecord record, int segmentMatches = SegmentMatches)
    {
        try
        {
            Folders.Make(root, Path.Combine(root, attempt.Folder));
            var written = new ConcurrentBag<EvidenceFile>();
            Parallel.ForEach(PartsOf(record, segmentMatches), part => written.Add(Write(root, attempt, part)));
            Folders.Sync(Path.Combine(root, attempt.Folder));
            return [.. written.OrderBy(file => file.Leg).ThenBy(file => file.Ordinal)];
        }
        catch (Exception fault)
        {
            Remove(root, attempt);
            if ((fault is AggregateException { InnerExceptions: [var first, ..] } ? first : fault) is var cause
                and (IOException or UnauthorizedAccessException))
            {
                throw new ReconException(
                    $"{root}: the matches of the run cannot be written there, and nothing was recorded: {cause.Message}", FaultKind.Storage,
                    inner: cause);
            }

            throw;
        }
    }

    /// <summary>Call it last in the transaction that records their run: no run stands without its files.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Busy"/>: one of them is gone.</exception>
    public static void DemandAll(EvidencePlace? place, IReadOnlyList<EvidenceFile>? files)
    {
        if (files?.FirstOrDefault(file => !file.IsIn(place!.Folder)) is { } gone)
        {
            throw new ReconException(
                $"{gone.Name} was removed before its run could be recorded: another process has taken over; nothing was recorded",
                FaultKind.Busy, isTransient: true);
        }
    }

    /// <summary>Deletes what an attempt left. What may not be deleted stays, and is found again.</summary>
    /// <returns>How many files were deleted.</returns>
    public static int Remove(string root, EvidenceAttempt attempt) => Try(() => attempt.FilesIn(root)).Count(Delete);

    /// <summary>False where the file may not be deleted; true also where it is gone already.</summary>
    public static bool Delete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault is DirectoryNotFoundException;
        }
    }

    static IReadOnlyList<string> Try(Func<IReadOnlyList<string>> list)
    {
        try
        {
            return list();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // A leg without matches has a file, too: that it is there is part of what was found.
    static IEnumerable<Part> PartsOf(RunRecord record, int matches) => record.Matches.Legs.SelectMany((leg, number) =>
    {
        var head = SegmentHead.Of(record.Head, leg);
        return Enumerable.Range(0, Math.Max(1, (leg.Count + matches - 1) / matches)).Select(
            ordinal => new Part(head, leg, number, ordinal, ordinal * matches, Math.Min(leg.Count, (ordinal + 1) * matches)));
    });

    static EvidenceFile Write(string root, EvidenceAttempt attempt, Part part)
    {
        var name = attempt.NameOf(part.Number, part.Ordinal);
        var path = Path.Combine(root, name);
        var draft = path + EvidenceAttempt.Draft;
        long bytes;
        string hash;
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            new SegmentWriter(part.Head, part.Leg, part.Start, part.End).WriteAsync(file).GetAwaiter().GetResult();
            file.Flush(flushToDisk: true);
            (bytes, file.Position) = (file.Length, 0);
            hash = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        File.Move(draft, path);
        return new EvidenceFile(part.Number, part.Ordinal, attempt.Id, name, part.End - part.Start, bytes, hash);
    }

    sealed record Part(SegmentHead Head, LegEvidence Leg, int Number, int Ordinal, int Start, int End);
}
