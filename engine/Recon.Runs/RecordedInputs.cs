// Whether what a recorded run began from is still there.
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Runs;

static class RecordedInputs
{
    const int NamesShown = 10;

    /// <param name="inputs">Those of the date as they are read now; sources that the run did not have are passed over.</param>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>, with what is not as it was.</exception>
    public static void Demand(StoredRun recorded, IReadOnlyList<RawTable> inputs)
    {
        var head = recorded.Head;
        if (head.IsStale)
        {
            throw new ReconException(
                $"run {head.Id} of {head.BusinessDate:yyyy-MM-dd} began from a run that does not stand any more: what was open before it cannot be had again",
                FaultKind.InputWrong);
        }

        var moved = recorded.Record.Sources.SelectMany(source =>
            inputs.FirstOrDefault(table => table.Source == source.Name) is { } table ? Moved(source.Files, table.Files) : []).ToList();
        if (moved.Count > 0)
        {
            throw new ReconException(
                $"the inputs of run {head.Id} are not what they were: {string.Join("; ", moved.Take(NamesShown))}"
                    + (moved.Count > NamesShown ? $" and {moved.Count - NamesShown} more" : ""),
                FaultKind.InputWrong);
        }
    }

    // A file is known by its content: under another name it is the same.
    static IEnumerable<string> Moved(IReadOnlyList<InputFile> then, IReadOnlyList<InputFile> now)
    {
        var (before, after) = (then.Select(file => file.Sha256).ToHashSet(), now.Select(file => file.Sha256).ToHashSet());
        return then.Where(file => !after.Contains(file.Sha256))
            .Select(file => now.Any(other => other.Name == file.Name) ? $"{file.Name} was changed" : $"{file.Name} is gone")
            .Concat(now.Where(file => !before.Contains(file.Sha256) && then.All(other => other.Name != file.Name)).Select(file => $"{file.Name} is new"));
    }
}
