// The front door of matching: tables and passes in, matches and open rows out.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching;

/// <summary>What matching needs beside pack and tables.</summary>
/// <param name="Calendars">By name; every calendar that the pack names is here.</param>
/// <param name="Threads">At least 1; the answer does not depend on it.</param>
/// <param name="Progress">Called with (pass index, share done from 0 to 1); null: nobody watches.</param>
public sealed record MatchOptions(
    ICompiledRules Rules,
    IReadOnlyDictionary<string, BusinessCalendar> Calendars,
    int Threads,
    Action<int, double>? Progress = null);

/// <summary>Which rows take part on each leg: a carried record is settled on the legs where it was matched before.</summary>
/// <param name="SettledRows">[leg index][side 0 or 1]: row → true where it takes no part; null where all rows do.</param>
public sealed record MatchScope(IReadOnlyList<bool[]?[]> SettledRows);
