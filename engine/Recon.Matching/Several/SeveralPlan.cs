// A pass over three or more sources bound to its tables: the key of each row, and what each two records must meet.
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Recon.Matching.Explaining;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Several;

/// <summary>One N-way pass over the tables of its leg.</summary>
sealed class SeveralPlan
{
    readonly KeyWriter[][] _keys;
    readonly PassConditions?[,] _conditions;
    readonly long _seed;

    public SeveralPlan(PassSpec pass, RecordTable[] tables, ReaderFactory readers, long seed)
    {
        (Pass, Tables, _seed) = (pass, tables, seed);
        _conditions = new PassConditions?[tables.Length, tables.Length];
        foreach (var pair in pass.Pairs.Where(pair => pair.Comparisons.Any(each => each.Tolerance is not null)))
        {
            var (first, second) = (pass.Leg.SideOf(pair.Leg.Names[0]), pass.Leg.SideOf(pair.Leg.Names[1]));
            _conditions[first, second] = new PassConditions(pair with { Key = [] }, [tables[first], tables[second]], readers);
        }

        var parts = pass.Pairs[0].Key.Count;
        _keys = [.. tables.Select(_ => new KeyWriter[parts])];
        for (var part = 0; part < parts; part++)
        {
            AddKey(part, readers);
        }
    }

    public PassSpec Pass { get; }

    /// <summary>In the order of the leg.</summary>
    public RecordTable[] Tables { get; }

    /// <summary>128 bits of hash of the row's key under the seed of the run; false where the row can equal nothing.</summary>
    public bool TryKey(int side, int row, out UInt128 key)
    {
        Span<ulong> words = stackalloc ulong[_keys[side].Sum(part => part.Words)];
        var place = 0;
        key = 0;
        foreach (var part in _keys[side])
        {
            if (!part.TryWrite(row, words.Slice(place, part.Words)))
            {
                return false;
            }

            place += part.Words;
        }

        key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(words), _seed);
        return true;
    }

    /// <summary>False where any two records of the two sides meet, given the key.</summary>
    public bool IsAsked(int side, int other) => _conditions[Math.Min(side, other), Math.Max(side, other)] is not null;

    /// <summary>True where two records meet what the pass demands of them beside the key.</summary>
    public bool Meet(int side, int row, int other, int otherRow) => side < other
        ? _conditions[side, other]?.PairHolds(row, otherRow) ?? true
        : _conditions[other, side]?.PairHolds(otherRow, row) ?? true;

    void AddKey(int part, ReaderFactory readers)
    {
        var nullsEqual = Pass.Pairs[0].Key[part].NullsEqual;
        string[] fields = [.. Tables.Select((table, side) => FieldOf(side, part))];
        Column[] columns = [.. Tables.Select((table, side) => table.Column(fields[side]))];
        var scale = columns.Max(column => (column as ScaledColumn)?.Scale ?? 0);
        for (var side = 0; side < columns.Length; side++)
        {
            var nulls = nullsEqual ? columns[side] : null;
            _keys[side][part] = columns[side] switch
            {
                TextColumn text => new TextKeyWriter(text, nullsEqual, _seed),
                ScaledColumn number => new ValueKeyWriter(readers.Amount(number, scale), shift: 0, nulls),
                InstantColumn => new ValueKeyWriter(ReaderFactory.Ticks(Tables[side], fields[side]), shift: 0, nulls),
                _ => new ValueKeyWriter(readers.Days(Tables[side], fields[side], null), shift: 0, nulls),
            };
        }
    }

    string FieldOf(int side, int part)
    {
        var pair = Pass.Pairs.First(pair => pair.Leg.SideOf(Tables[side].Name) >= 0);
        return pair.Left.Name == Tables[side].Name ? pair.Key[part].LeftField : pair.Key[part].RightField;
    }
}
