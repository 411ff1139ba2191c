// One source on its way from raw rows to records, step by step.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising.Cells;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

sealed class Normalisation
{
    const int IdsShown = 10;

    readonly NormalisingInput _input;
    readonly SourceSpec _source;
    readonly RawRows _rows;
    readonly RowAccounts _accounts;
    readonly ParallelOptions _options;
    readonly CancellationToken _cancellation;
    readonly FieldSpec[] _readFields;
    readonly Dictionary<string, ControlledField> _controlled = new(StringComparer.Ordinal);
    FieldValues[] _values = [];
    readonly RowContents _contents;
    readonly RowContents? _asJoined;
    RowContents _meanings;
    int _sharedRows;
    ExcludedRows _excluded = ExcludedRows.None;
    Candidates? _identified;

    public Normalisation(NormalisingInput input, CancellationToken cancellation)
    {
        _input = input;
        _source = input.Source;
        _rows = new RawRows(input.Read, [.. input.Carried.Where(item => item.Record.Source == _source.Name)]);
        _accounts = new RowAccounts(_rows, _source.Name);
        _contents = new RowContents(_rows, input.Threads, [], input.Taken?.Contents);
        _meanings = _contents;
        _asJoined = input.Counted is { } counted ? RowContents.AsJoined(_rows, input.Threads, counted) : null;
        _options = RowRanges.Options(input.Threads, cancellation);
        _cancellation = cancellation;
        _readFields = [.. _source.Fields.Where(field => field.Derived is null)];
        Require.That(_source.Fields.Take(_readFields.Length).SequenceEqual(_readFields));
    }

    FieldSpec? IdField => _source.Id is null ? null : _source.Field(_source.Id);

    // Of where, as it is shown.
    string Condition => OneLine.Of(_source.Where!.Text.Trim(), 200);

    bool IdIsDerived => IdField?.Derived is not null;

    /// <summary>Reads every cell; rows whose cells are all well go on, in the order of their ids.</summary>
    public Candidates ReadFields()
    {
        _values = new FieldValues[_readFields.Length];
        RowRanges.ForEach(_values.Length, _options, field => _values[field] = ReadField(field));
        RejectFaults(field => _values[field].Faults);
        var largeAmounts = _values.Select(values => ColumnScale.TooLarge(values, _accounts, _rows.Count))
            .ToArray();
        RejectFaults(field => largeAmounts[field]);
        RejectRowsWithoutId();
        foreach (var (index, field) in _readFields.Index().Where(entry => IsControlled(entry.Item)))
        {
            _controlled.Add(field.Name, new ControlledField(_values[index], null, []));
        }

        var accepted = _accounts.RowsInScope();
        return Sorted(new Candidates(accepted, FirstIds(accepted), _values, []));
    }

    FieldValues ReadField(int field)
    {
        if (_input.Taken is not { } taken)
        {
            return FieldReading.Read(_rows.Tables, _source, _readFields[field], _input.Memory, _cancellation);
        }

        var (read, carried) = (taken.Values[field], _rows.Tables.Skip(1).ToList());
        if (read is TextValues texts && carried.Count > 0)
        {
            return TextValues.Joined([texts, (TextValues)FieldReading.Read(carried, _source, _readFields[field], _input.Memory, _cancellation)]);
        }

        if (read is not TextValues)
        {
            read.Append(carried, _source, _readFields[field], _cancellation);
        }

        return read;
    }

    /// <summary>Computes the derived fields in the order of the pack; a row that lacks a required one ends here.</summary>
    public Candidates Derive(Candidates candidates)
    {
        foreach (var field in _source.Fields.Skip(_readFields.Length))
        {
            _cancellation.ThrowIfCancellationRequested();
            var column = Derivation.Column(_input.Rules, field, candidates.ToTable(_source, _rows, _options));
            candidates = candidates with { Derived = [.. candidates.Derived, column] };
            if (IsControlled(field))
            {
                _controlled.Add(field.Name, new ControlledField(null, column, candidates.Rows));
            }

            if (!field.Optional && column.HasNulls)
            {
                RejectNulls(candidates, column, FaultText.MissingDerived(field));
                candidates = InScope(candidates);
            }
        }

        return candidates;
    }

