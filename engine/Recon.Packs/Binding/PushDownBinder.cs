// Binds `push_down` of a pass, and refuses it where the server could not join its records with the same answer.
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;

namespace Recon.Packs.Binding;

/// <summary>A pass alone does not tell: what else looks at its records is known when the whole pack is bound.</summary>
sealed class PushDownBinder(PackScope scope, IReadOnlyList<ClassSpec> classes)
{
    public static bool Bind(Keys pass, PackScope scope)
    {
        var isPushedDown = Words.Choose(pass, "push_down", Words.TrueFalse, Defaults.PushDown, scope.Report);
        if (isPushedDown)
        {
            scope.PushedDown.Add(pass.PlaceOf("push_down"));
        }

        return isPushedDown;
    }

    /// <summary>Says of each such pass the first reason why it cannot be.</summary>
    public void Check()
    {
        foreach (var (pass, place) in scope.Passes.Where(pass => pass.IsPushedDown).Zip(scope.PushedDown))
        {
            if ((OfPass(pass) ?? OfFields(pass) ?? OfSources(pass) ?? OfPack(pass)) is { } fault)
            {
                scope.Report.Add(Findings.NotPushedDown, place, fault.Hint, pass.Id, fault.Why);
            }
        }
    }

    static Objection? OfPass(PassSpec pass)
    {
        if (pass.Cardinality != Cardinality.OneToOne || pass.Key.Count == 0)
        {
            return new Objection("it joins one row with one of the same key", "a join 1:1 with a 'key', or no 'push_down'");
        }

        return pass.When is not null || pass.Partial is not null || pass.Comparisons.Any(pair => pair.Tolerance is not null)
            ? new Objection(
                "it knows equality alone, and the pass has a tolerance or a condition besides",
                "a pass of its own for what is equal, with the amount under 'key' or 'compare'")
            : null;
    }

    static Objection? OfFields(PassSpec pass)
    {
        if (pass.Comparisons.Any(pair => pair.Left.Terms is not [{ Minus: false }] || pair.Right.Terms is not [{ Minus: false }]))
        {
            return new Objection("it compares cells, and the pass compares sums", "add them up in the query");
        }

        var fields = pass.Key.Select(pair => (pair.LeftField, pair.RightField))
            .Concat(pass.Comparisons.Select(pair => (FieldOf(pair, pass.Left), FieldOf(pair, pass.Right))));
        foreach (var (left, right) in fields)
        {
            if (!PushDown.AreReadAlike(pass.Left.Field(left), pass.Right.Field(right)))
            {
                return new Objection(
                    $"it compares the cells of '{left}' and '{right}' as they are, and here cells that are equal need not mean the same",
                    "clean and derive in the query, and read both sides alike");
            }
        }

        return null;
    }

    static string FieldOf(Comparison pair, SourceSpec source) =>
        (pair.Left.Source == source.Name ? pair.Left : pair.Right).Terms[0].Field;

    static Objection? OfSources(PassSpec pass)
    {
        if (pass.Left.Read.Sql?.Connection is not { } connection || pass.Right.Read.Sql?.Connection != connection)
        {
            return new Objection($"'{pass.Left.Name}' and '{pass.Right.Name}' are not queries of one connection", "read: { sql: NAME, … } on both");
        }

        foreach (var source in pass.Leg.Sources)
        {
            if (source.Id is null || source.Field(source.Id).Derived is not null)
            {
                return new Objection($"it does not know the ids of '{source.Name}', which the engine makes", "an id that is a column of the query");
            }

            if (source.Where is not null)
            {
                return new Objection($"it does not know which rows of '{source.Name}' 'where' leaves out", "write the condition in the query");
            }
        }

        return null;
    }

    Objection? OfPack(PassSpec pass)
    {
        if (scope.Passes.FirstOrDefault(other => other.Leg.Names.Any(pass.Leg.Names.Contains)
            && (other.Leg.Index != pass.Leg.Index || other.Index < pass.Index)) is { } other)
        {
            return new Objection(
                $"the pass '{other.Id}' looks at records that it would have joined",
                "the first pass of its sources, which stand in no other join and in no 'dedupe' or 'net'");
        }

        return classes.FirstOrDefault(rule => rule.On is BreakCondition.MatchOf match && match.Pass == pass.Id) is { } asking
            ? new Objection($"the class '{asking.Id}' looks at each match of the pass", "delete the class, or 'push_down'")
            : null;
    }

    sealed record Objection(string Why, string Hint);
}
