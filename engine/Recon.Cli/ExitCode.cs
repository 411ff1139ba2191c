// The exit codes of recon: fixed, because schedulers and pipelines decide by them.
using Recon.Model;

namespace Recon.Cli;

static class ExitCode
{
    internal const int Fine = 0;

    /// <summary>The pack is wrong: check or test.</summary>
    internal const int PackWrong = 1;

    internal const int Differences = 2;

    /// <summary>Warnings only, with <c>--fail-on warning</c>.</summary>
    internal const int Warnings = 3;

    /// <summary>An input is missing or not ready; a retry helps.</summary>
    internal const int InputMissing = 4;

    internal const int NoTests = 5;

    /// <summary>The target of postings refused some of them.</summary>
    internal const int PostingsRefused = 6;

    /// <summary>A control failed or an input is wrong; no retry helps.</summary>
    internal const int InputWrong = 7;

    /// <summary>A rule failed at run time; nothing was posted.</summary>
    internal const int RuleFailed = 8;

    /// <summary>Verification failed.</summary>
    internal const int VerificationFailed = 9;

    internal const int Usage = 64;

    internal const int NotFound = 66;

    internal const int Bug = 70;

    internal const int Storage = 74;

    internal const int Busy = 75;

    internal const int Cancelled = 130;

    internal static int Of(FaultKind kind) => kind switch
    {
        FaultKind.InputMissing => InputMissing,
        FaultKind.InputWrong => InputWrong,
        FaultKind.RuleFailed => RuleFailed,
        FaultKind.NotFound => NotFound,
        FaultKind.Unverified => VerificationFailed,
        FaultKind.Busy => Busy,
        _ => Storage,
    };
}

/// <summary>The words on the command line do not make a command: exit 64.</summary>
sealed class UsageException(string message) : Exception(message);

/// <summary>A pack or workspace file is wrong; its diagnostics have been printed: exit 1.</summary>
sealed class PackWrongException : Exception;
