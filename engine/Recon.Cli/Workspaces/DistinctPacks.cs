// Two packs of one id would share runs, breaks and keys of postings.
using Recon.Packs;

namespace Recon.Cli.Workspaces;

static class DistinctPacks
{
    /// <summary>Ends the command where two packs of the workspace have one id; a pack that is wrong has none.</summary>
    /// <exception cref="PackWrongException">They have, and both files have been named on stderr.</exception>
    internal static void Check(OpenedWorkspace workspace)
    {
        var fileOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in workspace.Packs.Select(pack => Path.Combine(pack, "pack.yaml")).Where(File.Exists))
        {
            var shown = DisplayPath.Of(file);
            var text = PackFiles.Read(file);
            var options = PackOptions.Default with { Calendars = [.. workspace.Calendars.Keys] };
            if (PackLoader.Load(text, null, options).Pack is { } pack && !fileOf.TryAdd(pack.Id, shown))
            {
                Console.Error.WriteLine(
                    $"recon: two packs with id {pack.Id}: {fileOf[pack.Id]} and {shown}; an id is part of every key, so give one of them another");
                throw new PackWrongException();
            }
        }
    }
}
