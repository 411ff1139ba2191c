// All matches of a run, in segments.
using Recon.Model;
using Recon.Runs.Results;
using Recon.Store.Evidence;

namespace Recon.Store.Rows;

static class EvidenceRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "evidence", "run leg ordinal sha256 data", numbers: "run leg ordinal", bytes: "data");

    /// <summary>The segments of all legs in order, each made when it is asked for.</summary>
    public static IEnumerable<EvidenceSegment> Segments(MatchEvidence matches) => matches.Legs.SelectMany((leg, number) =>
        EvidenceFormat.Write(leg).Select((data, ordinal) => new EvidenceSegment(number, ordinal, StoreText.Sha256(data), data)));

    public static void Write(RunTableWriter evidence, long number, IEnumerable<EvidenceSegment> segments)
    {
        foreach (var segment in segments)
        {
            evidence.Add(number, segment.Leg, segment.Ordinal, segment.Sha256, segment.Data);
        }
    }

    /// <summary>From the store, or from the files of the run where it has some. None where they were purged, unless all files were brought back.</summary>
    /// <exception cref="ReconException">A segment does not have its hash, or one is missing.</exception>
    public static MatchEvidence Read(Database database, RunRow run, EvidencePlace? place)
    {
        var files = EvidenceFileRows.OfRun(database, run.Number);
        if (PurgeRows.Of(database, run.Number) is { } purge && !(files.Count > 0 && place is not null && files.TrueForAll(file => file.IsIn(place.Folder))))
        {
            return new MatchEvidence([]) { Purged = purge.Told };
        }

        var evidence = files.Count > 0 ? EvidenceFileRows.Read(database, run, files, place) : OfSegments(database, run);
        return evidence.Count == run.Head.Matches
            ? evidence
            : throw database.Damaged($"the evidence of run {run.Head.Id} is damaged: {run.Head.Matches} matches were recorded");
    }

    static MatchEvidence OfSegments(Database database, RunRow run)
    {
        var segments = database.All(
            Table.OfRun(database), row => new EvidenceSegment(row.Int(1), row.Int(2), row.Text(3), row.Bytes(4)), run.Number);
        foreach (var segment in segments)
        {
            if (StoreText.Sha256(segment.Data) != segment.Sha256)
            {
                throw database.Damaged(
                    $"the evidence of run {run.Head.Id} is damaged: leg {segment.Leg}, segment {segment.Ordinal}");
            }
        }

        return new MatchEvidence(
            [.. segments.GroupBy(segment => segment.Leg).Select(leg => EvidenceFormat.Read(leg.Select(segment => segment.Data)))]);
    }
}

/// <summary>A part of the matches of a leg.</summary>
sealed record EvidenceSegment(int Leg, int Ordinal, string Sha256, byte[] Data);
