// The keys of `classify`, `resolve` and `breaker`.
using Recon.Packs.Binding;
using Recon.Packs.Reading;
using static Recon.Packs.Vocabulary.Forms;

namespace Recon.Packs.Vocabulary;

static class ClassShapes
{
    public static readonly Shape On = new(
        "on", "'on'", "Which breaks the class is about.",
        Key("match", Pass, "Matches of this pass."),
        Key("open", Source, "Open records of this source."),
        Key("toward", Source, "Open toward this source; without it on any leg."),
        Key("ambiguous", Pass, "Ambiguous candidates of this pass."),
        Key("missing", Source, "What is missing of this source."),
        Key("in", Pass, "In the pass that joins it."))
    {
        OneOf = ["match", "open", "ambiguous", "missing"],
    };

    public static readonly Shape Until = new(
        "until", "'until'", "How long the class holds.",
        Key("business_days", Whole(0, 3660), "So many business days.").Such("3"),
        Key("days", Whole(0, 3660), "So many calendar days."),
        Key("calendar", Calendar, "Whose business days.").Such("TARGET2"),
        Key("from", Field, "The date or instant from which it counts.").Such("captured"),
        Key("then", Forms.Class, "The class it becomes after that.").Must())
    {
        OneOf = ["business_days", "days"],
    };

    public static readonly Shape Class = new(
        "class", "a class", "What a break is.",
        Key("id", Like(Forms.Id), "The name by which results speak of it.").Must(),
        Key(CopiedRules.Like, Forms.Class, "A class before this one; the keys beside it replace those of the copy.").Such("in-transit"),
        Key("status", Word(ClassBinder.Statuses), "Consistent, timing, nobody knows yet, somebody objects, gone.").Must(),
        Key("on", Map(On), "Which breaks it is about.").Such("{ match: exact }", "{ open: provider, toward: bank }"),
        Key("when", Code, "One more condition: of an open record, or of the sides of a match."),
        Key("until", Map(Until), "How long the class holds.").Such("{ business_days: 3, calendar: TARGET2, from: captured, then: unexplained }"),
        Key("otherwise", TrueFalse, "Everything else; must be there once, last."),
        Description)
    {
        OneOf = ["on", "otherwise"],
    };

    static readonly Form Amounts = OneOrMore(Money);

    static readonly Form PostingCount = Whole(0, int.MaxValue);

    public static readonly Shape Ceiling = new(
        "ceiling", "a limit", "The most that is posted together.",
        Key("value", Amounts, "One amount, or one for each currency."),
        Key("count", PostingCount, "So many postings."))
    {
        AnyOf = ["value", "count"],
    };

    public static readonly Shape CounterpartyLimit = new(
        "counterparty-limit", "a limit for each counterparty", "The most that is posted on a business date for each value of a field.",
        Key("by", Field, "The field that names it.").Must().Such("ledger.customer"),
        Key("value", Amounts, "One amount, or one for each currency."),
        Key("count", PostingCount, "So many postings."))
    {
        AnyOf = ["value", "count"],
    };

    static readonly Form Total = Either(Money, List(Money), Map(Ceiling));

    public static readonly Shape Limit = new(
        "limit", "a limit", "How much the engine posts by itself.",
        Key("each", Amounts, "Above it a posting is escalated.").Such("5.00 EUR"),
        Key("run", Total, "By one run.").Such("100.00 EUR"),
        Key("day", Total, "By all runs of the business date."),
        Key("count", PostingCount, "The same as `run: { count: … }`."),
        Key("account", Total, "By whichever rule of the pack to one account, on the business date."),
        Key("counterparty", Map(CounterpartyLimit), "For each value of a field of the break's records."));

    public static readonly Shape Posting = new(
        "posting", "a posting", "What is posted.",
        Key("to", Source, "The source of role books that receives it.").Must(),
        Key("debit", Text, "An account, in quotes.").Must().Such("\"1200\""),
        Key("credit", Text, "An account, in quotes.").Must().Such("\"7990\""),
        Key("amount", Field, "Fields with plus and minus; negative: debit and credit change places.").Must().Such("provider.gross - ledger.amount"));

    public static readonly Shape Approval = new(
        "approval", "an approval", "How many people must approve a posting that waits.",
        Key("over", Money, "Above this amount.").Such("1000.00 EUR"),
        Key("people", Whole(1, ApprovalBinder.MostPeople), "So many.").Must());

    public static readonly Shape Resolution = new(
        "resolution", "a resolution", "How far the engine may go by itself with breaks of a class.",
        Key("for", Forms.Class, "The class it is about.").Must(),
        Key(CopiedRules.Like, Forms.Class, "The resolution of another class, before this one; the keys beside it replace those of the copy.").Such("rounding"),
        Key("tier", Word(ResolutionBinder.Tiers), "Post, post and point it out, escalate, or propose and open a case.").Must(),
        Key("limit", Map(Limit), "How much the engine posts by itself.").Such("{ each: 5.00 EUR, run: 100.00 EUR }"),
        Key("post", Map(Posting), "What is posted."),
        Key("once", OneOrMore(Field), "What makes the posting one operation: `pack.id` and fields of the break's records.")
            .Such("[pack.id, ledger.entry_id]"),
        Key("approvals", OneOrMore(Map(Approval)), "How many people must approve a posting that waits.").Such("{ over: 1000.00 EUR, people: 2 }"),
        Key("assign", Text, "Who gets the case.").Such("settlement-ops"),
        Description);

    public static readonly Shape Breaker = new(
        "breaker", "'breaker'", "When a run posts out of all proportion.",
        Key("times", Whole(2, 1_000_000), "More than so many times the busiest earlier date.").Else("10"),
        Key("dates", Whole(5, 1_000), "How many earlier runs are looked at.").Else("20"),
        Key("below", Amounts, "Totals up to this are never out of proportion."));
}
