// One line of what recon doctor says.
namespace Recon.Cli.Doctoring;

enum Health
{
    Fine,

    /// <summary>Not there; what it is for is not done.</summary>
    Missing,

    /// <summary>There, and not as it must be.</summary>
    Wrong,
}

/// <param name="Area">machine, sandbox, workspace, store, connection or pack.</param>
/// <param name="Said">In words; where it is not fine, what to do.</param>
sealed record Finding(string Area, string Name, Health Health, string Said);
