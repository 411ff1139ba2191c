// Tells whether records of one source differ in anything that the rules of the leg read.
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>Compares rows of one side over the fields of <see cref="ReadFields"/>; NULL equals NULL here.</summary>
sealed class Interchangeable
{
    readonly Column[] _columns;
    readonly bool _never;
    readonly RowOrigins _origins;
    readonly long _seed;

    /// <param name="pass">Where its own condition may read the id, no two records are interchangeable in it.</param>
    public Interchangeable(Pack pack, LegSpec leg, RecordTable table, PassSpec pass, long seed)
    {
        _columns = [.. ReadFields.Of(pack, leg, table.Source).Select(table.Column)];
        _never = ReadFields.MayReadId(pass.When, table.Source)
            || pass.PartsOf(table.Source).Any(part => ConditionReadsId(part, table.Source));
        _origins = table.Origins;
        _seed = seed;
    }

    public bool Same(int row, int otherRow)
    {
        if (_never || IsAlone(row) || IsAlone(otherRow))
        {
            return row == otherRow;
        }

        foreach (var column in _columns)
        {
            if (!column.ValueEquals(row, column, otherRow))
            {
                return false;
            }
        }

        return true;
    }

    public bool AllSame(List<int> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            if (!Same(rows[0], rows[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Equal for rows that are the same; rows that differ may share it.</summary>
    public ulong HashOf(int row)
    {
        Span<ulong> state = stackalloc ulong[3];
        state[0] = _never || IsAlone(row) ? unchecked((ulong)row) : 0;
        foreach (var column in _columns)
        {
            (state[1], state[2]) = Value(column, row);
            state[0] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(state), _seed);
        }

        return state[0];
    }

    // Of a record that its server joined not all is known that the rules of the leg read.
    bool IsAlone(int row) => _origins.IsJoined(row);

    (ulong, ulong) Value(Column column, int row) => column.IsNull(row)
        ? (ulong.MaxValue, ulong.MaxValue)
        : column switch
        {
            TextColumn text => (unchecked((ulong)text.Print(row, _seed)), 0),
            MoneyColumn money => (unchecked((ulong)money.Units(row)), (ulong)money.CurrencyIndex(row)),
            ScaledColumn number => (unchecked((ulong)number.Units(row)), 0),
            DateColumn date => ((ulong)date.DayNumber(row), 0),
            InstantColumn instant => ((ulong)instant.Ticks(row), 0),
            _ => throw new InvalidOperationException($"bug: no hash of {column.Kind}"),
        };

    // A key or tolerance over the id is no interchange: the ids are then part of what the pass compares.
    static bool ConditionReadsId(PassSpec pass, SourceSpec source)
    {
        var isLeft = pass.Left.Name == source.Name;
        return pass.Key.Any(pair => (isLeft ? pair.LeftField : pair.RightField) == source.Id)
            || pass.Comparisons.Any(pair => pair.Tolerance is not null
                && ((isLeft ? pair.Left : pair.Right).Terms.Any(term => term.Field == source.Id)
                    || ReadFields.BlockFields(pair, isLeft).Contains(source.Id)));
    }
}
