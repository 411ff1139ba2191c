// Names that authors give: which are possible, which are taken.
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

static partial class Names
{
    /// <summary>Reserved words of C# and those contextual ones that a name in an expression could be taken for.</summary>
    static readonly FrozenSet<string> CSharpKeywords = FrozenSet.ToFrozenSet(
        ("abstract as base bool break byte case catch char checked class const continue decimal default "
        + "delegate do double else enum event explicit extern false finally fixed float for foreach goto if "
        + "implicit in int interface internal is lock long namespace new null object operator out override "
        + "params private protected public readonly ref return sbyte sealed short sizeof stackalloc static "
        + "string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using "
        + "virtual void volatile while "
        + "and or not when where with var await nameof").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Sources, fields and parameters: <c>[a-z][a-z0-9_]*</c> and no word of C#, since rules spell them so.</summary>
    public static bool CheckIdentifier(ScalarNode name, string what, Report report)
    {
        if (!Identifier().IsMatch(name.Text))
        {
            var better = NotIdentifier().Replace(name.Text.ToLowerInvariant(), "_").Trim('_');
            var hint = Identifier().IsMatch(better)
                ? $"small letters, digits and _: {better}"
                : "small letters, digits and _, a letter first";
            report.Add(Findings.BadName, name.Place, hint, name.Text, $"the name of {what}");
            return false;
        }

        if (CSharpKeywords.Contains(name.Text))
        {
            report.Add(Findings.ReservedName, name.Place, $"{name.Text}_", name.Text, "it is a word of C#");
            return false;
        }

        return true;
    }

    /// <summary>Passes and classes: <c>[a-z][a-z0-9_-]*</c>.</summary>
    public static bool CheckId(ScalarNode id, string what, Report report)
    {
        if (Id().IsMatch(id.Text))
        {
            return true;
        }

        report.Add(
            Findings.BadName, id.Place, "small letters, digits, - and _, a letter first", id.Text,
            $"the id of {what}");
        return false;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex("[^a-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotIdentifier();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
