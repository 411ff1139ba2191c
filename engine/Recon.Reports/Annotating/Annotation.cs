// What a reviewer is told beside a line of a pack, whichever program shows it.
using Recon.Model;
using Recon.Reports.Sections;

namespace Recon.Reports.Annotating;

public enum AnnotationLevel
{
    Note,
    Warning,
    Error,
}

/// <summary>One remark about rules; what comes from a pack is made plain text, so that it steers no terminal and breaks no format.</summary>
/// <param name="Rule">What kind of remark: the code of a diagnostic, or <c>plan/gate</c>, <c>plan/change</c>, <c>plan/version</c>.</param>
/// <param name="Title">Of the kind, in few words.</param>
public sealed record Annotation(string Rule, string Title, AnnotationLevel Level, string Message, Place Place)
{
    public string Message { get; } = PlainText.WellFormed(Message);

    public string Title { get; } = PlainText.WellFormed(Title);

    /// <summary>What would mend it; null where that is for the author to say.</summary>
    public Edit? Fix { get; private init; }

    public static Annotation Of(Diagnostic diagnostic) => new(
        diagnostic.Code,
        $"recon check {diagnostic.Code}",
        diagnostic.Severity == Severity.Error ? AnnotationLevel.Error : AnnotationLevel.Warning,
        diagnostic.Hint is { } hint ? $"{diagnostic.Message}\nhint: {hint}" : diagnostic.Message,
        diagnostic.Place)
    {
        Fix = diagnostic.Fix,
    };
}
