// Options that several verbs share, worded once.
using System.CommandLine;
using System.Globalization;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Packs;
using Recon.Reports;
using Recon.Runs.Results;
using Recon.Sources.Files;

namespace Recon.Cli.Commands;

static class CommonOptions
{
    internal static Argument<string> Workspace() => new("PACK|WORKSPACE")
    {
        Description = "A folder with recon.yaml (a workspace) or pack.yaml (a pack); default: here",
        DefaultValueFactory = _ => ".",
    };

    internal static Option<string> WorkspaceOption() => new("--workspace", "-w")
    {
        Description = "The workspace (or pack) whose store is read; default: here",
        DefaultValueFactory = _ => ".",
    };

    /// <summary>One for all verbs.</summary>
    internal static Option<string?> Store { get; } = new("--store")
    {
        Description = "The store: a file, or a connection that recon.yaml names; wins over its store:",
    };

    internal static Option<string?> Date() => new("--date")
    {
        Description = "The business date, as 2026-02-27; wins over recon.yaml and the pack's rule",
    };

    /// <summary>The environment of whoever says none.</summary>
    internal static string? UsualEnvironment => System.Environment.GetEnvironmentVariable("RECON_ENV") is { Length: > 0 } named ? named : null;

    internal static Option<string?> Environment() => new("--env")
    {
        Description = "The environment whose parameter values and connections hold, such as prod; else the variable RECON_ENV says it",
        DefaultValueFactory = _ => UsualEnvironment,
    };

    internal static Option<string[]> Parameters() => new("--param")
    {
        Description = "A parameter's value, as name=value; repeatable",
    };

    internal static Option<string[]> Outputs() => new("--out")
    {
        Description = "FORMAT=PATH with pretty, json, md or html, where '-' is stdout, or parquet=FOLDER; repeatable",
    };

    /// <summary>Of a verb whose findings are about rules.</summary>
    internal static Option<string[]> ReviewOutputs() => new("--out")
    {
        Description = "FORMAT=PATH with pretty, json, md, html, sarif, github or junit, where '-' is stdout; repeatable",
    };

    internal static Option<string?> Labels() => new("--labels")
    {
        Description = "A CSV file of pairs known to belong together, a column of ids for each of two sources; the report says how well "
            + "the run found them",
    };

    internal static Option<int> Threads() => new("--threads")
    {
        Description = "How many threads to use; the result does not depend on it",
        DefaultValueFactory = _ => System.Environment.ProcessorCount,
    };

    /// <exception cref="UsageException">They are less than one.</exception>
    internal static void CheckThreads(int threads)
    {
        if (threads < 1)
        {
            throw new UsageException("--threads: at least 1");
        }
    }

    /// <summary>One for all verbs.</summary>
    internal static Option<string?> Memory { get; } = new("--memory")
    {
        Description = "About how much memory to take, as 512MB or 4GB: records beyond it are written to files, matches and what is open stay; "
            + "default: half of what is free",
    };

    /// <summary>In bytes; null where none was given.</summary>
    /// <exception cref="UsageException">It is no size.</exception>
    internal static long? MemoryOf(ParseResult parsed) => parsed.GetValue(Memory) is { } text ? RunMemory.BytesOf(text) : null;

    internal static Option<string> Matches() => Listed(new Option<string>("--matches")
    {
        Description = "Which matches the JSON lists: all, or none but breaks",
        DefaultValueFactory = _ => "all",
    });

    /// <summary>How many to list, at least 1.</summary>
    internal static Option<int> Limit(string description, int usual)
    {
        var limit = new Option<int>("--limit") { Description = description, DefaultValueFactory = _ => usual };
        limit.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var count) && count < 1)
            {
                given.AddError($"--limit {count}: list at least 1");
            }
        });
        return limit;
    }

    internal static DateOnly? DateOf(string? text, string option = "--date") => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw new UsageException($"{option} {text}: write a day as 2026-02-27");

    internal static PackOptions PackOptionsOf(string? environment, IEnumerable<string> parameters, IEnumerable<string> calendars)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in parameters)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !values.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                throw new UsageException($"--param {text}: write name=value, each name once");
            }
        }

        return new PackOptions(environment, values, [.. calendars]);
    }

    /// <exception cref="UsageException">A target is none, or two reports go to one place.</exception>
    internal static IReadOnlyList<OutputTarget> TargetsOf(IEnumerable<string>? texts) => TargetsOf(texts, Report.Formats);

    /// <param name="formats">The words that the verb knows.</param>
    /// <exception cref="UsageException">A target is none, or two reports go to one place.</exception>
    internal static IReadOnlyList<OutputTarget> TargetsOf(IEnumerable<string>? texts, IReadOnlyDictionary<string, ReportFormat> formats)
    {
        List<OutputTarget> targets = [.. (texts ?? []).Select(text => OutputTarget.Parse(text, formats))];
        var twice = targets.GroupBy(PlaceOf, StringComparer.Ordinal).FirstOrDefault(place => place.Count() > 1);
        return twice is null
            ? targets
            : throw new UsageException(
                $"--out: {twice.Count()} reports would go to {(twice.Key == "-" ? "stdout" : twice.First().Path)}; give each a file of its own");
    }

    // One file may be named in several ways.
    static string PlaceOf(OutputTarget target) => target.Path == "-" ? "-" : RealPath.Of(target.Path);

    /// <summary>The words that name a workspace to another verb: <c> -w examples/card-payments</c>; none for here.</summary>
    internal static string WordsOf(string workspace) => workspace == "." ? ""
        : workspace.Contains(' ', StringComparison.Ordinal) ? $" -w \"{workspace}\"" : $" -w {workspace}";

    internal static MatchListing ListingOf(string text) => text == "none" ? MatchListing.None : MatchListing.All;

    static Option<string> Listed(Option<string> option)
    {
        option.AcceptOnlyFromAmong("all", "none");
        return option;
    }
}
