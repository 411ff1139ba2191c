// Asks the C# of a pass over several sources about two records: about the sets that others complete with them.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <param name="tables">By side of the leg.</param>
/// <param name="conditionsOf">The conditions between two sides, the smaller one first.</param>
/// <param name="mostLookedAt">Records looked at, in id order; then no further set is sought.</param>
sealed class SetQuestion(
    PassSpec pass, RecordTable[] tables, Func<int, int, PassConditions> conditionsOf, ICompiledRules rules, int mostLookedAt)
{
    readonly int[] _rows = new int[tables.Length];
    int _left = mostLookedAt;
    bool _wasAsked;

    /// <summary>The C# of one set of records.</summary>
    /// <param name="rows">By side.</param>
    /// <exception cref="RuleFailedException">The C# threw.</exception>
    public ConditionCheck Of(ReadOnlySpan<int> rows)
    {
        Span<bool> holds = [false];
        rules.Several(pass.When!)(tables, rows, holds);
        return Answer(holds[0] ? Verdict.Holds : Verdict.Fails);
    }

    /// <summary>
    /// Holds where it holds for a set with both records that meets every other condition; not asked where there is no such set.
    /// </summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{int})"/>
    public ConditionCheck Of(SideRow one, SideRow other)
    {
        Array.Fill(_rows, -1);
        (_rows[one.Side], _rows[other.Side]) = (one.Row, other.Row);
        return Answer(HoldsFrom(0) ? Verdict.Holds : _wasAsked ? Verdict.Fails : Verdict.NotAsked);
    }

    /// <summary>The answer where a condition before it fails.</summary>
    public ConditionCheck NotAsked() => Answer(Verdict.NotAsked);

    bool HoldsFrom(int side)
    {
        if (side == _rows.Length)
        {
            _wasAsked = true;
            return Of(_rows).Verdict == Verdict.Holds;
        }

        if (_rows[side] >= 0)
        {
            return HoldsFrom(side + 1);
        }

        for (var row = 0; row < tables[side].Count && _left-- > 0; row++)
        {
            if (MeetsThose(side, row))
            {
                _rows[side] = row;
                if (HoldsFrom(side + 1))
                {
                    return true;
                }
            }

            _rows[side] = -1;
        }

        return false;
    }

    bool MeetsThose(int side, int row)
    {
        for (var other = 0; other < _rows.Length; other++)
        {
            if (_rows[other] >= 0
                && !(other < side ? conditionsOf(other, side).PairHolds(_rows[other], row) : conditionsOf(side, other).PairHolds(row, _rows[other])))
            {
                return false;
            }
        }

        return true;
    }

    ConditionCheck Answer(Verdict verdict) => new(ConditionKind.When, pass.When!.Text.Trim(), null, null, verdict, null);
}
