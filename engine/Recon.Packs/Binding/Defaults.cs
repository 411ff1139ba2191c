// Every default of the pack language, with its reason.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Packs.Binding;

static class Defaults
{
    /// <summary>A rate is of the day itself unless a pack allows an older one.</summary>
    public const int RateAge = 0;

    /// <summary>The base of the European Central Bank's rates, and of most tables in that form.</summary>
    public static readonly Currency RateBase = Currency.Of("EUR");

    /// <summary>UTC: the only zone in which an instant without a zone cannot shift by a surprise of summer time.</summary>
    public const string Zone = "UTC";

    /// <summary>RFC 4180 calls it comma-separated.</summary>
    public const char Separator = ',';

    /// <summary>RFC 4180.</summary>
    public const char Quote = '"';

    /// <summary>What most exports write today; a byte order mark in the file wins over it.</summary>
    public const string Encoding = "utf-8";

    /// <summary>Columns are found by name, so that a moved column changes nothing.</summary>
    public const bool HasHeader = true;

    /// <summary>Point, no grouping, ISO dates: the only spelling that reads alike everywhere.</summary>
    public static Dialect Dialect => Dialect.Canonical;

    /// <summary>A missing file is more often an accident than an empty day.</summary>
    public const bool MissingIsEmpty = false;

    /// <summary>As on a bank statement: a debit takes money out.</summary>
    public const bool DebitIsPlus = false;

    /// <summary>Statement readers deliver the entry's currency in this column.</summary>
    public const string StatementCurrencyColumn = "currency";

    /// <summary>A derived text may find nothing; that must be sayable without a word.</summary>
    public static (FieldKind Kind, bool Optional) DerivedField => (FieldKind.Text, true);

    /// <summary>A run stops on data that contradict themselves.</summary>
    public const bool ControlFlagsOnly = false;

    /// <summary>NULL is no value, and two unknowns are not the same thing.</summary>
    public const bool NullsEqual = false;

    /// <summary>A machine that cannot tell must ask, not guess.</summary>
    public static TieRule Tie => TieRule.Ask;

    /// <summary>Of equal records the one with the smallest id: every run finds the same one.</summary>
    public static TieRule Keep => new(TieKind.Oldest, "id", "id");

    /// <summary>Payments are gathered by the handful; among larger groups accidents outnumber what was meant.</summary>
    public static GroupSize SearchSize => new(1, 8);

    /// <summary>
    /// Of 40 amounts every group of up to 8 is looked at within a tenth of a second; ten answers are more than anyone compares.
    /// </summary>
    public static SearchSpec Search => new(Candidates: 40, Steps: 10_000_000, Answers: 10, PreferSingle: false);
    /// <summary>Instalments by the month would be twelve; one digit keeps the ids of what is left short, and rounds few.</summary>
    public const int MostSplits = 9;

    /// <summary>A later, looser pass may still tell apart what an earlier one could not.</summary>
    public const bool Hold = false;

    public const bool PushDown = false;

    /// <summary>A side of an asymmetric tolerance that is not named allows nothing.</summary>
    public const int UnnamedBound = 0;

    /// <summary>No business date is left out.</summary>
    public const MisfireRule Misfire = MisfireRule.CatchUp;

    /// <summary>5 min: a restart of the service is no missed slot.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>A day: the next slot of a daily pack is due by then.</summary>
    public static readonly TimeSpan WaitForPacks = TimeSpan.FromDays(1);

    /// <summary>30 s, 1, 2, 4 and 8 min: a server that restarts is back by then, and a person has been told within a quarter of an hour.</summary>
    public static readonly RetrySpec Retry = new(5, TimeSpan.FromSeconds(30));

    /// <summary>5 s: an endpoint that takes longer to note one posting is as good as down.</summary>
    public static readonly TimeSpan TargetTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The extract of the next day has it; one that is late, or has a closing of its own, costs two days more. Without a calendar a weekend
    /// must fit in.
    /// </summary>
    public static BackSpec BackWithin(string? calendar) => calendar is null ? new BackSpec(5, null) : new BackSpec(3, calendar);

    /// <summary>The day itself.</summary>
    public const int BusinessDateDays = 0;
}
