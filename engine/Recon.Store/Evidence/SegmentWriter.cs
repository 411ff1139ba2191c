// Writes matches of a leg as one Parquet file.
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Store.Evidence;

/// <summary>The matches from <paramref name="start"/> to before <paramref name="end"/>.</summary>
sealed class SegmentWriter(SegmentHead head, LegEvidence leg, int start, int end)
{
    // 128 Ki rows a group: some MiB, so that memory does not grow with the run.
    const int GroupRows = 1 << 17;

    static readonly ParquetOptions Options = new()
    {
        UseBigDecimal = true,
        CompressionMethod = CompressionMethod.Zstd,
        CompressionLevel = System.IO.Compression.CompressionLevel.Fastest,
        DictionaryEncodingSampleSize = 1024,
    };

    readonly SegmentColumns _columns = new(head);
    readonly string?[] _against = new string?[byte.MaxValue + 1];

    /// <param name="file">Writeable and seekable.</param>
    public async Task WriteAsync(Stream file)
    {
        await using var writer = await ParquetWriter.CreateAsync(_columns.Schema, file, Options);
        writer.CustomMetadata = new Dictionary<string, string> { [SegmentHead.Key] = head.Write() };
        for (var from = start; from < end;)
        {
            var rows = new MatchRows(leg, from, end, GroupRows);
            using var group = writer.CreateRowGroup();
            await WriteAsync(group, rows);
            from = rows.End;
        }
    }

    async Task WriteAsync(ParquetRowGroupWriter group, MatchRows rows)
    {
        await group.WriteAsync<long>(_columns.Match, rows.Numbers());
        await WriteAsync(group, _columns.Pass, rows, (cells, match) => cells.Add(leg.PassNames[leg.PassOf[match]]));
        for (var side = 0; side < leg.Members.Count; side++)
        {
            await group.WriteAsync(_columns.Ids[side], rows.Ids(leg.Members[side]).Cells);
        }

        for (var i = 0; i < leg.Truths.Count; i++)
        {
            await WriteAsync(group, rows, leg.Truths[i], _columns.Truths[i], head.Truths[i].Scale);
        }

        for (var i = 0; i < leg.Lags.Count; i++)
        {
            var lag = leg.Lags[i];
            await WriteAsync(group, _columns.Lags[i], rows, (cells, match) => AddText(cells, lag.Values, match - lag.First));
        }
    }

    async Task WriteAsync(ParquetRowGroupWriter group, MatchRows rows, TruthColumns truth, TruthFields fields, int scale)
    {
        if (fields is { Number: { } number, Currency: { } currency })
        {
            var amounts = new Amounts(truth.Values, scale);
            await group.WriteAsync<BigDecimal>(number, rows.Values(amounts.Decimal));
            await WriteAsync(group, currency, rows, amounts.AddCurrency);
        }

        if (fields.Date is { } date)
        {
            await group.WriteAsync<DateOnly>(date, rows.Values<DateOnly>(match => Day(truth.Values, match)));
        }

        await WriteAsync(group, fields.Text, rows, (cells, match) => AddText(cells, truth.Values, match));
        await WriteAsync(group, fields.From, rows, (cells, match) => cells.Add(
            truth.From[match] == TruthColumns.Nobody ? null : leg.Sources[truth.From[match]]));
        await WriteAsync(group, fields.Against, rows, (cells, match) => cells.Add(_against[truth.Against[match]] ??= Names(truth.Against[match])));
    }

    // The names of the sources of these bits; NULL for none.
    string? Names(byte bits) => bits == 0 ? null : string.Join(',', leg.Sources.Where((_, side) => (bits >> side & 1) != 0));

    static async Task WriteAsync(ParquetRowGroupWriter group, DataField field, MatchRows rows, Action<TextCells, int> add) =>
        await group.WriteAsync(field, rows.Texts(add).Cells);

    static void AddText(TextCells cells, TextColumn texts, int row)
    {
        if (row < 0 || row >= texts.Count || texts.IsNull(row))
        {
            cells.AddNull();
        }
        else
        {
            cells.Add(texts.Utf8(row));
        }
    }

    static DateOnly? Day(TextColumn texts, int row) =>
        !texts.IsNull(row) && BelievedText.TryDate(texts.Utf8(row), out var date) ? date : null;
}
