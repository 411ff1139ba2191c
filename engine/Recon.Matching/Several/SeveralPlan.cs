// A pass over three or more sources bound to its tables: the key of each row, and what each two records must meet.
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Several;

/// <summary>One N-way pass over the tables of its leg.</summary>
sealed class SeveralPlan
{
    readonly KeyWriter[][] _keys;
    readonly ReaderFactory _readers;
    readonly long _seed;

    public SeveralPlan(PassSpec pass, RecordTable[] tables, ReaderFactory readers, ICompiledRules rules, long seed)
    {
        When = pass.When is { } when ? rules.Several(when) : null;
        (Pass, Tables, _readers, _seed) = (pass, tables, readers, seed);
        var parts = pass.Pairs[0].Key.Count;
        _keys = [.. tables.Select(_ => new KeyWriter[parts])];
        for (var part = 0; part < parts; part++)
        {
            AddKey(part, readers);
        }
    }

    public PassSpec Pass { get; }

    /// <summary>The C# of the pass; null where it has none.</summary>
    public SeveralPredicate? When { get; }

    /// <summary>In the order of the leg.</summary>
    public RecordTable[] Tables { get; }

    /// <summary>128 bits of hash of the row's key under the seed of the run; false where the row can equal nothing.</summary>
    public bool TryKey(int side, int row, out UInt128 key)
    {
        Span<ulong> words = stackalloc ulong[_keys[side].Sum(part => part.Words)];
        Span<bool> usable = [true];
        var place = 0;
        foreach (var part in _keys[side])
        {
            part.Write([row], words[place..], words.Length, usable);
            place += part.Words;
        }

        key = usable[0] ? XxHash128.HashToUInt128(MemoryMarshal.AsBytes(words), _seed) : 0;
        return usable[0];
    }

    /// <summary>The conditions, made for one thread: they remember the text that was asked last.</summary>
    public SeveralConditions Conditions()
    {
        lock (_keys)
        {
            return new SeveralConditions(Pass, Tables, _readers);
        }
    }

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
