// One source of a join on a server: its query, and what becomes of each of its columns.
using Recon.Model.Rules;
using Recon.Runs.Asking;
using Recon.Runs.Ports;

namespace Recon.Sources.Databases.Joining;

/// <param name="Columns">Those of its query.</param>
/// <param name="Wanted">Whether a field reads the column at a place.</param>
/// <param name="Facing">Places of the columns that face the other source, in the order of the join; the first are those of the key.</param>
/// <param name="Travelling">Places of the columns that travel of a joined row, ascending.</param>
/// <param name="Filled">Places of the columns that no row may leave empty which is to be joined.</param>
sealed record JoinSide(
    SourceSpec Source, Question Question, IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<bool> Wanted, IReadOnlyList<int> Facing,
    IReadOnlyList<int> Travelling, IReadOnlyList<int> Filled)
{
    public IReadOnlyList<string> Names { get; } = [.. Columns.Select(column => column.Name)];

    /// <exception cref="JoinUndoneException">The server has no words for one of its columns.</exception>
    public static JoinSide Of(
        SourceSpec source, IReadOnlyList<FieldSpec> fields, IEnumerable<string> facing, Question question, IReadOnlyList<AnswerColumn> columns,
        JoinWords words)
    {
        List<string> names = [.. columns.Select(column => column.Name)];
        List<int> faces = [.. facing.Select(name => names.IndexOf(name))];
        var read = fields.SelectMany(field => field.Columns).ToHashSet(StringComparer.Ordinal);
        List<int> travelling = [.. Enumerable.Range(0, names.Count).Where(place => read.Contains(names[place]) || !words.CanStayBehind(columns[place]))];
        var filled = fields.Where(field => !field.Optional && field.DebitColumn is null).Select(field => names.IndexOf(field.Column));
        var unsaid = faces.Where(place => !words.CanFace(columns[place])).Concat(travelling.Where(place => !words.CanTravel(columns[place])));
        if (unsaid.ToList() is [var wrong, ..])
        {
            throw new JoinUndoneException(
                $"the server cannot join {source.Name}: it has no exact words for '{names[wrong]}', which is {columns[wrong].ServerType}");
        }

        return new JoinSide(
            source, question, columns, AnswerReading.Wanted(source, names), faces, travelling, [.. faces.Concat(filled).Distinct()]);
    }
}
