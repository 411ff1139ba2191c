// A pass bound to its tables: what makes its key, which windows remain, which totals a group must meet.
using Recon.Matching.Rates;
using Recon.Matching.Reading;
using Recon.Matching.Texts;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Blocks;

/// <summary>A condition that equality cannot say: how far second may lie from first.</summary>
/// <param name="Readers">By side of the leg.</param>
sealed record Window(SideReader[] Readers, Allowance Allowance);

/// <summary>An amount of a group pass: the sum over the many side against the one record.</summary>
/// <param name="Currency">The only currency that counts; null: any, the same on both sides.</param>
sealed record Total(SideReader[] Readers, Allowance Allowance, int? Currency);

/// <summary>One entry of the distance of a candidate: a window, total, text or rate of the plan.</summary>
readonly record struct Measure(MeasureOf Of, int Index);

enum MeasureOf
{
    Window,
    Total,
    Text,
    Rate,
}

/// <summary>
/// A pass in terms of the leg's sides (0: the source declared first): equalities as key words, the rest as windows.
/// </summary>
/// <remarks>
/// A condition that leaves no room (tolerance 0, exactly two days) becomes a part of the key, and so does the currency
/// of an amount with a tolerance. In a group pass amounts are totals instead.
/// </remarks>
sealed class PassPlan
{
    readonly List<KeyWriter>[] _keys = [[], []];
    readonly List<Window> _windows = [];
    readonly List<Total> _totals = [];
    readonly List<TextCondition> _texts = [];
    readonly List<RateCondition> _rates = [];
    readonly List<Measure> _measures = [];
    readonly ReaderFactory _readers;
    readonly long _seed;

    public PassPlan(
        PassSpec pass, RecordTable[] tables, ReaderFactory readers, ICompiledRules rules, long seed)
    {
        _readers = readers;
        _seed = seed;
        Pass = pass;
        Tables = tables;
        LeftSide = pass.Left.Name == tables[0].Name ? 0 : 1;
        OneSide = pass.Cardinality == Cardinality.ManyToOne ? 1 - LeftSide : LeftSide;
        foreach (var pair in pass.Key)
        {
            AddKey(pair);
        }

        foreach (var comparison in pass.Comparisons)
        {
            AddCondition(comparison);
        }

        KeyWords = _keys[0].Sum(part => part.Words);
        if (pass is { When: { } when, IsOfOneSource: false })
        {
            GroupsWhen = pass.Cardinality == Cardinality.ManyToMany ? rules.Groups(when) : null;
            GroupWhen = IsGroup && GroupsWhen is null ? rules.Group(when) : null;
            PairWhen = IsGroup ? null : rules.Pair(when);
        }
    }

    public PassSpec Pass { get; }

    /// <summary>The leg's tables; the source declared first is side 0.</summary>
    public RecordTable[] Tables { get; }

    /// <summary>The side of the pass's left source.</summary>
    public int LeftSide { get; }

    /// <summary>The side of which a group pass takes one record; the other side is the many side.</summary>
    public int OneSide { get; }

    public bool IsGroup => Pass.IsGroup;

    public int KeyWords { get; }

    public long Seed => _seed;

    public IReadOnlyList<Window> Windows => _windows;

    public IReadOnlyList<Total> Totals => _totals;

    /// <summary>What remains to be asked of texts; asked of every member of a group.</summary>
    public IReadOnlyList<TextCondition> Texts => _texts;

    /// <summary>Amounts of several currencies: of a pair, or of a record and the sum of its members.</summary>
    public IReadOnlyList<RateCondition> Rates => _rates;

    /// <summary>What a distance is made of, in the order in which the pass declares its tolerances.</summary>
    public IReadOnlyList<Measure> Measures => _measures;

    /// <inheritdoc cref="WorkCut"/>
    public required int FewTexts { get; init; }

    public PairPredicate? PairWhen { get; }

    public GroupPredicate? GroupWhen { get; }

    public GroupsPredicate? GroupsWhen { get; }

    public IReadOnlyList<KeyWriter> Keys(int side) => _keys[side];

    void AddKey(KeyPair pair)
    {
        var columns = new Column[2];
        columns[LeftSide] = Tables[LeftSide].Column(pair.LeftField);
        columns[1 - LeftSide] = Tables[1 - LeftSide].Column(pair.RightField);
        var fields = LeftSide == 0 ? (pair.LeftField, pair.RightField) : (pair.RightField, pair.LeftField);
        if (columns is [TextColumn first, TextColumn second])
        {
            _keys[0].Add(new TextKeyWriter(first, pair.NullsEqual, _seed));
            _keys[1].Add(new TextKeyWriter(second, pair.NullsEqual, _seed));
            return;
        }

        var readers = KeyReaders(columns, fields);
        for (var side = 0; side < 2; side++)
        {
            var nullsEqualOf = pair.NullsEqual ? columns[side] : null;
            _keys[side].Add(new ValueKeyWriter(readers[side], shift: 0, nullsEqualOf));
        }
    }

