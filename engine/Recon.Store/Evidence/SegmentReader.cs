// Reads the matches of a leg again from its Parquet files.
using System.Buffers.Binary;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Store.Evidence;

/// <summary>Puts a leg together, segment by segment. Check the hash of each before.</summary>
sealed class SegmentReader
{
    static readonly ParquetOptions Options = new() { UseBigDecimal = true };

    readonly List<int> _passOf = [];
    SegmentHead? _head;
    MemberReader[] _members = [];
    TruthReader[] _truths = [];
    TextColumnBuilder[] _lags = [];
    long _last;

    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: the file is damaged, of another leg or of a newer engine.</exception>
    public async Task AppendAsync(Stream file)
    {
        try
        {
            CheckEnd(file);
            await using var reader = await ParquetReader.CreateAsync(file, Options);
            var head = SegmentHead.Read(reader.CustomMetadata.GetValueOrDefault(SegmentHead.Key));
            Begin(head);
            var columns = new SegmentColumns(head);
            for (var i = 0; i < reader.RowGroupCount; i++)
            {
                CheckPages(file, reader.Metadata!.RowGroups[i]);
                using var group = reader.OpenRowGroupReader(i);
                await AppendAsync(group, columns);
            }
        }
        catch (Exception fault) when (fault is not ReconException)
        {
            throw new ReconException($"evidence is damaged: {fault.Message}", FaultKind.Storage, inner: fault);
        }
    }

    /// <exception cref="ReconException">There was no segment.</exception>
    public LegEvidence Build() => _head is not { } head ? throw SegmentHead.Damaged("no segment") : new LegEvidence(
        [.. head.Leg],
        [.. head.Passes],
        [.. _passOf],
        [.. _members.Select(members => members.Build())],
        [.. _truths.Select((truth, i) => truth.Build(head.Truths[i].Field))],
        [.. _lags.Select((lag, i) => new LagColumn(head.Lags[i], lag.Build()))]);

    static void CheckEnd(Stream file)
    {
        // A file ends with its metadata, their length (four bytes, little endian) and a mark of four bytes.
        Span<byte> tail = stackalloc byte[8];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > file.Length - tail.Length)
        {
            throw SegmentHead.Damaged("its description is longer than it");
        }

