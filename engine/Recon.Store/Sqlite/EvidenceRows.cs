// All matches of a run, in segments.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Store.Sqlite;

static class EvidenceRows
{
    public static RunTable Table { get; } = new(
        "evidence",
        "INSERT INTO evidence (run, leg, ordinal, sha256, data) VALUES (@run, @leg, @ordinal, @sha256, @data)",
        "SELECT run, leg, ordinal, sha256, data FROM evidence WHERE run = @run ORDER BY leg, ordinal");

    /// <summary>One segment at a time: no copy of the whole is ever made.</summary>
    public static void Write(RunTableWriter evidence, long number, MatchEvidence matches)
    {
        for (var leg = 0; leg < matches.Legs.Count; leg++)
        {
            var ordinal = 0;
            foreach (var segment in EvidenceFormat.Write(matches.Legs[leg]))
            {
                evidence.Add(number, leg, ordinal++, StoreText.Sha256(segment), segment);
            }
        }
    }

    /// <exception cref="ReconException">A segment does not have its hash, or one is missing.</exception>
    public static MatchEvidence Read(Database database, RunRow run)
    {
        var segments = database.All(
            Table.OfRun, row => new Segment(row.Int(1), row.Int(2), row.Text(3), row.Bytes(4)), run.Number);
        foreach (var segment in segments)
        {
            if (StoreText.Sha256(segment.Data) != segment.Sha256)
            {
                throw StorageFault.Damaged(
                    database.Path,
                    $"the evidence of run {run.Head.Id} is damaged: leg {segment.Leg}, segment {segment.Ordinal}");
            }
        }

        var legs = segments.GroupBy(segment => segment.Leg)
            .Select(leg => EvidenceFormat.Read(leg.Select(segment => segment.Data)))
            .ToList();
        return legs.Sum(leg => leg.Count) == run.Head.Matches
            ? new MatchEvidence(legs)
            : throw StorageFault.Damaged(
                database.Path, $"the evidence of run {run.Head.Id} is damaged: {run.Head.Matches} matches were recorded");
    }

    sealed record Segment(int Leg, int Ordinal, string Sha256, byte[] Data);
}
