// How the matches of a run compare with pairs that people have labelled.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Assessing;

/// <summary>Pairs of records that people say are the same event; of these two sources no others are.</summary>
/// <param name="Left">The source declared first.</param>
/// <param name="Pairs">Business keys; a pair named twice counts once.</param>
public sealed record LabelledPairs(string Left, string Right, IReadOnlyList<(string Left, string Right)> Pairs);

/// <summary>
/// A run held against labelled pairs. A match of a group counts as all pairs of its members over the two sources.
/// </summary>
/// <param name="Labelled">Pairs that people named.</param>
/// <param name="Matched">Pairs that the run matched, rightly or not.</param>
/// <param name="Right">Pairs that are both.</param>
/// <param name="Asked">Labelled pairs whose records stand in one ambiguous break: the engine asked instead of guessing.</param>
/// <param name="Passes">Passes that matched records of both sources, in the order of the pack.</param>
/// <param name="Wrong">Pairs matched and not labelled, in the order of the passes, then by id.</param>
/// <param name="Missed">Pairs labelled and not matched, by id.</param>
public sealed record Assessment(
    string LeftSource,
    string RightSource,
    int Labelled,
    int Matched,
    int Right,
    int Asked,
    IReadOnlyList<PassAssessment> Passes,
    IReadOnlyList<AssessedPair> Wrong,
    IReadOnlyList<AssessedPair> Missed)
{
    /// <summary>The share of matched pairs that are right; null where nothing matched.</summary>
    public decimal? Precision => Share(Right, Matched);

    /// <summary>The share of labelled pairs that were matched; null where nothing is labelled.</summary>
    public decimal? Recall => Share(Right, Labelled);

    /// <summary>The harmonic mean of precision and recall: twice the right pairs over matched and labelled ones.</summary>
    public decimal? F1 => Share(2L * Right, (long)Matched + Labelled);

    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: the run has no leg of the two sources.</exception>
    public static Assessment Of(RunRecord record, LabelledPairs labels) => new Assessor(record, labels).Assess();

    // Six decimals, half even.
    internal static decimal? Share(long part, long whole) => whole == 0 ? null : decimal.Round((decimal)part / whole, 6);
}

/// <summary>What one pass matched of the two sources.</summary>
public sealed record PassAssessment(string Pass, int Matched, int Right)
{
    /// <inheritdoc cref="Assessment.Precision"/>
    public decimal? Precision => Assessment.Share(Right, Matched);
}

/// <summary>A pair about which the run and the labels disagree.</summary>
/// <param name="Why">What the labels say of a wrong pair, or what became of a missed one: one line for people.</param>
public sealed record AssessedPair(RecordId Left, RecordId Right, string? Pass, string Why);
