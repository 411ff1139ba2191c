// Finds amounts of a pack in a currency that nothing it reads can be in.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

static partial class CurrencyChecks
{
    // Tests write what they like; a sentence may name anything.
    static readonly string[] NotAsked = ["tests", "description", "allow_amount_only", "owner", "assign", "fields"];

    /// <summary>
    /// Warns of each amount in <c>params</c>, <c>passes</c>, <c>classify</c> and <c>resolve</c> whose currency is neither in
    /// ISO 4217 nor the currency of a field.
    /// </summary>
    public static void WarnOfUnknown(MapNode root, PackScope scope)
    {
        var declared = scope.Sources.SelectMany(source => source.Spec.Fields)
            .Select(field => field.Currency?.Constant).OfType<Currency>().ToHashSet();
        foreach (var amount in AmountsOf(root))
        {
            var match = Amount().Match(amount.Text);
            if (Currency.TryParse(match.Groups[1].Value, out var currency) && IsoCurrencies.MinorUnits(currency) is null
                && !declared.Contains(currency))
            {
                scope.Report.Add(
                    Findings.UnknownCurrency, amount.PlaceOf(match.Groups[1].Index, match.Groups[1].Length),
                    NearestName.Hint(currency.Code, IsoCurrencies.Codes), currency.Code);
            }
        }
    }

    /// <summary>True, reported, where an amount in this currency is held against fields that are all in others.</summary>
    /// <param name="fields">Money fields; one whose currency stands in a column may be in any.</param>
    public static bool CanNeverMeet(Currency? currency, IEnumerable<FieldSpec> fields, Place place, Report report)
    {
        if (currency is not { } asked
            || fields.FirstOrDefault(field => field.Currency?.Constant is { } constant && constant != asked) is not { } other)
        {
            return false;
        }

        report.Add(Findings.OtherCurrency, place, null, other.Name, other.Currency!.Constant!.Value.Code, asked.Code);
        return true;
    }

    static IEnumerable<ScalarNode> AmountsOf(Node node) => node switch
    {
        ScalarNode { Form: not ScalarForm.Literal and not ScalarForm.Folded } scalar when Amount().IsMatch(scalar.Text) => [scalar],
        ListNode list => list.Items.SelectMany(AmountsOf),
        MapNode map => map.Entries.Where(entry => !NotAsked.Contains(entry.Key.Text)).SelectMany(entry => AmountsOf(entry.Value)),
        _ => [],
    };

    [GeneratedRegex(@"^(?:.*%.* max )?[0-9]+(?:\.[0-9]+)? ([A-Z]{3,12})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
