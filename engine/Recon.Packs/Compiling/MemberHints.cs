// What to write instead of a member that rules do without.
using Microsoft.CodeAnalysis;

namespace Recon.Packs.Compiling;

static class MemberHints
{
    /// <summary>Why the name of a type of the platform means nothing in a rule, and what to write instead; null for any other name.</summary>
    public static string? OfUnknown(string name) => name switch
    {
        "DateTime" or "DateTimeOffset" or "TimeProvider" or "Stopwatch" => "a rule has no clock; put a date into a parameter",
        "Random" or "Guid" => "a rule has no chance: it answers the same every time",
        "Environment" or "File" or "Directory" or "Path" or "Console" or "HttpClient" or "Process" or "Thread" or "Task" =>
            "a rule sees its records and parameters, no file, network, environment or thread",
        "Regex" => "patterns are asked with Fn.Matches(text, \"…\") and Fn.Extract(text, \"…\")",
        "Convert" or "BigInteger" or "Double" or "Single" => "numbers are decimal; give the field its type in the source",
        "String" => "write string",
        "Decimal" => "write decimal",
        _ => null,
    };

    /// <summary>A way that is allowed and means the same; null where there is none.</summary>
    public static string? Of(ISymbol member) => (member.ContainingType?.Name, member.Name) switch
    {
        ("String", "ToUpper" or "ToLower") => $"{member.Name}Invariant() does not depend on culture",
        ("String", "Contains" or "StartsWith" or "EndsWith" or "IndexOf") =>
            "say how letters are compared: add StringComparison.Ordinal or StringComparison.OrdinalIgnoreCase",
        ("String", "CompareTo" or "Compare") => "texts have no order here; ask for equality",
        ("StringComparison", _) => "use StringComparison.Ordinal or StringComparison.OrdinalIgnoreCase",
        ("String", "Join" or "Format") => "join texts with +",
        (_, "Parse" or "TryParse") => "give the field its type in the source, or derive one: then it is read once, and what is wrong is a reject",
        ("DateOnly", "AddYears") => "AddMonths(12) does it",
        ("Math", "Pow" or "Sqrt" or "Log" or "Exp") => "not exact; multiply",
        ("Enumerable", "ToList" or "ToArray" or "AsEnumerable") => "a list needs no other form: ask it with Any, All, Count, Sum",
        (_, "ToString") => "compare values, not their text",
        (_, "GetHashCode") => "it differs from run to run",
        ("DateTime" or "DateTimeOffset" or "DateOnly", "Now" or "UtcNow" or "Today" or "FromDateTime") =>
            "a rule has no clock; put a date into a parameter",
        ("Enumerable", "OrderBy" or "OrderByDescending" or "Order") => "ask with Min, Max, Any, All",
        ("Enumerable", "FirstOrDefault" or "SingleOrDefault") =>
            "ask with Any, or take First where there is one",
        _ => null,
    };
}
