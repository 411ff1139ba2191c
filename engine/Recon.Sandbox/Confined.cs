// The side of the confined process: takes from itself what is left to take, before it reads anything that is not trusted.
using Recon.Sandbox.Kernel;

namespace Recon.Sandbox;

/// <summary>This process, where it is a confined one.</summary>
public sealed class Confined
{
    Confined(Cell cell, CellOrder order) => (Cell, Order) = (cell, order);

    /// <summary>Null in a process that is not confined.</summary>
    public static Confined? Current { get; private set; }

    public Cell Cell { get; }

    public CellOrder Order { get; }

    /// <summary>Where the environment names a cell, closes the calls of the kernel and sets the limits. Files are closed since the start.</summary>
    /// <returns>Says what this process is at; null where it is not confined.</returns>
    /// <exception cref="SandboxException">The kernel refused: end here.</exception>
    public static Action<string>? Enter()
    {
        if (Environment.GetEnvironmentVariable(Cell.Variable) is not { Length: > 0 } directory)
        {
            return null;
        }

        var cell = new Cell(directory);
        Current = new Confined(cell, cell.Read());
        var says = cell.OpenAtWork();
        ProcessLimits.Set(Current.Order.Processor, Current.Order.FileBytes);
        SystemCallFilter.Install();
        return says;
    }
}