        var metadata = new byte[length];
        file.Seek(-tail.Length - length, SeekOrigin.End);
        file.ReadExactly(metadata);
        file.Position = 0;
        if (!ThriftStructure.IsWhole(metadata, ParquetStructures.FileMetaData))
        {
            throw SegmentHead.Damaged("its description does not end, or not as it should");
        }
    }

    // The header of a page is smaller by far.
    const int HeaderBytes = 1 << 16;

    // Page by page up to the values that the column has, as the library goes.
    static void CheckPages(Stream file, RowGroup group)
    {
        var window = new byte[HeaderBytes];
        foreach (var column in group.Columns.Select(column => column.MetaData ?? throw SegmentHead.Damaged("a column that nothing describes")))
        {
            var at = Math.Min(column.DictionaryPageOffset ?? column.DataPageOffset, column.DataPageOffset);
            var end = checked(at + column.TotalCompressedSize);
            if (column.NumValues != group.NumRows)
            {
                throw SegmentHead.Damaged("a column has more or fewer values than there are rows");
            }

            for (var left = column.NumValues; left > 0;)
            {
                if (at < 0 || at >= end || end > file.Length)
                {
                    throw SegmentHead.Damaged("a column is longer than its pages");
                }

                file.Position = at;
                var header = window.AsSpan(0, (int)Math.Min(window.Length, end - at));
                file.ReadExactly(header);
                var (length, values) = ThriftStructure.PageOf(header);
                if (length == 0)
                {
                    throw SegmentHead.Damaged("the header of a page does not end");
                }

                (at, left) = (checked(at + length), left - values);
            }
        }
    }

    void Begin(SegmentHead head)
    {
        if (_head is not null)
        {
            _head = _head.IsOfLegOf(head) ? _head : throw SegmentHead.Damaged("segments of two legs");
            return;
        }

        _head = head;
        _members = [.. head.Leg.Select(_ => new MemberReader())];
        _truths = [.. head.Truths.Select(_ => new TruthReader(head.Leg))];
        _lags = [.. head.Lags.Select(_ => new TextColumnBuilder())];
    }

    async Task AppendAsync(ParquetRowGroupReader group, SegmentColumns columns)
    {
        var isFirst = await FirstsAsync(group, columns.Match);
        AppendPasses(await TextsAsync(group, columns.Pass), isFirst);
        for (var side = 0; side < _members.Length; side++)
        {
            _members[side].Append(await TextsAsync(group, columns.Ids[side]), isFirst);
        }

        for (var i = 0; i < _truths.Length; i++)
        {
            var fields = columns.Truths[i];
            _truths[i].Append(
                await TextsAsync(group, fields.Text), await TextsAsync(group, fields.From), await TextsAsync(group, fields.Against), isFirst);
        }

        for (var i = 0; i < _lags.Length; i++)
        {
            Append(_lags[i], await TextsAsync(group, columns.Lags[i]), isFirst);
        }
    }

    // Matches are numbered in their order, from 1; each row below the first has the number again.
    async Task<bool[]> FirstsAsync(ParquetRowGroupReader group, DataField field)
    {
        var numbers = new long[group.RowCount];
        await group.ReadAsync<long>(field, numbers.AsMemory());
        var isFirst = new bool[numbers.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            isFirst[row] = numbers[row] != _last;
            if (isFirst[row] && numbers[row] != _last + 1)
            {
                throw SegmentHead.Damaged($"match {numbers[row]} follows match {_last}");
            }

            _last = numbers[row];
        }

        return isFirst;
    }

    void AppendPasses(ReadOnlyMemory<char>?[] names, bool[] isFirst)
    {
        var (name, pass) = (default(ReadOnlyMemory<char>), -1);
        for (var row = 0; row < names.Length; row++)
        {
            if (isFirst[row])
            {
                if (pass < 0 || !(names[row] ?? default).Span.SequenceEqual(name.Span))
                {
                    name = names[row] ?? default;
                    pass = IndexOf(_head!.Passes, name.Span);
                }

                _passOf.Add(pass);
            }
        }
    }

    static async Task<ReadOnlyMemory<char>?[]> TextsAsync(ParquetRowGroupReader group, DataField field)
    {
        var texts = new ReadOnlyMemory<char>?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory());
        return texts;
    }

    static void Append(TextColumnBuilder column, ReadOnlyMemory<char>?[] texts, bool[] isFirst)
    {
        for (var row = 0; row < texts.Length; row++)
        {
            if (isFirst[row])
            {
                Append(column, texts[row]);
            }
        }
    }

    static void Append(TextColumnBuilder column, ReadOnlyMemory<char>? text)
    {
        if (text is { } letters)
        {
            column.Append(letters.Span);
        }
        else
        {
            column.AppendNull();
        }
    }

    static int IndexOf(IReadOnlyList<string> names, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (name.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        throw SegmentHead.Damaged($"'{name}' is none of {string.Join(", ", names)}");
    }

    /// <summary>The ids of one source by match.</summary>
    sealed class MemberReader
    {
        readonly List<int> _ends = [];
        readonly TextColumnBuilder _ids = new();

        public MemberIds Build() => new([.. _ends], _ids.Build());

        public void Append(ReadOnlyMemory<char>?[] ids, bool[] isFirst)
        {
            for (var row = 0; row < ids.Length; row++)
            {
                if (isFirst[row])
                {
                    _ends.Add(_ids.Count);
                }

                if (ids[row] is { } id)
                {
                    _ids.Append(id.Span);
                    _ends[^1] = _ids.Count;
                }
            }
        }
    }

    /// <summary>The believed values of one field by match.</summary>
    sealed class TruthReader(IReadOnlyList<string> sources)
    {
        readonly TextColumnBuilder _values = new();
        readonly List<byte> _from = [];
        readonly List<byte> _against = [];

        public void Append(ReadOnlyMemory<char>?[] values, ReadOnlyMemory<char>?[] from, ReadOnlyMemory<char>?[] against, bool[] isFirst)
        {
            SegmentReader.Append(_values, values, isFirst);
            for (var row = 0; row < from.Length; row++)
            {
                if (isFirst[row])
                {
                    _from.Add(from[row] is { } source ? (byte)IndexOf(sources, source.Span) : TruthColumns.Nobody);
                    _against.Add(against[row] is { } others ? Bits(others.Span) : (byte)0);
                }
            }
        }

        public TruthColumns Build(string field) => new(field, _values.Build(), [.. _from], [.. _against]);

        byte Bits(ReadOnlySpan<char> others)
        {
            var bits = 0;
            foreach (var other in others.Split(','))
            {
                bits |= 1 << IndexOf(sources, others[other]);
            }

            return (byte)bits;
        }
    }
}
