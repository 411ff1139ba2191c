// The world's faults: a file, a store or a network that did not do its part.
namespace Recon.Model;

/// <summary>A fault of the world outside; <see cref="IsTransient"/> says whether trying again may help.</summary>
public class ReconException : Exception
{
    public ReconException(string message, FaultKind kind, bool isTransient = false, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        IsTransient = isTransient;
    }

    public FaultKind Kind { get; }

    /// <summary>True where the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; }
}

/// <summary>What kind of fault ended the work; each has its exit code.</summary>
public enum FaultKind
{
    /// <summary>An input is missing or not ready: exit 4.</summary>
    InputMissing,

    /// <summary>An input is there but wrong, or a control failed: exit 7.</summary>
    InputWrong,

    /// <summary>A rule threw while it ran: exit 8.</summary>
    RuleFailed,

    /// <summary>No such record, run or pack: exit 66.</summary>
    NotFound,

    /// <summary>What was verified before does not hold any more: exit 9.</summary>
    Unverified,

    /// <summary>Store, disk or network: exit 74.</summary>
    Storage,

    /// <summary>The same pack and date is being run already: exit 75.</summary>
    Busy,
}
