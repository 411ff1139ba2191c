// Whether two rules ask for records that cannot be the same, so that their order is nobody's business.
using System.Text.RegularExpressions;
using Recon.Model.Rules;

namespace Recon.Runs.Mutating;

/// <summary>Reads only conditions that are a list of <c>source.field == "text"</c> and others, joined by <c>&amp;&amp;</c>; of all else it says no.</summary>
static partial class ApartRules
{
    /// <summary>A class is asked about one record, so one field that cannot be both is enough.</summary>
    public static bool Are(ClassSpec one, ClassSpec other) => Apart(one.When, other.When).Any();

    /// <summary>Passes compete for records of either side, so each source of the leg must be told apart.</summary>
    public static bool Are(PassSpec one, PassSpec other) =>
        !one.Leg.Names.Except(Apart(one.When, other.When), StringComparer.Ordinal).Any();

    // The sources of which no record meets both.
    static IEnumerable<string> Apart(RuleRef? one, RuleRef? other) =>
        from first in Texts(one)
        from second in Texts(other)
        where first.Source == second.Source && first.Field == second.Field && first.Text != second.Text
        select first.Source;

    static IEnumerable<(string Source, string Field, string Text)> Texts(RuleRef? rule) => rule is null || rule.Text.Contains("||", StringComparison.Ordinal)
        ? []
        : rule.Text.Split("&&").Select(part => Equal().Match(part.Trim())).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value));

    [GeneratedRegex("""^(\w+)\.(\w+) == "([^"\\]*)"$""", RegexOptions.CultureInvariant)]
    private static partial Regex Equal();
}