    /// <summary>Leaves out the rows for which the source's condition does not hold.</summary>
    public Candidates KeepWhere(Candidates candidates)
    {
        if (_source.Where is not { } where)
        {
            return candidates;
        }

        var table = candidates.ToTable(_source, _rows, _options);
        var predicate = _input.Rules.Record(where);
        var holds = new bool[candidates.Count];
        int[] positions = [.. Enumerable.Range(0, candidates.Count)];
        RowRanges.ForEach(
            candidates.Count,
            _input.Threads,
            (from, to) => predicate(table, positions.AsSpan(from..to), holds.AsSpan(from..to)),
            _cancellation);
        _excluded = ExcludedRows.Of(candidates, holds, IdIsDerived ? IndexOf(IdField!) - _readFields.Length : null);
        for (var position = 0; position < holds.Length; position++)
        {
            if (!holds[position])
            {
                _accounts.Exclude(candidates.Rows[position], Condition);
            }
        }

        new WithdrawnItems(_rows, _accounts, candidates, IdsOf(candidates)).Withdraw();
        return InScope(candidates);
    }

    /// <summary>Where the business key is derived: every row has it, and stands in its order.</summary>
    public Candidates Identify(Candidates candidates)
    {
        if (IdField is not { Derived: not null } field)
        {
            return _identified = candidates;
        }

        candidates = candidates with { Ids = IdsOf(candidates) };
        for (var position = 0; position < candidates.Count; position++)
        {
            if (IsBlank(candidates.Ids.Utf8(position)))
            {
                _accounts.Reject(candidates.Rows[position], null, FaultText.MissingId(field));
            }
        }

        return _identified = Sorted(InScope(candidates));
    }

    /// <summary>One record an id, and none that an earlier run has decided.</summary>
    public Candidates ResolveDuplicates(Candidates candidates)
    {
        if (_rows.HasResiduals)
        {
            RejectLostResiduals(candidates);
            candidates = InScope(candidates);
        }

        SettledRecords[] settled = [.. _input.Settled.Where(records => records.Source == _source.Name)];
        if (!candidates.IdsMayRepeat && settled.Length == 0)
        {
            return candidates;
        }

        var states = SettledLookup.Find(candidates, _meanings, _asJoined, settled, _input.Threads, _cancellation);
        new DuplicateIds(_rows, _accounts, candidates, _meanings, _asJoined, states).Resolve(_cancellation);
        return InScope(candidates);
    }

    public NormalisedSource Finish(Candidates candidates)
    {
        var table = CarriedResiduals.Applied(candidates.ToTable(_source, _rows, _options), candidates.Rows, _rows);
        var fates = _accounts.FatesIn(table, candidates.Rows);
        var counts = _accounts.Count();
        Require.That(table.Count == counts.New + counts.Carried);
        var rejects = _accounts.SortedRejects();
        var delivered = new DeliveredRows(_rows, _identified!.Ids, _identified.Rows, _excluded, rejects);
        return new NormalisedSource(_rows, candidates, table, _contents, _meanings, _asJoined, delivered, _controlled, _input.Threads)
        {
            Counts = counts,
            JoinedLost = _accounts.JoinedLost(),
            DecidedBefore = _accounts.DecidedBefore,
            Fates = fates,
            Excluded = _excluded,
            Exclusions = counts.Excluded == 0
                ? []
                : [new ExclusionCount(Condition, counts.Excluded, Pass: null)],
            Rejects = rejects,
            Notices =
            [
                .. _rows.Read.Notices.Select(notice => $"{_source.Name}: {notice}"),
                .. DecimalNotices.Of(table),
                .. CurrencyNotices.Of(table),
                .. ReplacedNotice(),
                .. WithdrawnNotice(),
                .. SharedNotice(),
            ],
        };
    }

    void RejectLostResiduals(Candidates candidates)
    {
        for (var position = 0; position < candidates.Count; position++)
        {
            if (_rows.Carried(candidates.Rows[position])?.Residual is { } residual
                && CarriedResiduals.Objection(_source, residual) is { } objection)
            {
                _accounts.Reject(candidates.Rows[position], candidates.Ids.Text(position), objection);
            }
        }
    }

    void RejectFaults(Func<int, IReadOnlyList<CellFault>> faultsOf)
    {
        for (var field = 0; field < _values.Length; field++)
        {
            foreach (var fault in faultsOf(field))
            {
                if (_accounts.IsInScope(fault.Row))
                {
                    var reason = FaultText.Of(_rows, _source, _readFields[field], _values[field], fault);
                    _accounts.Reject(fault.Row, ReadableId(fault.Row), reason);
                }
            }
        }
    }

