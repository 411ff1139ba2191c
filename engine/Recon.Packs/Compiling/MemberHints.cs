// What to write instead of a member that rules do without.
using Microsoft.CodeAnalysis;

namespace Recon.Packs.Compiling;

static class MemberHints
{
    /// <summary>A way that is allowed and means the same; null where there is none.</summary>
    public static string? Of(ISymbol member) => (member.ContainingType?.Name, member.Name) switch
    {
        ("String", "ToUpper" or "ToLower") => $"{member.Name}Invariant() does not depend on culture",
        ("String", "Contains" or "StartsWith" or "EndsWith" or "IndexOf") =>
            "say how letters are compared: add StringComparison.Ordinal or StringComparison.OrdinalIgnoreCase",
        ("String", "CompareTo" or "Compare") => "texts have no order here; ask for equality",
        ("StringComparison", _) => "use StringComparison.Ordinal or StringComparison.OrdinalIgnoreCase",
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
