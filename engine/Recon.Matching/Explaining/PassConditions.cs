// The conditions of a pass in the order in which they are told: currency, key, tolerances.
using Recon.Matching.Blocks;
using Recon.Matching.Reading;
using Recon.Matching.Texts;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>A pass as a list of conditions over the tables of its leg (0: the source declared first).</summary>
sealed class PassConditions
{
    readonly List<Condition> _conditions = [];
    readonly Dictionary<Comparison, Condition> _measured = new(ReferenceEqualityComparer.Instance);
    readonly RecordTable[] _tables;
    readonly ReaderFactory _readers;

    public PassConditions(PassSpec pass, RecordTable[] tables, ReaderFactory readers)
    {
        (Pass, _tables, _readers) = (pass, tables, readers);
        LeftSide = pass.Left.Name == tables[0].Name ? 0 : 1;
        foreach (var amount in pass.Comparisons.Where(each =>
            each is { Tolerance: AmountTolerance { Fx: null }, Left.Kind: FieldKind.Money }))
        {
            AddCurrency(amount, (AmountTolerance)amount.Tolerance!);
        }

        if (pass.Partial is { } most)
        {
            AddParts(most);
        }

        foreach (var pair in pass.Key)
        {
            AddKey(pair);
        }

        foreach (var comparison in pass.Comparisons.Where(each => each.Tolerance is not null))
        {
            if (comparison.Left.Kind == FieldKind.Text)
            {
                AddText(comparison);
            }
            else if (comparison.Tolerance is AmountTolerance { Fx: not null })
            {
                AddRate(comparison);
            }
            else
            {
                AddRange(comparison);
            }

            if (_conditions[^1].IsMeasured)
            {
                _measured.Add(comparison, _conditions[^1]);
            }
        }
    }

    public PassSpec Pass { get; }

    public int LeftSide { get; }

    public bool IsGroup => Pass.IsGroup;

    /// <summary>The side of which a group pass takes one record; in n:m there is none.</summary>
    public int OneSide => Pass.Cardinality == Cardinality.ManyToOne ? 1 - LeftSide : LeftSide;

    /// <summary>All conditions but the C#.</summary>
    public IReadOnlyList<Condition> All => _conditions;

    /// <summary>Those asked pair by pair: all in a 1:1 pass, key and times in a group pass.</summary>
    public IEnumerable<Condition> OfPairs =>
        IsGroup ? _conditions.Where(each => !each.IsOfTotal) : _conditions;

    /// <summary>What measures the distance of a comparison; null where it has none, or is not of this pass.</summary>
    public Condition? MeasureOf(Comparison comparison) => _measured.GetValueOrDefault(comparison);

    /// <summary>True where the key alone holds.</summary>
    public bool KeyHolds(int first, int second) =>
        _conditions.TrueForAll(each => each.Kind != ConditionKind.Key || each.Holds(first, second, out _));