    SideReader[] KeyReaders(Column[] columns, (string First, string Second) fields)
    {
        if (columns is [ScaledColumn first, ScaledColumn second] && first.Kind == second.Kind)
        {
            var scale = Math.Max(first.Scale, second.Scale);
            return [_readers.Amount(first, scale), _readers.Amount(second, scale)];
        }

        return columns is [InstantColumn, InstantColumn]
            ? [ReaderFactory.Ticks(Tables[0], fields.First), ReaderFactory.Ticks(Tables[1], fields.Second)]
            : [_readers.Days(Tables[0], fields.First, null), _readers.Days(Tables[1], fields.Second, null)];
    }

    void AddCondition(Comparison comparison)
    {
        var operands = LeftSide == 0
            ? (First: comparison.Left, Second: comparison.Right)
            : (First: comparison.Right, Second: comparison.Left);
        switch (comparison.Tolerance)
        {
            case AmountTolerance { Fx: not null } rated:
                _measures.Add(new Measure(MeasureOf.Rate, _rates.Count));
                _rates.Add(_readers.Rate(rated, Tables, operands.First, operands.Second, leftIsFirst: LeftSide == 0));
                break;
            case AmountTolerance amount when Pass.Partial is not null && comparison == Pass.Split:
                AddSplit(amount, operands.First, operands.Second);
                break;
            case AmountTolerance amount:
                AddAmount(amount, operands.First, operands.Second);
                break;
            case DayTolerance days:
                SideReader[] dates =
                [
                    _readers.Days(Tables[0], operands.First.Terms[0].Field, days.Calendar),
                    _readers.Days(Tables[1], operands.Second.Terms[0].Field, days.Calendar),
                ];
                AddRange(dates, days.From, days.To);
                break;
            case ElapsedTolerance elapsed:
                SideReader[] instants =
                [
                    ReaderFactory.Ticks(Tables[0], operands.First.Terms[0].Field),
                    ReaderFactory.Ticks(Tables[1], operands.Second.Terms[0].Field),
                ];
                AddRange(instants, elapsed.From.Ticks, elapsed.To.Ticks);
                break;
            case not null:
                AddText(TextConditions.Of(comparison, Tables, LeftSide));
                break;
        }
    }

    // Any two amounts of one currency and one sign meet: what the larger has more is left of it.
    void AddSplit(AmountTolerance tolerance, Operand first, Operand second)
    {
        var (readers, _, currency) = AmountsOf(tolerance, first, second);
        for (var side = 0; side < 2; side++)
        {
            _keys[side].Add(new CurrencyKeyWriter(readers[side], currency));
            _keys[side].Add(new SignKeyWriter(readers[side]));
        }

        if (Pass.Tie.Kind is TieKind.Closest or TieKind.Best)
        {
            AddWindow(readers, Allowance.Any);
        }
    }

    (SideReader[] Readers, int Scale, int? Currency) AmountsOf(AmountTolerance tolerance, Operand first, Operand second)
    {
        var scale = ReaderFactory.CommonScale((Tables[0], first), (Tables[1], second));
        SideReader[] readers =
        [
            _readers.Amounts(Tables[0], first, scale),
            _readers.Amounts(Tables[1], second, scale),
        ];
        return (readers, scale, tolerance.Currency is { } only ? _readers.CodeOf(only) : null);
    }

    void AddAmount(AmountTolerance tolerance, Operand first, Operand second)
    {
        var (readers, scale, currency) = AmountsOf(tolerance, first, second);
        var allowance = Allowance.Of(tolerance, scale, leftIsFirst: LeftSide == 0);
        if (IsGroup)
        {
            _measures.Add(new Measure(MeasureOf.Total, _totals.Count));
            _totals.Add(new Total(readers, allowance, currency));
        }
        else if (allowance.Only is not null)
        {
            _keys[0].Add(new ValueKeyWriter(readers[0], shift: 0, currency: currency));
            _keys[1].Add(new ValueKeyWriter(readers[1], shift: 0, currency: currency));
        }
        else
        {
            _keys[0].Add(new CurrencyKeyWriter(readers[0], currency));
            _keys[1].Add(new CurrencyKeyWriter(readers[1], currency));
            AddWindow(readers, allowance);
        }
    }

    void AddText(TextConditions text)
    {
        for (var side = 0; side < 2 && text.Key is not null; side++)
        {
            _keys[side].Add(new TextKeyWriter(text.Key[side], nullsEqual: false, _seed));
        }

        if (text.Condition is { IsMeasured: true })
        {
            _measures.Add(new Measure(MeasureOf.Text, _texts.Count));
        }

        if (text.Condition is not null)
        {
            _texts.Add(text.Condition);
        }
    }

    void AddRange(SideReader[] readers, long from, long to)
    {
        var (low, high) = Oriented(from, to);
        if (low == high)
        {
            _keys[0].Add(new ValueKeyWriter(readers[0], shift: low));
            _keys[1].Add(new ValueKeyWriter(readers[1], shift: 0));
        }
        else
        {
            AddWindow(readers, Allowance.Fixed(low, high));
        }
    }

    void AddWindow(SideReader[] readers, Allowance allowance)
    {
        _measures.Add(new Measure(MeasureOf.Window, _windows.Count));
        _windows.Add(new Window(readers, allowance));
    }

    // Bounds of right − left become bounds of second − first.
    (Int128 Low, Int128 High) Oriented(Int128 low, Int128 high) =>
        LeftSide == 0 ? (low, high) : (-high, -low);
}
