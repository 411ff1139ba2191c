// One kind of finding: its code, how grave it is, and its sentence.
using System.Globalization;
using Recon.Model;

namespace Recon.Packs.Diagnosing;

/// <param name="Template">The sentence, with <c>{0}</c>, <c>{1}</c> for what was found.</param>
sealed record Finding(string Code, Severity Severity, string Template)
{
    public Diagnostic At(Place place, string? hint, params string[] parts) =>
        new(Code, Severity, place, string.Format(CultureInfo.InvariantCulture, Template, parts), hint);
}
