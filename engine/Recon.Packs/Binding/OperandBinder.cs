// Binds the two sides that face each other in a pass.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

/// <summary>Sides of one pass: left and right as in its join.</summary>
sealed class OperandBinder(PackScope scope, BoundSource left, BoundSource right, Cardinality cardinality)
{
    /// <summary>The two sides; null, reported, where one cannot be told.</summary>
    public (Operand Left, Operand Right)? Bind(
        ScalarNode leftNode, (int Start, int Length) leftPart, ScalarNode rightNode,
        (int Start, int Length) rightPart)
    {
        var leftTerms = SmallSum.Parse(leftNode, leftPart.Start, leftPart.Length, scope.Report);
        var rightTerms = SmallSum.Parse(rightNode, rightPart.Start, rightPart.Length, scope.Report);
        if (leftTerms is null || rightTerms is null || AreSwapped(leftTerms, rightTerms, leftNode))
        {
            return null;
        }

        var first = BindSide(leftNode, leftTerms, left, right, cardinality is Cardinality.ManyToOne or Cardinality.ManyToMany);
        var second = BindSide(rightNode, rightTerms, right, left, cardinality is Cardinality.OneToMany or Cardinality.ManyToMany);
        return first is null || second is null || !MayFace(first, second, leftNode) ? null : (first, second);
    }

    /// <summary>What stands for one record of the left source; null, reported, where it cannot be told.</summary>
    public Operand? BindOne(ScalarNode node) =>
        SmallSum.Parse(node, 0, node.Text.Length, scope.Report) is { } terms
            ? BindSide(node, terms, left, left, many: false)
            : null;

    /// <summary><c>ledger.amount</c>, <c>sum(provider.gross - provider.fee)</c>.</summary>
    public static string Text(Operand operand, bool summed)
    {
        var text = Text(operand.Terms);
        return summed && IsAmount(operand.Kind) ? $"sum({text})" : text;
    }

    public static string Text(IReadOnlyList<Term> terms) => string.Concat(terms.Select((term, i) =>
        $"{(term.Minus ? (i == 0 ? "-" : " - ") : (i == 0 ? "" : " + "))}{term.Source}.{term.Field}"));

    public static bool IsAmount(FieldKind kind) => kind is FieldKind.Money or FieldKind.Number;

    bool AreSwapped(IReadOnlyList<SumTerm> first, IReadOnlyList<SumTerm> second, ScalarNode node)
    {
        var swapped = first.All(term => IsOf(term, right, left))
            && second.All(term => IsOf(term, left, right));
        if (swapped)
        {
            scope.Report.Add(
                Findings.SidesSwapped, node.Place, $"write the field of '{left.Name}' on the left", left.Name,
                right.Name);
        }

        return swapped;
    }

    /// <summary>True where a term can only be of <paramref name="owner"/>.</summary>
    static bool IsOf(SumTerm term, BoundSource owner, BoundSource other) => term.Source is null
        ? owner.Find(term.Field) is not null && other.Find(term.Field) is null && other.FieldsKnown
        : term.Source == owner.Name;

    Operand? BindSide(
        ScalarNode node, IReadOnlyList<SumTerm> terms, BoundSource own, BoundSource other, bool many)
    {
        var bound = new List<Term>();
        FieldKind? kind = null;
        foreach (var term in terms)
        {
            if (BindTerm(node, term, own, other) is not { } field)
            {
                return null;
            }

            if (kind is { } first && first != field.Kind)
            {
                Report(
                    node, term, Findings.KindsDiffer, terms[0].Name, Literals.Name(first), term.Name,
                    Literals.Name(field.Kind));
                return null;
            }

            if (!IsAmount(field.Kind) && (terms.Count > 1 || term.Minus || term.Summed))
            {
                Report(
                    node, term, Findings.WrongKind, $"'{term.Name}'", Literals.Name(field.Kind),
                    "money or a number");
                return null;
            }

            kind = field.Kind;
            bound.Add(new Term(term.Minus, own.Name, field.Name));
        }

        return CheckSums(node, terms, own, many, kind!.Value)
            ? new Operand(own.Name, kind.Value, bound)
            : null;
    }

    FieldSpec? BindTerm(ScalarNode node, SumTerm term, BoundSource own, BoundSource other)
    {
        var place = node.PlaceOf(term.Offset, term.Length);
        if (term.Source is not null && term.Source != own.Name)
        {
            if (scope.Source(term.Source, place) is { } foreign)
            {
                ReportForeign(foreign, own, other, place);
            }

            return null;
        }

        var field = own.Field(term.Field, place, scope.Report, out var certain);
        return certain ? field : null;
    }

    void ReportForeign(BoundSource foreign, BoundSource own, BoundSource other, Place place)
    {
        var hint = $"a field of '{own.Name}' is expected here";
        if (left == right)
        {
            scope.Report.Add(Findings.ForeignSource, place, hint, own.Name, foreign.Name);
            return;
        }

        var inPass = foreign.Name == other.Name;
        scope.Report.Add(
            inPass ? Findings.SidesSwapped : Findings.NoSuchLeg, place, hint, left.Name,
            inPass ? right.Name : foreign.Name);
    }

    bool CheckSums(ScalarNode node, IReadOnlyList<SumTerm> terms, BoundSource own, bool many, FieldKind kind)
    {
        var wrong = IsAmount(kind) ? terms.FirstOrDefault(term => term.Summed != many) : null;
        if (wrong is null)
        {
            return true;
        }

        if (many)
        {
            Report(node, wrong, Findings.SumNeeded, own.Name);
        }
        else
        {
            Report(node, wrong, Findings.SumOfOne, own.Name);
        }

        return false;
    }

    bool MayFace(Operand first, Operand second, ScalarNode node)
    {
        var times = first.Kind is FieldKind.Date or FieldKind.Instant
            && second.Kind is FieldKind.Date or FieldKind.Instant;
        if (first.Kind == second.Kind || times)
        {
            return true;
        }

        scope.Report.Add(
            Findings.KindsDiffer, node.Place, null, Text(first.Terms), Literals.Name(first.Kind),
            Text(second.Terms), Literals.Name(second.Kind));
        return false;
    }

    void Report(ScalarNode node, SumTerm term, Finding finding, params string[] parts)
    {
        var hint = finding == Findings.SumNeeded ? $"sum({term.Name})"
            : finding == Findings.SumOfOne ? $"write {term.Name} alone"
            : null;
        scope.Report.Add(finding, node.PlaceOf(term.Offset, term.Length), hint, parts);
    }
}
