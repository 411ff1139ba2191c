// Puts a leg's evidence together again, segment by segment.
using Recon.Model.Columns;

namespace Recon.Runs.Results;

sealed class LegReader
{
    readonly string[] _sources;
    readonly string[] _passes;
    readonly string[] _truthFields;
    readonly string[] _lagFields;
    readonly List<int> _passOf = [];
    readonly MemberReader[] _members;
    readonly TruthReader[] _truths;
    readonly TextColumnBuilder[] _lags;

    LegReader(string[] sources, string[] passes, string[] truthFields, string[] lagFields)
    {
        _sources = sources;
        _passes = passes;
        _truthFields = truthFields;
        _lagFields = lagFields;
        _members = [.. sources.Select(_ => new MemberReader())];
        _truths = [.. truthFields.Select(_ => new TruthReader())];
        _lags = [.. lagFields.Select(_ => new TextColumnBuilder())];
    }

    /// <summary>Appends a segment's body to the leg so far; null begins a leg.</summary>
    public static LegReader Continue(LegReader? leg, ReadOnlySpan<byte> body)
    {
        var cursor = new EvidenceCursor(body);
        var names = cursor.Section();
        var count = names.Count(EvidenceFormat.SegmentMatches);
        var begun = new LegReader(names.Names(), names.Names(), names.Names(), names.Names());
        names.End();
        if (leg is not null && !leg.HasNamesOf(begun))
        {
            throw EvidenceCursor.Damaged("segments of two legs");
        }

        leg ??= begun;
        leg.Append(ref cursor, count);
        cursor.End();
        return leg;
    }

    public LegEvidence Build() => new(
        _sources,
        _passes,
        [.. _passOf],
        [.. _members.Select(members => members.Build())],
        [.. _truths.Select((truth, i) => truth.Build(_truthFields[i]))],
        [.. _lags.Select((lag, i) => new LagColumn(_lagFields[i], lag.Build()))]);

    bool HasNamesOf(LegReader other) => _sources.AsSpan().SequenceEqual(other._sources)
        && _passes.AsSpan().SequenceEqual(other._passes)
        && _truthFields.AsSpan().SequenceEqual(other._truthFields)
        && _lagFields.AsSpan().SequenceEqual(other._lagFields);

    void Append(ref EvidenceCursor cursor, int count)
    {
        AppendPasses(cursor.Section(), count);
        foreach (var members in _members)
        {
            members.Append(ref cursor, count);
        }

        foreach (var truth in _truths)
        {
            truth.Append(ref cursor, count);
        }

        foreach (var lag in _lags)
        {
            AppendTexts(lag, cursor.Section(), count);
        }
    }

    void AppendPasses(EvidenceCursor section, int count)
    {
        var pass = 0;
        for (var i = 0; i < count; i++)
        {
            var zigzag = section.Number();
            pass = unchecked(pass + ((int)(zigzag >> 1) ^ -(int)(zigzag & 1)));
            if (pass < 0 || pass >= _passes.Length)
            {
                throw EvidenceCursor.Damaged($"there is no pass {pass}");
            }

            _passOf.Add(pass);
        }

        section.End();
    }

    static void AppendTexts(TextColumnBuilder texts, EvidenceCursor section, int count)
    {
        var nulls = section.Count(1) == 1 ? section.Bytes((count + 7) / 8) : default;
        var lengths = section.Section();
        var (text, length) = (new byte[64], 0);
        for (var i = 0; i < count; i++)
        {
            if (!nulls.IsEmpty && (nulls[i / 8] >> (i % 8) & 1) != 0)
            {
                texts.AppendNull();
                continue;
            }

            var shared = lengths.Count(length);
            var own = section.Bytes(lengths.Count(EvidenceCursor.MaxBody));
            length = shared + own.Length;
            if (length > text.Length)
            {
                Array.Resize(ref text, Math.Max(text.Length * 2, length));
            }

            own.CopyTo(text.AsSpan(shared));
            texts.Append(text.AsSpan(0, length));
        }

        lengths.End();
        section.End();
    }

    /// <summary>The ids of one source by match.</summary>
    sealed class MemberReader
    {
        readonly List<int> _ends = [];
        readonly TextColumnBuilder _ids = new();

        public MemberIds Build() => new([.. _ends], _ids.Build());

        public void Append(ref EvidenceCursor cursor, int count)
        {
            var counts = cursor.Section();
            var start = _ids.Count;
            var end = start;
            for (var i = 0; i < count; i++)
            {
                end += counts.Count(EvidenceCursor.MaxBody - end);
                _ends.Add(end);
            }

            counts.End();
            AppendTexts(_ids, cursor.Section(), end - start);
        }
    }

    /// <summary>The believed values of one field by match.</summary>
    sealed class TruthReader
    {
        readonly TextColumnBuilder _values = new();
        readonly List<byte> _from = [];
        readonly List<byte> _against = [];

        public void Append(ref EvidenceCursor cursor, int count)
        {
            AppendTexts(_values, cursor.Section(), count);
            _from.AddRange(cursor.Section().Bytes(count));
            _against.AddRange(cursor.Section().Bytes(count));
        }

        public TruthColumns Build(string field) => new(field, _values.Build(), [.. _from], [.. _against]);
    }
}
