// Binds the section `trust`.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

sealed class TrustBinder(PackScope scope)
{
    public List<TrustSpec> Bind(MapNode? section, Keys root)
    {
        var rules = new List<TrustSpec>();
        foreach (var entry in section?.Entries ?? [])
        {
            _ = Names.CheckIdentifier(entry.Key, "a field of the event", scope.Report);
            if (root.Shape<ListNode>(entry.Value, "a list, the most trusted first") is { } list)
            {
                rules.Add(new TrustSpec(entry.Key.Text, Sources(list, entry.Key, root)));
            }
        }

        return rules;
    }

    List<TrustedField> Sources(ListNode list, ScalarNode owner, Keys root)
    {
        var trusted = new List<TrustedField>();
        FieldSpec? first = null;
        if (list.Items.Count == 0)
        {
            scope.Report.Add(Findings.Empty, owner.Place, "name who is believed", $"'{owner.Text}'");
        }

        foreach (var item in list.Items)
        {
            if (root.Shape<ScalarNode>(item, "source.field") is not { } node
                || FieldPath.Bind(node, scope) is not { } found)
            {
                continue;
            }

            var (source, field) = found;
            first ??= field;
            if (trusted.Exists(earlier => earlier.Source == source.Name))
            {
                scope.Report.Add(
                    Findings.DuplicateName, node.Place, "a source is named once", "entries of", source.Name);
            }
            else if (first.Kind != field.Kind)
            {
                scope.Report.Add(
                    Findings.KindsDiffer, node.Place, null, $"'{first.Name}'", Literals.Name(first.Kind),
                    $"'{field.Name}'", Literals.Name(field.Kind));
            }
            else
            {
                trusted.Add(new TrustedField(source.Name, field.Name));
            }
        }

        return trusted;
    }
}

/// <summary>Names of the form <c>source.field</c>.</summary>
static class FieldPath
{
    /// <summary>Source and field; null, reported, where there is no such thing or the field's kind is in doubt.</summary>
    public static (BoundSource Source, FieldSpec Field)? Bind(ScalarNode node, PackScope scope)
    {
        var dot = node.Text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == node.Text.Length - 1)
        {
            var owners = scope.Sources.Where(source => source.Find(node.Text) is not null)
                .Select(source => $"{source.Name}.{node.Text}");
            scope.Report.Add(
                Findings.BadText, node.Place, NearestName.Hint(node.Text, owners) ?? "ledger.amount",
                node.Text, "of the form source.field");
            return null;
        }

        if (scope.Source(node.Text[..dot], node.PlaceOf(0, dot)) is not { } source)
        {
            return null;
        }

        var place = node.PlaceOf(dot + 1, node.Text.Length - dot - 1);
        var field = source.Field(node.Text[(dot + 1)..], place, scope.Report, out var certain);
        return field is not null && certain ? (source, field) : null;
    }
}
