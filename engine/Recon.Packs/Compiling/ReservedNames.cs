// Names that a local or the x of x => … may not take.
namespace Recon.Packs.Compiling;

static class ReservedNames
{
    /// <summary>
    /// Beside sources and types: names whose second meaning would deceive a reader, and C#'s words that are names only in
    /// some places.
    /// </summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        ProgramText.Parameters, ProgramText.Meter, "Cal", "Enumerable", "System", "Recon", "nameof", "var", "await", "async",
        "dynamic", "value", "field",
        "record", "file", "required", "scoped", "unmanaged", "notnull", "nint", "nuint", "global", "yield",
        "when", "and", "or", "not",
        "with", "from", "where", "select", "let", "into", "orderby", "join", "on", "equals", "by",
        "ascending", "descending", "group",
        "args", "partial", "get", "set", "init", "add", "remove", "alias", "managed", "extension",
    ];

    /// <summary>A class of the program around the rules may be called so.</summary>
    /// <param name="isClass">It names a class of helpers: that may not be one of records and their columns either.</param>
    public static bool IsGenerated(string name, bool isClass = false) => name == ProgramNames.Program
        || (name.StartsWith(ProgramText.RuleClasses, StringComparison.Ordinal) && name.Length > ProgramText.RuleClasses.Length
            && char.IsAsciiDigit(name[ProgramText.RuleClasses.Length]))
        || (isClass && name.Contains("Record", StringComparison.Ordinal));
}