    public bool PairHolds(int first, int second)
    {
        foreach (var condition in OfPairs)
        {
            if (!condition.Holds(first, second, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Right − left of a comparison in words; null where equal or not comparable.</summary>
    public string? Difference(Comparison comparison, int first, int second) =>
        RangeOf(comparison, wide: true) is { } range && range.Readers[0].TryRead(first, out var a, out var x)
            && range.Readers[1].TryRead(second, out var b, out var y) && x == y && a != b
            ? range.Measure.Amount(LeftSide == 0 ? b - a : a - b, x)
            : null;

    /// <summary>The value of one side of a comparison in words.</summary>
    public string? Value(Comparison comparison, int side, int row) =>
        RangeOf(comparison, wide: true) is { } range
        ? range.Measure.Value(side, row)
        : _tables[side].Column(OperandOf(comparison, side).Terms[0].Field).Display(row);

    /// <summary>The amount of one side of a comparison, or null where it has none.</summary>
    public (SideReader[] Readers, Measure Measure)? Amounts(Comparison comparison) =>
        comparison.Left.Kind is FieldKind.Money or FieldKind.Number ? RangeOf(comparison, wide: true) : null;

    /// <summary>The check of a comparison over two currencies; null for every other.</summary>
    public RateCheck? Rate(Comparison comparison) =>
        _conditions.OfType<RateCheck>().FirstOrDefault(check => check.Name == comparison.Name);

    void AddRate(Comparison comparison) => _conditions.Add(new RateCheck(comparison.Name, _readers.Rate(
        (AmountTolerance)comparison.Tolerance!, _tables, OperandOf(comparison, 0), OperandOf(comparison, 1), leftIsFirst: LeftSide == 0),
        IsGroup ? OneSide : null));

    Operand OperandOf(Comparison comparison, int side) =>
        side == LeftSide ? comparison.Left : comparison.Right;

    void AddCurrency(Comparison comparison, AmountTolerance tolerance)
    {
        var (readers, _) = RangeOf(comparison, wide: false)!.Value;
        int? only = tolerance.Currency is { } currency ? _readers.CodeOf(currency) : null;
        _conditions.Add(new CurrencyCondition(comparison.Name, readers, only, _readers.TextOf));
    }

    void AddParts(int most)
    {
        _conditions.Add(new SignCondition(Pass.Split.Name, RangeOf(Pass.Split, wide: false)!.Value.Readers));
        if (_tables.Any(table => table.Origins.Residuals.Count > 0))
        {
            _conditions.Add(new SplitsCondition(Pass.Split.Name, _tables, most));
        }
    }

    void AddKey(KeyPair pair)
    {
        var fields = LeftSide == 0
            ? (First: pair.LeftField, Second: pair.RightField)
            : (First: pair.RightField, Second: pair.LeftField);
        var (first, second) = (_tables[0].Column(fields.First), _tables[1].Column(fields.Second));
        SideReader[]? readers = first.Kind == second.Kind
            ? null
            : [_readers.Days(_tables[0], fields.First, null), _readers.Days(_tables[1], fields.Second, null)];
        var name = Pass.IsOfOneSource
            ? $"{_tables[0].Name}.{fields.First}"
            : $"{_tables[0].Name}.{fields.First} = {_tables[1].Name}.{fields.Second}";
        _conditions.Add(new KeyCondition(name, first, second, readers, pair.NullsEqual));
    }

    void AddText(Comparison comparison)
    {
        var columns = TextConditions.Columns(
            _tables, LeftSide, comparison.Left.Terms[0].Field, comparison.Right.Terms[0].Field);
        switch (comparison.Tolerance)
        {
            case ContainsTolerance:
                var contains = (ContainsCondition)TextConditions.Of(comparison, _tables, LeftSide).Condition!;
                _conditions.Add(new ContainsCheck(comparison.Name, columns, contains));
                break;
            case PatternTolerance pattern:
                bool[] isAsked = [IsAsked(pattern.Of, 0), IsAsked(pattern.Of, 1)];
                _conditions.Add(new PatternCheck(comparison.Name, columns, isAsked, pattern.Pattern));
                break;
            case SimilarityTolerance similarity:
                var texts = new ComparedTexts(TextConditions.WithBlocks(similarity, columns, _tables, LeftSide));
                if (similarity.Blocks.Count > 0)
                {
                    _conditions.Add(new BlockCheck(comparison.Name, texts));
                }

                _conditions.Add(new SimilarityCheck(comparison.Name, columns, similarity, texts));
                break;
        }
    }

    bool IsAsked(PatternSides of, int side) =>
        of == PatternSides.Both || of == (side == LeftSide ? PatternSides.Left : PatternSides.Right);

    void AddRange(Comparison comparison)
    {
        var range = RangeOf(comparison, wide: false)!.Value;
        var (kind, allowance) = comparison.Tolerance switch
        {
            AmountTolerance when Pass.Partial is not null && comparison == Pass.Split => (ConditionKind.Amount, Allowance.Any),
            AmountTolerance amount =>
                (ConditionKind.Amount, Allowance.Of(amount, ScaleOf(comparison), leftIsFirst: LeftSide == 0)),
            DayTolerance days => (ConditionKind.Days, Span(days.From, days.To)),
            ElapsedTolerance elapsed => (ConditionKind.Elapsed, Span(elapsed.From.Ticks, elapsed.To.Ticks)),
            _ => throw new InvalidOperationException($"bug: no words for {comparison.Tolerance}"),
        };
        _conditions.Add(new RangeCondition(kind, comparison.Name, range.Readers, allowance, range.Measure,
            LeftSide == 0));

        Allowance Span(Int128 from, Int128 to) =>
            LeftSide == 0 ? Allowance.Fixed(from, to) : Allowance.Fixed(-to, -from);
    }

    int ScaleOf(Comparison comparison) =>
        ReaderFactory.CommonScale((_tables[0], OperandOf(comparison, 0)),
            (_tables[1], OperandOf(comparison, 1)));

    // Readers and words of two sides; null for texts, and for times without tolerance unless asked for.
    (SideReader[] Readers, Measure Measure)? RangeOf(Comparison comparison, bool wide) => comparison switch
    {
        { Left.Kind: FieldKind.Money or FieldKind.Number } => AmountsOf(comparison),
        { Tolerance: ElapsedTolerance } => SpansOf(comparison),
        { Tolerance: DayTolerance days } => DaysOf(comparison, days.Calendar),
        _ when wide && IsTime(comparison.Left) && IsTime(comparison.Right) => DaysOf(comparison, calendar: null),
        _ => null,
    };

    static bool IsTime(Operand operand) => operand.Kind is FieldKind.Date or FieldKind.Instant;

    (SideReader[], Measure) AmountsOf(Comparison comparison)
    {
        var scale = ScaleOf(comparison);
        SideReader[] readers =
        [
            _readers.Amounts(_tables[0], OperandOf(comparison, 0), scale),
            _readers.Amounts(_tables[1], OperandOf(comparison, 1), scale),
        ];
        return (readers, new Measure(
            (side, row) => readers[side].TryRead(row, out var value, out var code)
                ? Words(value, code)
                : null, Words, Words));

        string Words(Int128 units, int code) => code == SideReader.NoCurrency
            ? new ExactNumber(units, scale).ToString()
            : $"{new ExactNumber(units, scale)} {_readers.TextOf(code)}";
    }

    (SideReader[], Measure) SpansOf(Comparison comparison)
    {
        var (first, second) = (OperandOf(comparison, 0).Terms[0].Field,
            OperandOf(comparison, 1).Terms[0].Field);
        SideReader[] readers = [ReaderFactory.Ticks(_tables[0], first),
            ReaderFactory.Ticks(_tables[1], second)];
        return (readers, new Measure(
            (side, row) => _tables[side].Column(side == 0 ? first : second).Display(row),
            (ticks, _) => Measure.Span(ticks),
            (ticks, _) => Measure.Span(ticks)));
    }

    (SideReader[], Measure) DaysOf(Comparison comparison, string? calendar)
    {
        var (first, second) = (OperandOf(comparison, 0).Terms[0].Field,
            OperandOf(comparison, 1).Terms[0].Field);
        SideReader[] readers = [_readers.Days(_tables[0], first, calendar),
            _readers.Days(_tables[1], second, calendar)];
        SideReader[] plain = [_readers.Days(_tables[0], first, null),
            _readers.Days(_tables[1], second, null)];
        Func<Int128, int, string> words = calendar is null
            ? (days, _) => Measure.Days(days)
            : (days, _) => Measure.BusinessDays(days);
        return (readers, new Measure((side, row) => DateText(plain[side], row), words, words));
    }

    static string? DateText(SideReader days, int row) => days.TryRead(row, out var day, out _)
        ? DateOnly.FromDayNumber((int)day).ToString("yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture)
        : null;
}
