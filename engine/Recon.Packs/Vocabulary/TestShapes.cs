// The keys of `tests`.
using Recon.Packs.Binding;
using static Recon.Packs.Vocabulary.Forms;

namespace Recon.Packs.Vocabulary;

static class TestShapes
{
    static readonly Form Row = Named(Either(Text, Nothing), Identifier, NameOf.Field);

    static readonly Member OfRecords = Key("records", OneOrMore(Text), "Their business keys, in any order.").Such("[L1, P1]");

    static readonly Member OfClass = Key("class", Class, "As the rules call it.");

    static readonly Member OfPass = Key("pass", Pass, "By which pass.");

    static readonly Member OfTier = Key("tier", Word(ResolutionBinder.Tiers), "How far the engine may go.");

    static readonly Member OfSource = Key("source", Source, "Of which source.");

    static readonly Member OfId = Key("id", Text, "Its business key.");

    public static readonly Shape Matched = new("expected-match", "an entry of 'matched'", "A match.", OfPass, OfRecords, OfClass);

    public static readonly Shape Breaks = new(
        "expected-break", "an entry of 'breaks'", "A break.",
        OfClass, Key("status", Word(ClassBinder.Statuses), "What it is."), OfRecords, OfTier, OfPass);

    public static readonly Shape Posts = new(
        "expected-posting", "an entry of 'posts'", "A posting.",
        Key("to", Source, "The books that receive it."), Key("amount", Money, "How much.").Such("0.02 EUR"), OfTier,
        Key("state", Word(ExpectationBinder.States), "What became of it."), Key("debit", Text, "An account."), Key("credit", Text, "An account."),
        Key("rule", Class, "The `for` of its resolution."));

    public static readonly Shape Rejects = new(
        "expected-reject", "an entry of 'rejects'", "A row that was rejected.", OfSource, OfId, Key("reason", Text, "A part of why."));

    public static readonly Shape Duplicates = new(
        "expected-duplicate", "an entry of 'duplicates'", "A record that was left out.", OfSource, OfId, Key("of", Text, "The record that stays."), OfPass);

    public static readonly Shape Posted = new(
        "posted", "an entry of 'posted'", "A posting that an earlier run made.",
        Key("key", Text, "What stands in `posting_key` of the row with which it comes back.").Must().Such("K1"),
        Key("rule", Class, "The `for` of its resolution, which says to which books and accounts.").Must(),
        Key("amount", Money, "As the rule has it: below zero, debit and credit change places.").Must().Such("0.02 EUR"),
        Key("date", Date, "From which day it was on its way.").Must().Such("2026-02-26"),
        Key("state", Word(TestPostings.States), "What became of it.").Else("queued"));

    public static readonly Shape Expect = new(
        "expect", "'expect'", "What comes out; only what is named is compared, in any order.",
        Key("matched", List(Map(Matched)), "Matches.").Such("[ { pass: exact, records: [L1, P1] } ]"),
        Key("breaks", List(Map(Breaks)), "Breaks.").Such("[ { class: unpaid, records: [L2] } ]"),
        Key("posts", List(Map(Posts)), "Postings."),
        Key("rejects", List(Map(Rejects)), "Rows that were rejected."),
        Key("duplicates", List(Map(Duplicates)), "Records that were left out."),
        Key("again", Word(ExpectationBinder.Again), "A second run posts nothing new; it is checked on every test."),
        Key("exactly", TrueFalse, "The sections named hold nothing else."));

    public static readonly Shape Test = new(
        "test", "a test", "A promise of the pack.",
        Key("name", Text, "A sentence that says what holds; each test its own.").Must(),
        Key("at", Moment, "The clock of the test.").Else("noon UTC of the business date").Such("2026-03-02T06:30:00Z"),
        Key("date", Date, "The business date.").Else("the rule under `run` at `at`").Such("2026-02-27"),
        Key("todo", TrueFalse, "A known gap: the test must fail."),
        Key("given", Named(List(Row), Identifier, NameOf.Source), "Rows by source; cells by the name of their field.").Must(),
        Key("rates", Named(Named(Either(Forms.Currency, Named(Number, null)), null), null), "The rates of the test, where a pass has `fx`.")
            .Such("{ ECB: { 2026-02-27: { USD: 1.0800 } } }"),
        Key("posted", List(Map(Posted)), "What was posted before, where a source has `posting_key`.")
            .Such("[ { key: K1, rule: rounding, amount: 0.02 EUR, date: 2026-02-26 } ]"),
        Key("expect", Map(Expect), "What comes out.").Must(),
        Description);
}
