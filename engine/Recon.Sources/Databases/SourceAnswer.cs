// The rows of one source as answers bring them, block by block, until they are its table.
using System.Security.Cryptography;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Sources.Tables;

namespace Recon.Sources.Databases;

sealed class SourceAnswer
{
    const string NothingAlike = "no row stands alone under its key on both sides and is the same there";

    readonly SourceSpec _source;
    readonly ReadRequest _request;
    readonly string _label;
    readonly IReadOnlyList<string> _names;
    readonly BlockHandover _handover;
    readonly AnswerHash _joinedHash = new();
    readonly AnswerHash _hash = new();
    readonly List<RowBlock> _blocks = [];
    readonly List<int[]> _cellsOf = [];
    int _joined;
    bool _isJoin;

    /// <param name="label">The source's query, as people know it.</param>
    /// <param name="names">Its columns.</param>
    public SourceAnswer(SourceSpec source, ReadRequest request, string label, IReadOnlyList<string> names)
    {
        (_source, _request, _label, _names) = (source, request, label, names);
        _handover = new BlockHandover(Take, request.Threads, windowBytes: 0, totalBytes: 0, long.MaxValue, request.Memory);
    }

    /// <summary>Takes rows that the server joined; before any others.</summary>
    /// <param name="cellOf">Column of the source → cell of the block; below 0 where it did not travel.</param>
    public void AddJoined(RowBlock block, int[] cellOf)
    {
        (_joined, _isJoin) = (_joined + block.Count, true);
        Add(block, cellOf, block.Count);
    }

    /// <summary>Takes whole rows.</summary>
    public void Add(RowBlock block) => Add(block, [.. Enumerable.Range(0, _names.Count)], joined: 0);

    /// <summary>Waits until all blocks are taken.</summary>
    public void Finish() => _handover.Finish();

    /// <param name="rows">The whole rows: their rejects are the source's.</param>
    /// <param name="bytes">Of all cells that travelled.</param>
    public RawTable Table(AnswerRows rows, long bytes, IReadOnlyList<TrailerValue> trailer, string? notice)
    {
        var whyNot = _request.NotJoined ?? (_isJoin && _joined == 0 ? NothingAlike : null);
        var file = new InputFile(_label, Sha256(), bytes) { Joined = _joined, NotJoined = whyNot };
        return TableOf(_source.Name, _names, _blocks, _cellsOf, _joined, [file], trailer, rows.Rejects, notice is null ? [] : [notice]);
    }

    /// <summary>A table of whole rows and no more.</summary>
    public static RawTable TableOf(string source, IReadOnlyList<string> names, IReadOnlyList<RowBlock> blocks)
    {
        int[] cellOf = [.. Enumerable.Range(0, names.Count)];
        return TableOf(source, names, blocks, [.. blocks.Select(_ => cellOf)], joined: 0, [], [], [], []);
    }

    static RawTable TableOf(
        string source, IReadOnlyList<string> names, IReadOnlyList<RowBlock> blocks, IReadOnlyList<int[]> cellsOf, int joined,
        IReadOnlyList<InputFile> files, IReadOnlyList<TrailerValue> trailer, IReadOnlyList<Reject> rejects, IReadOnlyList<string> notices)
    {
        var texts = new TextRows(blocks);
        return new RawTable
        {
            Source = source,
            Dialect = Dialect.Canonical,
            ColumnNames = names,
            Columns = [.. Enumerable.Range(0, names.Count).Select(column => TextColumn.Of(texts, [.. cellsOf.Select(cellOf => cellOf[column])]))],
            Count = texts.Count,
            Joined = joined,
            Files = files,
            Trailer = trailer,
            Rejects = rejects,
            Notices = notices,
        };
    }

    void Add(RowBlock block, int[] cellOf, int joined)
    {
        _blocks.Add(block);
        _cellsOf.Add(cellOf);
        _handover.Hand(TableOf(_source.Name, _names, [block], [cellOf], joined, [], [], [], []), elsewhere: null, bytes: 0, window: null);
    }

    void Take(ReadRows block)
    {
        (block.Rows.Joined > 0 ? _joinedHash : _hash).Take(block.Number, block.Rows);
        _request.Intake?.Invoke(block);
    }

    // A row that was joined is another input than the same row whole, though its other cells may be empty.
    string Sha256() => _joined == 0
        ? _hash.Hex(_names)
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"joined {_joinedHash.Hex(_names)} whole {_hash.Hex(_names)}")));
}
