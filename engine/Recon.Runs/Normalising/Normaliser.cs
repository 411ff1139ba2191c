// Makes records of raw rows, and accounts for every row that becomes none.
namespace Recon.Runs.Normalising;

/// <summary>
/// Raw rows → cells by the pack's dialect → derived fields → <c>where</c> → ids → one record an id. Row order, file order,
/// file names and threads change nothing but the positions of rejects.
/// </summary>
public static class Normaliser
{
    /// <exception cref="Model.Rules.RuleFailedException">The pack's C# threw on a record.</exception>
    /// <exception cref="OperationCanceledException">Nothing was done.</exception>
    public static NormalisedSource Normalise(NormalisingInput input, CancellationToken cancellation)
    {
        var normalisation = new Normalisation(input, cancellation);
        var candidates = normalisation.ReadFields();
        candidates = normalisation.Derive(candidates);
        candidates = normalisation.KeepWhere(candidates);
        candidates = normalisation.Identify(candidates);
        candidates = normalisation.ResolveDuplicates(candidates);
        return normalisation.Finish(candidates);
    }
}
