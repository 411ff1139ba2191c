// The files of evidence as rows: which belong to a run, and what each of them is.
using Recon.Model;
using Recon.Runs.Results;
using Recon.Store.Evidence;

namespace Recon.Store.Rows;

static class EvidenceFileRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "evidence_files", "run leg ordinal attempt name matches bytes sha256", numbers: "run leg ordinal matches bytes");

    public static void Write(RunTableWriter rows, long number, IReadOnlyList<EvidenceFile> files)
    {
        foreach (var file in files)
        {
            rows.Add(number, file.Leg, file.Ordinal, file.Attempt, file.Name, file.Matches, file.Bytes, file.Sha256);
        }
    }

    public static List<EvidenceFile> OfRun(Database database, long run) => database.All(
        Table.OfRun(database),
        row => new EvidenceFile(row.Int(1), row.Int(2), row.Text(3), row.Text(4), row.Number(5), row.Number(6), row.Text(7)),
        run);

    /// <summary>The matches of a run from its files, in their order.</summary>
    /// <exception cref="ReconException">A file is missing or changed, or nobody says where the files are.</exception>
    public static MatchEvidence Read(Database database, RunRow run, IReadOnlyList<EvidenceFile> files, EvidencePlace? place)
    {
        var folder = FolderOf(run.Head.Id, place);
        try
        {
            return new MatchEvidence([.. files.GroupBy(file => file.Leg).Select(leg => Leg(leg, folder))]);
        }
        catch (ReconException fault)
        {
            throw database.Damaged($"the evidence of run {run.Head.Id} is damaged: {fault.Message}");
        }
    }

    /// <summary>The first fault in the files of a run; null where all are as they were written.</summary>
    public static string? FirstFault(Database database, RunRow run, EvidencePlace? place)
    {
        var files = OfRun(database, run.Number);
        if (files.Count == 0)
        {
            return null;
        }

        var folder = FolderOf(run.Head.Id, place);
        return files.Select(file => file.FaultIn(folder)).FirstOrDefault(fault => fault is not null) is { } found
            ? $"run {run.Head.Id}: its evidence is not as it was recorded: {found}"
            : null;
    }

    static LegEvidence Leg(IEnumerable<EvidenceFile> files, string folder)
    {
        var reader = new SegmentReader();
        foreach (var file in files)
        {
            using var bytes = new MemoryStream(file.Read(folder));
            reader.AppendAsync(bytes).GetAwaiter().GetResult();
        }

        return reader.Build();
    }

    static string FolderOf(string run, EvidencePlace? place) => place?.Folder ?? throw new ReconException(
        $"run {run} keeps its matches in files; say where they are in recon.yaml: evidence: {{ folder: PATH }}", FaultKind.Storage);
}
