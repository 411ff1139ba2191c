// Reads the answer of a query as the rows of a source.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Asking;
using Recon.Runs.Ports;
using Recon.Sources.Tables;

namespace Recon.Sources.Databases;

static class AnswerReading
{
    public static RawTable Read(ServerSession session, SourceSpec source, ReadRequest request, CancellationToken cancellation)
    {
        var question = Question.Of(source, request.BusinessDate);
        IReadOnlyList<string> names = [.. session.Columns(question, cancellation).Select(column => column.Name)];
        var answer = new SourceAnswer(source, request, question.Label, names);
        var rows = new AnswerRows(source.Name, question.Label, names.Count, answer.Add);
        try
        {
            session.Read(question, Wanted(source, names), rows, request.Progress, cancellation);
        }
        finally
        {
            answer.Finish();
        }

        return answer.Table(rows, rows.Bytes, Totals(session, source, request.BusinessDate, cancellation), session.Notice);
    }

    /// <summary>Whether a field reads the column at a place.</summary>
    public static IReadOnlyList<bool> Wanted(SourceSpec source, IReadOnlyList<string> names)
    {
        var wanted = WantedColumns.Of(source);
        return [.. names.Select(name => wanted.Contains(name))];
    }

    /// <summary>What the source's second query gives; nothing where it has none.</summary>
    public static IReadOnlyList<TrailerValue> Totals(ServerSession session, SourceSpec source, DateOnly businessDate, CancellationToken cancellation)
    {
        if (source.Read.Sql!.Trailer is not { } trailer)
        {
            return [];
        }

        var question = Question.OfTrailer(source, trailer, businessDate);
        IReadOnlyList<string> names = [.. session.Columns(question, cancellation).Select(column => column.Name)];
        var table = OneRow(session, source.Name, question, names, cancellation);
        return [.. trailer.Values.Select(name => new TrailerValue(source.Read.Sql.Label, 0, name, table.Column(name)!.Text(0) ?? ""))];
    }

    /// <summary>The answer of a question for one row.</summary>
    /// <exception cref="ReconException">It has more, fewer, or one that cannot be read.</exception>
    public static RawTable OneRow(
        ServerSession session, string source, Question question, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var blocks = new List<RowBlock>();
        var rows = new AnswerRows(source, question.Label, names.Count, blocks.Add);
        session.Read(question, [.. names.Select(_ => true)], rows, progress: null, cancellation);
        if (rows.Count != 1 || rows.Rejects.Count > 0)
        {
            var found = rows.Rejects.Count > 0 ? rows.Rejects[0].Reason : $"{rows.Count} rows";
            throw new ReconException($"{question.Label}: totals are one row; found: {found}", FaultKind.InputWrong);
        }

        return SourceAnswer.TableOf(source, names, blocks);
    }
}
