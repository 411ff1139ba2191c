// Binds `compare` and `within` of a pass.
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

/// <summary>What faces each other in a pass.</summary>
/// <param name="Complete">False where one could not be bound: nobody then asks for more.</param>
sealed record BoundComparisons(IReadOnlyList<Comparison> List, bool Complete);

sealed class ComparisonBinder(
    PackScope scope, BoundSource left, BoundSource right, Cardinality cardinality, string? calendar)
{
    readonly OperandBinder _operands = new(scope, left, right, cardinality);
    readonly List<Comparison> _list = [];
    bool _complete = true;

    /// <summary>What was bound so far.</summary>
    public BoundComparisons Bound => new(_list, _complete);

    /// <summary>Those of <c>within</c> first, then those that only <c>compare</c> names.</summary>
    public BoundComparisons Bind(Keys keys)
    {
        foreach (var entry in keys.Map("within")?.Entries ?? [])
        {
            BindWithin(entry);
        }

        foreach (var entry in keys.Map("compare")?.Entries ?? [])
        {
            if (keys.Shape<ScalarNode>(entry.Value, "the other side") is { } other)
            {
                BindCompare(entry.Key, other);
            }
        }

        var unread = (keys.Has("compare") && keys.Map("compare") is null)
            || (keys.Has("within") && keys.Map("within") is null);
        return new BoundComparisons(_list, _complete && !unread);
    }

    /// <summary>Two sides that only face each other.</summary>
    public void BindCompare(ScalarNode one, ScalarNode other) =>
        Add(_operands.Bind(one, (0, one.Text.Length), other, (0, other.Text.Length)), null, one);

    /// <summary>Two sides with how far they may lie apart.</summary>
    public void BindWithin(Entry entry)
    {
        var text = entry.Key.Text;
        var middle = text.IndexOf('~', StringComparison.Ordinal);
        if (middle < 0)
        {
            scope.Report.Add(
                Findings.BadSum, entry.Key.Place, "ledger.amount ~ provider.gross: 0.02 EUR", text,
                "'~' stands between the two sides");
            _complete = false;
            return;
        }

        var sides = _operands.Bind(entry.Key, (0, middle), entry.Key, (middle + 1, text.Length - middle - 1));
        if (sides is not var (first, second))
        {
            CheckAlone(entry.Value);
            _complete = false;
        }
        else if (Tolerance(entry, first, second) is { } tolerance)
        {
            Add((first, second), tolerance, entry.Key);
        }
        else
        {
            _complete = false;
        }
    }

    // Of what faces each other nothing is known: what no tolerance of any kind looks like is told all the same.
    void CheckAlone(Node written)
    {
        if (written is not ScalarNode { IsNull: false } node)
        {
            return;
        }

        if (PackScope.IsReference(node))
        {
            _ = scope.Parameters.Use(node);
        }
        else if (!AmountToleranceBinder.IsForm(node.Text) && !ToleranceBinder.IsForm(node.Text) && !TextToleranceBinder.IsForm(node.Text))
        {
            scope.Report.Add(Findings.BadTolerance, node.Place, "0.02 EUR, 1% of larger, 2d, 36h, contains", node.Text, "anything");
        }
    }

    Tolerance? Tolerance(Entry entry, Operand first, Operand second)
    {
        if (entry.Value is ScalarNode { IsNull: true })
        {
            scope.Report.Add(Findings.NoValue, entry.Key.Place, "0, 0.02 EUR, 2d, 36h", entry.Key.Text);
            return null;
        }

        return entry.Value is LostNode ? null : new ToleranceBinder(scope, left, right, calendar).Bind(entry.Value, first, second);
    }

    void Add((Operand Left, Operand Right)? sides, Tolerance? tolerance, ScalarNode key)
    {
        if (sides is not var (first, second))
        {
            _complete = false;
            return;
        }

        var name = $"{OperandBinder.Text(first, cardinality is Cardinality.ManyToOne or Cardinality.ManyToMany)} ~ "
            + OperandBinder.Text(second, cardinality is Cardinality.OneToMany or Cardinality.ManyToMany);
        if (!_list.Exists(known => known.Name == name))
        {
            _list.Add(new Comparison(name, first, second, tolerance));
        }
        else if (tolerance is not null)
        {
            scope.Report.Add(Findings.DuplicateName, key.Place, "keep one", "tolerances for", name);
        }
    }
}
