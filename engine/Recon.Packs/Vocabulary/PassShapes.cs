// The keys of `passes`: joins, duplicates, what cancels, and their tolerances and ties.
using Recon.Packs.Binding;
using Recon.Packs.Reading;
using static Recon.Packs.Vocabulary.Forms;

namespace Recon.Packs.Vocabulary;

static class PassShapes
{
    static readonly Member PassId = Key("id", Like(Forms.Id), "The name by which results speak of it.").Must().Such("exact");

    static readonly Member Nulls = Key("nulls", Word(PassBinder.Nulls), "NULL equals NULL in this key.");

    static readonly Member AllowAmountOnly = Key(
        "allow_amount_only", Text, "Why the pass needs no key or date beside the amount.").Such("every fee has an amount of its own");

    static readonly Member PassCalendar = Key("calendar", Calendar, "For business days.").Else("of the source declared first");

    static readonly Form FieldOfEach = Named(Field, Identifier, NameOf.Source);

    public static readonly Shape Unless = new(
        "best", "best", "Another choice that is as good makes the records ambiguous.", Key("unless", Word(TieBinder.Unless), "When not to choose.").Must());

    public static readonly Shape Tie = new(
        "tie", "a tie", "Both sides sorted, the k-th with the k-th.",
        Key("oldest", Either(Field, FieldOfEach), "By a date or instant, or by `id`.").Such("booked", "{ ledger: booked, bank: value_date }"),
        Key("newest", Either(Field, FieldOfEach), "By a date or instant, or by `id`."),
        Key("best", Map(Unless), "As many matches as possible, then the smallest distance.").Such("{ unless: ambiguous }"))
    {
        OneOf = ["oldest", "newest", "best"],
    };

    static readonly Member TieMember = Key("tie", Either(Word(TieBinder.Bare), Map(Tie)), "Which of several candidates is taken.").Else("ask");

    static readonly Member Hold = Key("hold", TrueFalse, "Candidates that nobody could tell apart are kept from later passes.").Else("false");

    public static readonly Shape Rates = new(
        "fx", "'fx'", "Amounts of two currencies, at the rates of a day.",
        Key("rates", Text, "A table of rates that `recon.yaml` names.").Must().Such("ECB"),
        Key("date", Field, "The day of the rates: a date or instant of one of the two records.").Must().Such("ledger.booked"),
        Key("to", Forms.Currency, "The currency in which both amounts are compared.").Must().Such("EUR"),
        Key("max_age", Duration, "Where the day has no rate, the newest of so many days before it.").Such("4d"));

    public static readonly Shape AmountTolerance = new(
        "amount-tolerance", "a tolerance", "How far two amounts may lie apart.",
        Key("up_to", Text, "Either way, the bound included.").Such("0.02 EUR", "1%"),
        Key("under", Text, "By how much right may be less.").Such("5.00 EUR"),
        Key("over", Text, "By how much right may be more.").Such("0"),
        Key("of", Word(AmountToleranceBinder.Bases), "Of whose amount a percentage is."),
        Key("max", Text, "The most that a percentage allows.").Such("10.00 EUR"),
        Key("fx", Map(Rates), "Amounts of two currencies, at the rates of a day."))
    {
        AnyOf = ["up_to", "under", "over"],
    };

    public static readonly Shape Range = new(
        "range", "a range", "Right − left, one way or both.",
        Key("from", Text, "The smaller end.").Must().Such("-1d"),
        Key("to", Text, "The larger end.").Must().Such("3d"));

    public static readonly Shape Block = new(
        "block", "a block", "Only texts of one block are compared.",
        Key("first", Whole(1, 100), "Equal first characters."),
        Key("field", Either(Field, FieldOfEach), "Another text field, equal on both sides."))
    {
        OneOf = ["first", "field"],
    };

    public static readonly Shape TextTolerance = new(
        "text-tolerance", "a tolerance of texts", "How alike two texts must be.",
        [
            Key("matches", Text, "What the pattern finds first is the same on both sides.").Such("\"INV-([0-9]+)\""),
            .. TextToleranceBinder.Metrics.Select(metric => Key(metric.Word, Number, "At least so similar: more than 0, at most 1.").Such("0.90")),
            Key("of", Word(TextToleranceBinder.Sides), "Of which side the pattern is asked.").Else("both"),
            Key("block", OneOrMore(Either(Word("none", "token"), Map(Block))), "Which texts are compared at all.").Such("{ first: 3 }", "token"),
        ])
    {
        OneOf = ["matches", .. TextToleranceBinder.Metrics.Select(metric => metric.Word)],
    };

    static readonly Form Tolerance = Either(Text, Map(AmountTolerance), Map(Range), Map(TextTolerance));

    static readonly Member Within = Key(
        "within", Named(Tolerance, null, NameOf.Field), "What faces each other, and how far apart it may be.")
            .Such("{ amount ~ gross: 0.02 EUR, booked ~ captured: 2d }");

