// Keys that belong to the language but not to this version of it.
using System.Collections.Frozen;

namespace Recon.Packs.Binding;

static class LaterLanguage
{
    /// <summary>Known names that are diagnosed "not yet" wherever they stand.</summary>
    public static readonly FrozenSet<string> Keys = FrozenSet.ToFrozenSet(
    [
        "like", "change", "valid", "alert", "secrets",
        "window", "partition_by",
        "json", "xlsx", "parquet", "http", "scale", "reopen",
        "sla", "same", "deadline",
        "trailer", "opening", "explain", "runs", "vars", "environments", "store_url",
    ], StringComparer.Ordinal);

    /// <summary>What serves until then; null where nothing does.</summary>
    public static string? Hint(string key) => key switch
    {
        "json" or "xlsx" or "parquet" or "http" =>
            "export the data and read it as csv, camt053, mt940 or sql",
        "like" => "write it out; entries of passes, classify and resolve can be copied",
        "sla" => "use 'tier: manual' and 'assign'",
        _ => null,
    };
}
