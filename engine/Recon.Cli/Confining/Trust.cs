// Decides where the rules of a command are run: here, or in a process that can do no harm.
using System.CommandLine;
using Recon.Sandbox;

namespace Recon.Cli.Confining;

/// <summary>What becomes of a command.</summary>
enum Trust
{
    /// <summary>Its rules are those of people who are trusted.</summary>
    Here,

    /// <summary>All of it is done by a confined process.</summary>
    Confined,

    /// <summary>The machine cannot confine, and nothing may be executed.</summary>
    Nowhere,
}

static class TrustOf
{
    /// <summary>One for all verbs that have it.</summary>
    internal static Option<bool> Untrusted { get; } = new("--untrusted")
    {
        Description = "The rules are not trusted: all is done by a process that sees the packs and inputs, no other file, no variable, no network, "
            + "and records nothing; the usual way where CI is set",
    };

    // Those that look at rules which are not merged yet. A run in CI is somebody's wish to record.
    static readonly string[] ConfinedInCi = ["check", "test", "plan"];

    /// <param name="isCi">Rules that come with a pull request are run by a service that sets CI.</param>
    internal static Trust Command(ParseResult parsed, SandboxControls controls, bool isCi)
    {
        var command = parsed.CommandResult.Command;
        if (Confined.Current is not null || !command.Options.Contains(Untrusted))
        {
            return Trust.Here;
        }

        var isAsked = parsed.GetValue(Untrusted);
        if (!isAsked && !(isCi && ConfinedInCi.Contains(command.Name)))
        {
            return Trust.Here;
        }

        // To check executes nothing, and needs no process where nobody asked for one.
        return controls.AreEnough ? Trust.Confined
            : !isAsked && command.Name == "check" ? Trust.Here
            : Trust.Nowhere;
    }

    /// <summary>As GitHub, GitLab, Azure and others set it.</summary>
    internal static bool IsCi => Environment.GetEnvironmentVariable("CI") is { Length: > 0 } set
        && !set.Equals("false", StringComparison.OrdinalIgnoreCase) && set != "0";
}
