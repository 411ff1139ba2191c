// What an editor asks about packs, answered over JSON-RPC: findings, proposals, meanings, declarations, names, fixes, layout.
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Recon.Model;
using Recon.Packs;
using StreamJsonRpc;

namespace Recon.Cli.LanguageServing;

/// <summary>One editor. Methods are named as in the Language Server Protocol 3.17; a text is sent whole with each change.</summary>
sealed class LanguageServer
{
    const int WholeText = 1;

    readonly ConcurrentDictionary<string, OpenFile> _files = new(StringComparer.Ordinal);
    readonly TaskCompletionSource _ended = new();

    /// <summary>Set before the first message is read.</summary>
    internal JsonRpc? Editor { get; set; }

    /// <summary>Done when the editor has said that it ends.</summary>
    internal Task Ended => _ended.Task;

    [JsonRpcMethod("initialize", UseSingleObjectParameterDeserialization = true)]
    public static object Initialize(JsonElement asked) => new
    {
        capabilities = new
        {
            textDocumentSync = new { openClose = true, change = WholeText, save = true },
            completionProvider = new { triggerCharacters = new[] { ".", " ", "$", "{", "[" } },
            hoverProvider = true,
            definitionProvider = true,
            renameProvider = true,
            codeActionProvider = new { codeActionKinds = new[] { "quickfix" } },
            documentFormattingProvider = true,
        },
        serverInfo = new { name = "recon" },
    };

    [JsonRpcMethod("initialized", UseSingleObjectParameterDeserialization = true)]
    public static void Initialized(JsonElement asked)
    {
    }

    [JsonRpcMethod("shutdown")]
    public static object? Shutdown() => null;

    [JsonRpcMethod("exit")]
    public void Exit() => _ended.TrySetResult();

    [JsonRpcMethod("textDocument/didOpen", UseSingleObjectParameterDeserialization = true)]
    public Task OpenAsync(JsonElement asked) => ChangedAsync(UriOf(asked), asked.GetProperty("textDocument").GetProperty("text").GetString()!);

    [JsonRpcMethod("textDocument/didChange", UseSingleObjectParameterDeserialization = true)]
    public Task ChangeAsync(JsonElement asked)
    {
        var changes = asked.GetProperty("contentChanges");
        return ChangedAsync(UriOf(asked), changes[changes.GetArrayLength() - 1].GetProperty("text").GetString()!);
    }

    // What lies beside may have been written meanwhile.
    [JsonRpcMethod("textDocument/didSave", UseSingleObjectParameterDeserialization = true)]
    public Task SaveAsync(JsonElement asked) => _files.TryGetValue(UriOf(asked), out var file) ? ChangedAsync(UriOf(asked), file.Text) : Task.CompletedTask;

    [JsonRpcMethod("textDocument/didClose", UseSingleObjectParameterDeserialization = true)]
    public void Close(JsonElement asked) => _files.TryRemove(UriOf(asked), out _);

    [JsonRpcMethod("textDocument/completion", UseSingleObjectParameterDeserialization = true)]
    public IReadOnlyList<CompletionItem> Complete(JsonElement asked) => At(asked) is { } at
        ? [.. at.File.Editor.ProposalsAt(at.Line, at.Column).Select(proposal => new CompletionItem(proposal.Text, KindOf(proposal.Kind), proposal.What))]
        : [];

    [JsonRpcMethod("textDocument/hover", UseSingleObjectParameterDeserialization = true)]
    public Hover? Hover(JsonElement asked) => At(asked) is { } at && at.File.Editor.MeaningAt(at.Line, at.Column) is { } meaning
        ? new Hover(new Markup("plaintext", meaning))
        : null;

    [JsonRpcMethod("textDocument/definition", UseSingleObjectParameterDeserialization = true)]
    public Location? Define(JsonElement asked)
    {
        if (At(asked) is not { } at || at.File.Editor.WordAt(at.Line, at.Column) is not { Text.Length: > 0 } word)
        {
            return null;
        }

        // Tests speak of names that the pack beside them declares.
        return FilesWith(at.File).Select(file => file.Editor.DeclarationOf(word.Text) is var (line, column, length)
            ? new Location(UriOfPath(file.Path), Span.Of(line, column, length)) : null).FirstOrDefault(found => found is not null);
    }

