// A file that an editor has open: its text, what the checker says of it, what can be proposed in it.
using System.Text;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Packs;

namespace Recon.Cli.LanguageServing;

/// <summary>Replaced as a whole with each change.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Last">Of the newest text that could be read.</param>
sealed record OpenFile(string Path, string Text, IReadOnlyList<Diagnostic> Found, PackLoad? Last)
{
    internal EditedFile Kind => System.IO.Path.GetFileName(Path) switch
    {
        "pack.test.yaml" => EditedFile.Tests,
        OpenedWorkspace.WorkspaceFile => EditedFile.Workspace,
        _ => EditedFile.Pack,
    };

    internal PackEditor Editor => new(Text, Kind, Last);

    internal static bool IsServed(string path) => System.IO.Path.GetFileName(path) is "pack.yaml" or "pack.test.yaml" or OpenedWorkspace.WorkspaceFile;

    /// <summary>Checks a text as it stands in the editor, with the file beside it as it stands there or on disk.</summary>
    /// <param name="textOf">The text of an open file; null where it is not open.</param>
    internal static OpenFile Of(string path, string text, OpenFile? before, Func<string, string?> textOf, CancellationToken cancellation)
    {
        var file = new OpenFile(path, text, [], before?.Last);
        return file.Kind == EditedFile.Workspace
            ? file with { Found = WorkspaceLoader.Load(Texted(path, text)).Diagnostics }
            : file.Checked(textOf, cancellation);
    }

    OpenFile Checked(Func<string, string?> textOf, CancellationToken cancellation)
    {
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        var packPath = System.IO.Path.Combine(directory, "pack.yaml");
        var packText = Kind == EditedFile.Pack ? Text : textOf(packPath) ?? (File.Exists(packPath) ? File.ReadAllText(packPath) : "");
        var testPath = System.IO.Path.Combine(directory, "pack.test.yaml");
        var testText = Kind == EditedFile.Tests ? Text : textOf(testPath) ?? (File.Exists(testPath) ? File.ReadAllText(testPath) : null);
        var bytes = Encoding.UTF8.GetBytes(packText);
        var pack = PackFiles.WithBeside(new PackText(packPath, bytes), directory);
        var load = PackLoader.Load(pack, testText is null ? null : Texted(testPath, testText), PackOptions.Default);
        var compiled = load.Rules.Count == 0 ? [] : RuleCompiler.Compile(load.Rules, load.Sources, load.Parameters, cancellation).Diagnostics;
        return this with
        {
            Found = [.. load.Diagnostics.Concat(compiled).Where(found => found.Place.File == Path).DistinctBy(found => (found.Place, found.Code))],
            Last = load.Sources.Count > 0 ? load : Last,
        };
    }

    static PackText Texted(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}
