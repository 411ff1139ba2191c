// What an editor and the language server say to each other: the parts of the Language Server Protocol 3.17 that are used here.
using System.Text.Json.Serialization;

namespace Recon.Cli.LanguageServing;

/// <summary>Line and character count from 0; characters are UTF-16 code units.</summary>
sealed record Position([property: JsonPropertyName("line")] int Line, [property: JsonPropertyName("character")] int Character);

sealed record Span([property: JsonPropertyName("start")] Position Start, [property: JsonPropertyName("end")] Position End)
{
    internal static Span Of(int line, int column, int length) => new(new Position(line, column), new Position(line, column + length));

    /// <param name="place">Counts from 1.</param>
    internal static Span Of(Model.Place place) => Of(place.Line - 1, place.Column - 1, Math.Max(0, place.EndColumn - place.Column));
}

sealed record TextEdit([property: JsonPropertyName("range")] Span Range, [property: JsonPropertyName("newText")] string NewText);

sealed record Location([property: JsonPropertyName("uri")] string Uri, [property: JsonPropertyName("range")] Span Range);

sealed record Remark(
    [property: JsonPropertyName("range")] Span Range,
    [property: JsonPropertyName("severity")] int Severity,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("message")] string Message);

sealed record Remarks([property: JsonPropertyName("uri")] string Uri, [property: JsonPropertyName("diagnostics")] IReadOnlyList<Remark> Diagnostics);

/// <param name="Kind">10 a property, 12 a value, 6 a variable, 5 a field, 3 a function, 18 a reference, 21 a constant.</param>
sealed record CompletionItem(
    [property: JsonPropertyName("label")] string Label,
    [property: JsonPropertyName("kind")] int Kind,
    [property: JsonPropertyName("detail")] string Detail);

sealed record Markup([property: JsonPropertyName("kind")] string Kind, [property: JsonPropertyName("value")] string Value);

sealed record Hover([property: JsonPropertyName("contents")] Markup Contents);

sealed record WorkspaceEdit([property: JsonPropertyName("changes")] IReadOnlyDictionary<string, IReadOnlyList<TextEdit>> Changes);

sealed record CodeAction(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("edit")] WorkspaceEdit Edit);