    void RejectRowsWithoutId()
    {
        if (IdField is not { Derived: null } field)
        {
            return;
        }

        var ids = _values[IndexOf(field)];
        for (var row = 0; row < _rows.Count; row++)
        {
            if (_accounts.IsInScope(row)
                && (ids.IsNull(row) || (ids is TextValues texts && IsBlank(texts.Column.Utf8(row)))))
            {
                _accounts.Reject(row, null, FaultText.MissingId(field));
            }
        }
    }

    void RejectNulls(Candidates candidates, Column column, string reason)
    {
        for (var position = 0; position < candidates.Count; position++)
        {
            if (column.IsNull(position))
            {
                _accounts.Reject(candidates.Rows[position], ReadableId(candidates.Rows[position]), reason);
            }
        }
    }

    string? ReadableId(int row) =>
        IdField is { } field && !IdIsDerived ? _values[IndexOf(field)].Canonical(row) : null;

    // Rules that fail name the record: where its id is not there yet, by its place.
    TextColumn FirstIds(int[] accepted)
    {
        if (IdField is { } field)
        {
            return IdIsDerived
                ? TextColumn.Of(accepted.Select(_rows.Place))
                : CarriedResiduals.Named(CanonicalColumn.Of(_values[IndexOf(field)], accepted), accepted, _rows);
        }

        if (_rows.Read.DeliveryColumns is { Count: > 0 } leftOut)
        {
            _meanings = new RowContents(_rows, _input.Threads, leftOut);
        }

        (var ids, _sharedRows) = AutoIds.Of(_rows, accepted, _meanings, _input, _cancellation);
        return ids;
    }

    Candidates Sorted(Candidates candidates)
    {
        var order = IdOrder.Of(candidates.Ids, candidates.Rows, _contents, _cancellation);
        var sorted = order.Positions is { } positions ? candidates.Choose(positions) : candidates;
        return sorted with
        {
            IdsMayRepeat = order.HasEqualIds,
            Ids = SideBySideIds.Of(sorted.Ids, _input.Memory, _input.Threads, _cancellation),
        };
    }

    Candidates InScope(Candidates candidates) => candidates.InScope(_accounts);

    // Where the id is derived, candidates stand under their places until they are identified.
    TextColumn IdsOf(Candidates candidates) =>
        IdField is { Derived: not null } field
            ? CarriedResiduals.Named(
                CanonicalColumn.Of(candidates.Derived[IndexOf(field) - _readFields.Length]), candidates.Rows, _rows)
            : candidates.Ids;

    // NULL, empty or nothing but white space: no one could tell such a record by its id.
    static bool IsBlank(ReadOnlySpan<byte> id) => CellCleaning.Trim(id).IsEmpty;

    int IndexOf(FieldSpec field) =>
        _source.Fields.Index().First(entry => entry.Item.Name == field.Name).Index;

    bool IsControlled(FieldSpec field) => _source.Controls.Any(control => control.Field == field.Name);

    IEnumerable<string> ReplacedNotice()
    {
        string[] ids = [.. _accounts.ReplacedIds.Order(Comparer<string>.Create(Utf8Order.Compare))];
        if (ids.Length == 0)
        {
            return [];
        }

        var shown = string.Join(", ", ids.Take(IdsShown))
            + (ids.Length > IdsShown ? $" and {ids.Length - IdsShown} more" : "");
        return
        [
            $"{_source.Name}: open items came again with other content, which now counts: {OneLine.Of(shown, 500)}",
        ];
    }

    IEnumerable<string> WithdrawnNotice() => _accounts.Withdrawn switch
    {
        0 => [],
        1 => [$"{_source.Name}: 1 open item came again and is left out by where now: {Condition}"],
        var items => [$"{_source.Name}: {items} open items came again and are left out by where now: {Condition}"],
    };

    IEnumerable<string> SharedNotice() => _sharedRows switch
    {
        0 => [],
        1 => [$"{_source.Name}: 1 entry counts once, though two statements that do not follow each other list it"],
        var rows => [$"{_source.Name}: {rows} entries count once, though two statements that do not follow each other list them"],
    };
}
