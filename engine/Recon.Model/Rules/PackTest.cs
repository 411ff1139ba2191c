// A test that an author wrote beside the rules.
using Recon.Model.Rates;

namespace Recon.Model.Rules;

/// <summary>One test of a pack: rows in, expectations out.</summary>
/// <param name="At">The clock of the test, UTC; null: noon UTC of the business date.</param>
/// <param name="Date">The business date; null: by the pack's rule at <paramref name="At"/>.</param>
/// <param name="Todo">A known gap: the test must fail.</param>
/// <param name="Given">Source → rows; a source left out is present and empty.</param>
public sealed record PackTest(
    string Name,
    DateTimeOffset? At,
    DateOnly? Date,
    bool Todo,
    IReadOnlyDictionary<string, IReadOnlyList<GivenRow>> Given,
    Expectation Expect,
    Place Place)
{
    /// <summary>The rates of the test, by name: a test depends on no file.</summary>
    public IReadOnlyDictionary<string, RateTable> Rates { get; init; } = new Dictionary<string, RateTable>();

    /// <summary>What was posted before the day of the test.</summary>
    public IReadOnlyList<OwnPosting> Posted { get; init; } = [];
}

/// <summary>One row by field name, canonical text; an empty or absent cell is NULL.</summary>
public sealed record GivenRow(IReadOnlyList<KeyValuePair<string, string>> Cells, Place Place);

/// <summary>What must come out. A section that is null is not compared; the order of entries never matters.</summary>
/// <param name="AgainNothing"><c>again: nothing</c>: said by the author, checked on every test.</param>
/// <param name="Exactly">Where the author says that the sections named hold nothing else; null: other entries may stand beside.</param>
public sealed record Expectation(
    IReadOnlyList<ExpectedItem>? Matched,
    IReadOnlyList<ExpectedItem>? Breaks,
    IReadOnlyList<ExpectedItem>? Posts,
    IReadOnlyList<ExpectedItem>? Rejects,
    IReadOnlyList<ExpectedItem>? Duplicates,
    bool AgainNothing,
    Place? Exactly);

/// <summary>
/// One expected entry: the members that must agree. Matched: pass, records, class. Breaks: class, status, records, tier,
/// pass. Posts: to, amount, tier, state, debit, credit, rule. Rejects: source, id, reason (a part of it). Duplicates: source,
/// id, of, pass.
/// </summary>
/// <param name="Records">Bare ids; null where not named. Their order never matters.</param>
public sealed record ExpectedItem(
    IReadOnlyList<KeyValuePair<string, string>> Members, IReadOnlyList<string>? Records, Place Place);
