// A break: what the rules do not accept as settled without a word.
using Recon.Model.Rules;

namespace Recon.Model;

/// <summary>A record of a source, by name and business key.</summary>
public sealed record RecordId(string Source, string Id) : IComparable<RecordId>
{
    public int CompareTo(RecordId? other) => other is null ? 1
        : string.CompareOrdinal(Source, other.Source) is var order && order != 0 ? order
        : Utf8Order.Compare(Id, other.Id);

    public override string ToString() => $"{Source}:{Id}";
}

/// <summary>Text in the order of its UTF-8 bytes: the order of business keys everywhere.</summary>
public static class Utf8Order
{
    /// <remarks>Differs from UTF-16 ordinal order only where surrogates meet U+E000 to U+FFFF.</remarks>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a != b)
            {
                return char.IsSurrogate(a) != char.IsSurrogate(b) ? (char.IsSurrogate(a) ? 1 : -1) : a.CompareTo(b);
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}

public enum BreakKind
{
    /// <summary>A match whose sides disagree.</summary>
    Difference,

    /// <summary>A record that no pass of the leg matched.</summary>
    Open,

    /// <summary>Records that a pass could not tell apart.</summary>
    Ambiguous,

    /// <summary>A control with <c>on_fail: flag</c> that failed; its one record is the source and the control's text.</summary>
    Control,

    /// <summary>A record that the superseded revision of the date read and the inputs do not deliver any more.</summary>
    Withdrawn,
}

/// <summary>One break, judged. Its id lasts as long as it does.</summary>
/// <param name="Id">Hash of pack, leg and members at birth, 16 hex digits.</param>
/// <param name="Leg">Names of the leg's sources, in the order of the pack.</param>
/// <param name="Pass">The pass that matched it or found it ambiguous; null for open items.</param>
/// <param name="Records">The members, in the order of the leg's sources, then by id.</param>
/// <param name="Born">Business date on which it first appeared.</param>
/// <param name="Due">Last date on which its class holds; null where the class has no deadline.</param>
/// <param name="DatedFrom">The date from which it ages: the deadline's field, else the record's first date, else <paramref name="Born"/>.</param>
/// <param name="Reason">Why it has this class, and why it is open: one line for people.</param>
/// <param name="Value">What it weighs: the difference, or the open record's value; one entry a currency, sorted.</param>
public sealed record Break(
    string Id,
    BreakKind Kind,
    IReadOnlyList<string> Leg,
    string? Pass,
    IReadOnlyList<RecordId> Records,
    string Class,
    Status Status,
    Tier Tier,
    string? Assign,
    DateOnly Born,
    DateOnly? Due,
    DateOnly DatedFrom,
    string Reason,
    IReadOnlyList<Difference> Differences,
    IReadOnlyList<Money> Value)
{
    /// <summary>The first deadline that has passed; null where none has.</summary>
    public DateOnly? WasDue { get; init; }

    /// <summary>What of it exposure counts; null where an engine recorded it that did not say.</summary>
    public IReadOnlyList<Weight>? Weighs { get; init; } = [];

    /// <summary>The rules take it as settled and leave nothing to people: reports count it, and list it where it is asked for.</summary>
    public bool IsSettled => Status == Status.Settled && Tier is (Tier.Auto or Tier.AutoFlag);
}

/// <summary>One amount that exposure counts.</summary>
/// <param name="Record">Whose value it is; null where the break as a whole weighs: by its difference, or by what one side has more.</param>
/// <param name="Source">Under which source it weighs.</param>
/// <param name="Counterparty">Empty where it has none or several; null where exposure does not ask for it.</param>
public sealed record Weight(RecordId? Record, string Source, Money Amount, string? Counterparty = null);

/// <summary>By how much two sides disagree: right − left.</summary>
/// <param name="Fields">The comparison's name.</param>
/// <param name="Amount">Money difference; null for texts and for two currencies.</param>
/// <param name="Value">For people and the result document: <c>0.02 EUR</c>, or <c>"A" ≠ "B"</c> for texts.</param>
public sealed record Difference(string Fields, Money? Amount, string Value);

/// <summary>What is believed about one field of a matched event, and who said otherwise.</summary>
/// <param name="Value">Canonical text; null where nobody is believed (no source has a value).</param>
public sealed record Truth(string Field, string? Value, string? From, IReadOnlyList<string> Against);

/// <summary>A correction to the books that the engine makes or proposes.</summary>
/// <param name="Key">Hash of (pack id, the rule's <c>for</c>, the values of <c>once</c>), 32 hex digits.</param>
/// <param name="Effect">Hash of what it does (target, accounts, amount, currency), 32 hex digits: stored beside the key, never in it.</param>
/// <param name="Rule">The resolution's <c>for</c>.</param>
/// <param name="Amount">Positive; accounts are swapped where the rule's amount was negative.</param>
/// <param name="Reason">Why it stands where it stands, where that is not the tier: a limit, a currency, a difference that stays; else null.</param>
/// <param name="FirstRun">Id of the run that posted the same key with the same effect before; null where this run is the first.</param>
public sealed record Posting(
    string Key,
    string Effect,
    string Rule,
    string To,
    string Debit,
    string Credit,
    Money Amount,
    Tier Tier,
    PostingState State,
    string Break,
    IReadOnlyList<RecordId> Records,
    string? Reason,
    string? FirstRun)
{
    /// <summary>For whom it is, as the limit of its rule names counterparties; sorted, empty where none does.</summary>
    public IReadOnlyList<string> Counterparties { get; init; } = [];

    /// <summary>How many people must approve it where it waits for a person.</summary>
    public int Approvals { get; init; } = 1;

    /// <summary>Who answers for the rules of the pack, as the pack says; null where it does not.</summary>
    public string? Owner { get; init; }
}

public static class PostingStates
{
    /// <summary>Nobody posts it before people approve it.</summary>
    public static bool Waits(this PostingState state) => state is PostingState.Proposed or PostingState.Escalated;
}

public enum PostingState
{
    /// <summary>In the outbox, to be delivered.</summary>
    Queued,

    /// <summary>Waits for a person (tier manual).</summary>
    Proposed,

    /// <summary>Waits for a person because the engine may not (tier escalate, a limit, an amount that closes nothing).</summary>
    Escalated,

    /// <summary>
    /// It waited for a person, and waits no more: a later revision of the date does not want it, or, of a reversal, wants the
    /// posting again that was to be reversed.
    /// </summary>
    Withdrawn,
}

/// <summary>Value at risk of one currency; what the pack's <c>exposure</c> does not ask for is null, and summed over.</summary>
/// <param name="Status">Known where the class is.</param>
/// <param name="Age">Bucket in days, by default one of <c>0-1</c>, <c>2-7</c>, <c>8-30</c>, <c>31-90</c>, <c>91+</c>.</param>
/// <param name="Counterparty">Empty where the records have none, or several.</param>
public sealed record Exposure(
    Currency Currency, string? Source, string? Class, Status? Status, string? Age, ExactTotal Net, ExactTotal Absolute, int Count,
    string? Counterparty = null);