    [JsonRpcMethod("textDocument/rename", UseSingleObjectParameterDeserialization = true)]
    public WorkspaceEdit? Rename(JsonElement asked)
    {
        if (At(asked) is not { } at || at.File.Editor.WordAt(at.Line, at.Column) is not { Text.Length: > 0 } word)
        {
            return null;
        }

        var now = asked.GetProperty("newName").GetString()!;
        if (!FilesWith(at.File).Any(file => file.Editor.IsRule(word.Text)))
        {
            throw new LocalRpcException($"'{word.Text}' is the id of no pass and no class of this pack; only those are renamed");
        }

        return new WorkspaceEdit(FilesWith(at.File).ToDictionary(
            file => UriOfPath(file.Path),
            file => (IReadOnlyList<TextEdit>)
                [.. file.Editor.Occurrences(word.Text).Select(place => new TextEdit(Span.Of(place.Line, place.Column, place.Length), now))],
            StringComparer.Ordinal));
    }

    [JsonRpcMethod("textDocument/codeAction", UseSingleObjectParameterDeserialization = true)]
    public IReadOnlyList<CodeAction> Mend(JsonElement asked)
    {
        if (!_files.TryGetValue(UriOf(asked), out var file))
        {
            return [];
        }

        var range = asked.GetProperty("range");
        var (first, last) = (LineOf(range.GetProperty("start")), LineOf(range.GetProperty("end")));
        return
        [
            .. file.Found.Where(found => found.Fix is not null && found.Place.Line - 1 >= first && found.Place.Line - 1 <= last)
                .Select(found => new CodeAction(
                    $"{found.Code}: write {(found.Fix!.Text.Contains('\n', StringComparison.Ordinal) ? "a block" : $"'{found.Fix.Text}'")}", "quickfix",
                    EditOf(UriOf(asked), new TextEdit(Span.Of(found.Fix.Place), found.Fix.Text)))),
        ];
    }

    [JsonRpcMethod("textDocument/formatting", UseSingleObjectParameterDeserialization = true)]
    public IReadOnlyList<TextEdit> Format(JsonElement asked) => _files.TryGetValue(UriOf(asked), out var file)
        && PackArranger.Arrange(new PackText(file.Path, Encoding.UTF8.GetBytes(file.Text))).Text is { } text && text != file.Text
            ? [new TextEdit(new Span(new Position(0, 0), new Position(file.Text.Count(letter => letter == '\n') + 1, 0)), text)]
            : [];

    async Task ChangedAsync(string uri, string text)
    {
        var path = PathOf(uri);
        if (!OpenFile.IsServed(path))
        {
            return;
        }

        var file = OpenFile.Of(path, text, _files.GetValueOrDefault(uri), TextOf, CancellationToken.None);
        _files[uri] = file;
        await Editor!.NotifyWithParameterObjectAsync("textDocument/publishDiagnostics", new Remarks(uri, [.. file.Found.Select(RemarkOf)]));
    }

    static Remark RemarkOf(Diagnostic found) => new(
        Span.Of(found.Place), found.Severity == Severity.Error ? 1 : 2, found.Code, "recon",
        found.Hint is { } hint ? $"{found.Message}\n{hint}" : found.Message);

    string? TextOf(string path) => _files.GetValueOrDefault(UriOfPath(path))?.Text;

    // The file itself, then those of its folder.
    IEnumerable<OpenFile> FilesWith(OpenFile file)
    {
        yield return file;
        foreach (var path in (string[])["pack.yaml", "pack.test.yaml"])
        {
            var other = Path.Combine(Path.GetDirectoryName(file.Path)!, path);
            if (other != file.Path && (TextOf(other) ?? (File.Exists(other) ? File.ReadAllText(other) : null)) is { } text)
            {
                yield return new OpenFile(other, text, [], file.Last);
            }
        }
    }

    (OpenFile File, int Line, int Column)? At(JsonElement asked)
    {
        var position = asked.GetProperty("position");
        return _files.TryGetValue(UriOf(asked), out var file) ? (file, LineOf(position), position.GetProperty("character").GetInt32()) : null;
    }

    static int LineOf(JsonElement position) => position.GetProperty("line").GetInt32();

    static WorkspaceEdit EditOf(string uri, TextEdit edit) => new(new Dictionary<string, IReadOnlyList<TextEdit>> { [uri] = [edit] });

    static string UriOf(JsonElement asked) => asked.GetProperty("textDocument").GetProperty("uri").GetString()!;

    static string PathOf(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile ? parsed.LocalPath : "";

    static string UriOfPath(string path) => new Uri(path).AbsoluteUri;

    static int KindOf(ProposalKind kind) => kind switch
    {
        ProposalKind.Key => 10,
        ProposalKind.Word => 12,
        ProposalKind.Source => 6,
        ProposalKind.Field => 5,
        ProposalKind.Function => 3,
        ProposalKind.Rule => 18,
        _ => 21,
    };
}