    public static readonly Shape Size = new(
        "size", "a size", "How many records a group has.",
        Key("from", Whole(1, 1_000_000), "At least.").Else("1"),
        Key("to", Whole(1, 1_000_000), "At most.").Must());

    static readonly Form SizeForm = Either(Whole(1, 1_000_000), Map(Size));

    public static readonly Shape Search = new(
        "search", "a search", "Which of the records add up.",
        Key("size", SizeForm, "Members of a group.").Else("1 to 8"),
        Key("candidates", Whole(1, 128), "Records that one search may draw on.").Else("40"),
        Key("steps", Whole(1, 1_000_000_000), "Sums formed, compared or looked up for one key.").Else("10000000"),
        Key("answers", Whole(1, 100), "Answers of one record that are listed.").Else("10"));

    public static readonly Shape Partial = new(
        "partial", "'partial'", "How often a record may be split.", Key("max", Whole(1, Defaults.MostSplits), "So often.").Must());

    static readonly Form JoinKey = OneOrMore(Either(Field, FieldOfEach));

    static readonly Form JoinForm = Either(
        Like(@"^\s*[A-Za-z0-9_]+\s+(1:1|1:n|n:1|n:m)\s+[A-Za-z0-9_]+\s*$"), List(Source, 3));

    public static readonly Shape Join = new(
        "join", "a pass", "Records of several sources that are the same event.",
        PassId,
        Key("join", JoinForm, "The sources: `A 1:1 B`, `A 1:n B`, `A n:1 B`, `A n:m B`, `[A, B, C]`.").Must().Such("ledger 1:1 provider"),
        Key("key", JoinKey, "What must be equal; NULL equals nothing.").Such("order_ref", "{ provider: payout_id, bank: payout }"),
        Nulls,
        Key("compare", Named(Field, null, NameOf.Field), "What faces each other without a bound: a difference is reported.")
            .Such("{ ledger.amount: provider.gross }"),
        Within,
        PassCalendar,
        TieMember,
        Hold,
        Key("size", SizeForm, "How many records a group has on its many side.").Else("any").Such("8", "{ from: 2, to: 8 }"),
        Key("search", Either(TrueFalse, Map(Search)), "Searches which of the records add up."),
        Key("prefer", Word(GroupBinder.Preferences), "One record alone before a group of several."),
        Key("partial", Either(TrueFalse, Map(Partial)), "Amounts may differ, and what is left of the larger record stays open.").Else("false"),
        Key("push_down", TrueFalse, "The server of both sources may join what is equal, so that less is read.").Else("false"),
        AllowAmountOnly,
        Key("when", Code, "One more condition.").Else("always").Such("ledger.booked >= provider.captured"),
        Description);

    public static readonly Shape Keep = new(
        "keep", "'keep'", "Which record stays.",
        Key("oldest", Field, "The oldest, by a date or instant, or by `id`."),
        Key("newest", Field, "The newest."))
    {
        OneOf = ["oldest", "newest"],
    };

    public static readonly Shape Dedupe = new(
        "dedupe", "a dedupe pass", "Records of one source that came twice.",
        PassId,
        Key("dedupe", Source, "The source whose records may come twice.").Must(),
        Key("key", OneOrMore(Field), "What must be equal."),
        Nulls,
        Within,
        PassCalendar,
        Key("keep", Map(Keep), "Which one stays.").Else("{ oldest: id }"),
        AllowAmountOnly,
        Key("when", Code, "Only records for which it holds take part.").Else("always"),
        Description);

    public static readonly Shape Reference = new(
        "reference", "this key", "A record that names the one it reverses.",
        Key(NetPassBinder.Original, Field, "The field by which a record is named.").Must(),
        Key(NetPassBinder.Reversal, Field, "The field in which a reversal holds that name.").Must());

    public static readonly Shape Net = new(
        "net", "a pass that nets", "Records of one source that cancel.",
        PassId,
        Key("net", Source, "The source; `ledger n:m` takes all records of a key together.").Must().Such("ledger", "ledger n:m"),
        Key("key", OneOrMore(Either(Field, Map(Reference))), "What must be equal.").Such("{ original: entry, reversal: reverses }"),
        Nulls,
        Within,
        PassCalendar,
        TieMember,
        Hold,
        AllowAmountOnly,
        Key("when", Code, "Only records for which it holds take part.").Else("always"),
        Description);

    // What it copies says of which kind it is, so it may have the keys of each.
    public static readonly Shape Copy = new(
        "copied-pass", "a pass", "As a pass before this one, but for the keys that stand here.",
        [
            PassId,
            Key(CopiedRules.Like, Forms.Pass, "A pass before this one; the keys beside it replace those of the copy.").Must().Such("exact"),
            .. Join.Members.Concat(Dedupe.Members).Concat(Net.Members).DistinctBy(member => member.Key)
                .Where(member => member != PassId).Select(member => member with { IsNeeded = false }),
        ]);

    public static readonly Form Pass = new Form.ByKey([(CopiedRules.Like, Copy), ("dedupe", Dedupe), ("net", Net)], Join);
}
