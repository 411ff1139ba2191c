// What a server is asked to join, and what is said where its join cannot stand.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Ports;

/// <summary>The exact pass of two sources of one server.</summary>
/// <param name="Facing">Columns that must hold the same text; none of them is empty.</param>
/// <param name="LeftFields">Fields of the left source of which every row's cells travel.</param>
/// <param name="RightFields">The same of the right source.</param>
public sealed record ServerJoin(
    PassSpec Pass, IReadOnlyList<FacingColumns> Facing, IReadOnlyList<FieldSpec> LeftFields, IReadOnlyList<FieldSpec> RightFields)
{
    public static ServerJoin Of(Pack pack, PassSpec pass) => new(
        pass, PushDown.Facing(pass), PushDown.Travelling(pack, pass.Left), PushDown.Travelling(pack, pass.Right));
}

/// <summary>What the server joined does not decide the run: its sources are read again, whole. Never seen outside of a run.</summary>
public sealed class JoinUndoneException(string why) : ReconException(why, FaultKind.InputWrong);
