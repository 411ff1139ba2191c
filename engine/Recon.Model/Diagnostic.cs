// What is wrong with a pack, and where: the author's kind of failure.
namespace Recon.Model;

/// <summary>One finding about a pack or workspace file.</summary>
/// <param name="Code">Stable code, <c>RC</c> and four digits; its page stands in <c>rules/DIAGNOSTICS.md</c>.</param>
/// <param name="Place">Where, in the text as the author wrote it.</param>
/// <param name="Message">What was found and what was expected, one line.</param>
/// <param name="Hint">What to do about it; null where the message says it.</param>
public sealed record Diagnostic(string Code, Severity Severity, Place Place, string Message, string? Hint = null)
{
    /// <summary>What would mend it; null where that is for the author to say.</summary>
    public Edit? Fix { get; init; }

    /// <summary><c>pack.yaml:14:9: error RC2003: message</c>, as editors and CI understand it.</summary>
    public override string ToString() =>
        $"{Place.File}:{Place.Line}:{Place.Column}: {(Severity == Severity.Error ? "error" : "warning")} {Code}: {Message}";
}

public enum Severity
{
    Warning,
    Error,
}

/// <summary>A stretch of a line and what to write there.</summary>
/// <param name="Text">May have several lines, with LF between them.</param>
public sealed record Edit(Place Place, string Text);

/// <summary>A stretch of one line. Line and columns count from 1 in characters; the end column is exclusive.</summary>
/// <param name="LineText">The line as written, without its line end, for the caret.</param>
public sealed record Place(string File, int Line, int Column, int EndColumn, string LineText);
