// Reads two sources of one server, of which it joins what is equal.
using System.Globalization;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Asking;
using Recon.Runs.Ports;

namespace Recon.Sources.Databases.Joining;

/// <summary>
/// Pairs come first, one row each; then the other rows of the left source, then those of the right one, whole. All questions are asked in
/// the session's one transaction, and what they bring must add up to what the queries have.
/// </summary>
sealed class JoinedReading(ServerSession session, JoinWords words, ServerJoin join, CancellationToken cancellation)
{
    /// <exception cref="JoinUndoneException">The server does not take the questions, or what it gave does not add up.</exception>
    public (RawTable Left, RawTable Right) Read(ReadRequest left, ReadRequest right)
    {
        var sides = (Left: SideOf(join.Pass.Left, join.LeftFields, left), Right: SideOf(join.Pass.Right, join.RightFields, right));
        var questions = new JoinQuestions(words, join, sides.Left, sides.Right);
        CheckColumns(sides.Left, sides.Right, questions);
        var answers = (
            Left: new SourceAnswer(sides.Left.Source, left, sides.Left.Question.Label, sides.Left.Names),
            Right: new SourceAnswer(sides.Right.Source, right, sides.Right.Question.Label, sides.Right.Names));
        try
        {
            var pairs = ReadPairs(sides, questions, answers, left.Progress);
            var leftRows = ReadRest(sides.Left, questions.LeftRest, answers.Left, left.Progress);
            var rightRows = ReadRest(sides.Right, questions.RightRest, answers.Right, right.Progress);
            CheckCounts(questions, pairs.Count + leftRows.Count + leftRows.Rejects.Count, pairs.Count + rightRows.Count + rightRows.Rejects.Count);
            answers.Left.Finish();
            answers.Right.Finish();
            return (
                answers.Left.Table(leftRows, pairs.Bytes + leftRows.Bytes, TotalsOf(sides.Left, left), session.Notice),
                answers.Right.Table(rightRows, rightRows.Bytes, TotalsOf(sides.Right, right), session.Notice));
        }
        finally
        {
            answers.Left.Finish();
            answers.Right.Finish();
        }
    }

    JoinSide SideOf(SourceSpec source, IReadOnlyList<FieldSpec> fields, ReadRequest request)
    {
        var question = Question.Of(source, request.BusinessDate);
        var facing = join.Facing.Select(pair => source == join.Pass.Left ? pair.Left : pair.Right);
        return JoinSide.Of(source, fields, facing, question, session.Columns(question, cancellation), words);
    }

    // Whoever wraps a query may be told that it cannot be wrapped, or get other types than the query alone has.
    void CheckColumns(JoinSide left, JoinSide right, JoinQuestions questions)
    {
        foreach (var (one, other) in left.Facing.Zip(right.Facing))
        {
            if (!words.CanFace(left.Columns[one], right.Columns[other]))
            {
                throw new JoinUndoneException(
                    $"'{left.Names[one]}' is {left.Columns[one].ServerType} and '{right.Names[other]}' is {right.Columns[other].ServerType}: "
                    + "equal texts need not be equal cells");
            }
        }

        if (!words.SendsTexts)
        {
            Expect(questions.Pairs, [
                .. left.Travelling.Select(place => left.Columns[place].Type), .. questions.RightAlone.Select(place => right.Columns[place].Type)]);
        }

        Expect(questions.LeftRest, [.. left.Columns.Select(column => column.Type)]);
        Expect(questions.RightRest, [.. right.Columns.Select(column => column.Type)]);
    }

    void Expect(Question question, IReadOnlyList<SqlType> types)
    {
        var found = Asked(() =>
        {
            session.Check(question);
            return session.Columns(question, cancellation);
        });
        if (!found.Select(column => column.Type).Zip(types).All(pair => pair.First == pair.Second || pair.First == SqlType.Unknown))
        {
            throw new JoinUndoneException("the server makes other types of the columns where it joins them");
        }
    }

    AnswerRows ReadPairs(
        (JoinSide Left, JoinSide Right) sides, JoinQuestions questions, (SourceAnswer Left, SourceAnswer Right) answers, Action<long>? progress)
    {
        var (leftCells, rightCells) = CellsOf(sides.Left, sides.Right, questions.RightAlone);
        var width = sides.Left.Travelling.Count + questions.RightAlone.Count;
        var rows = new AnswerRows(sides.Left.Source.Name, questions.Pairs.Label, width, block =>
        {
            answers.Left.AddJoined(block, leftCells);
            answers.Right.AddJoined(block, rightCells);
        });
        Asked(() =>
        {
            session.Read(questions.Pairs, [.. Enumerable.Repeat(true, width)], rows, progress, cancellation);
            return true;
        });
        return rows.Rejects.Count == 0 ? rows : throw new JoinUndoneException($"a row that the server joined is none: {rows.Rejects[0].Reason}");
    }

    // Column → cell of a pair, on either side; a column of the right source that faces one of the left is that cell.
    static (int[] Left, int[] Right) CellsOf(JoinSide left, JoinSide right, IReadOnlyList<int> rightAlone)
    {
        var (leftCells, rightCells) = (new int[left.Columns.Count], new int[right.Columns.Count]);
        Array.Fill(leftCells, -1);
        Array.Fill(rightCells, -1);
        foreach (var (cell, place) in left.Travelling.Index())
        {
            leftCells[place] = cell;
        }

        foreach (var (cell, place) in rightAlone.Index())
        {
            rightCells[place] = left.Travelling.Count + cell;
        }

        foreach (var (one, other) in left.Facing.Zip(right.Facing))
        {
            rightCells[other] = leftCells[one];
        }

        return (leftCells, rightCells);
    }

    AnswerRows ReadRest(JoinSide side, Question question, SourceAnswer answer, Action<long>? progress)
    {
        var rows = new AnswerRows(side.Source.Name, side.Question.Label, side.Columns.Count, answer.Add);
        Asked(() =>
        {
            session.Read(question, side.Wanted, rows, progress, cancellation);
            return true;
        });
        return rows;
    }

    void CheckCounts(JoinQuestions questions, int left, int right)
    {
        var counts = Asked(() => AnswerReading.OneRow(session, join.Pass.Left.Name, questions.Counts, ["left", "right"], cancellation));
        var found = string.Create(CultureInfo.InvariantCulture, $"{left} {right}");
        if (found != $"{counts.Columns[0].Text(0)} {counts.Columns[1].Text(0)}")
        {
            throw new JoinUndoneException("the queries do not give the same rows each time they are asked");
        }
    }

    IReadOnlyList<TrailerValue> TotalsOf(JoinSide side, ReadRequest request) =>
        AnswerReading.Totals(session, side.Source, request.BusinessDate, cancellation);

    // What is wrong with the question is no fault of the run: the queries alone may be well.
    static T Asked<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (ReconException fault) when (fault is { Kind: FaultKind.InputWrong } and not JoinUndoneException)
        {
            throw new JoinUndoneException($"the server does not join them: {fault.Message}");
        }
    }
}
