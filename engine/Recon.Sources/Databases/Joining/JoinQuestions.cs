// The questions by which a server joins two queries: the pairs, what is left of each, how many rows there are.
using Recon.Runs.Asking;
using Recon.Runs.Ports;

namespace Recon.Sources.Databases.Joining;

/// <summary>
/// A row of each side is a pair where each is the only one of its key on its side, whatever its other cells, and the facing columns have
/// equal texts. So no order and no choice comes into it, and the pairs of a snapshot are the same however often they are asked for. Pairs are
/// groups of both sides under one key, not a join of two groupings: servers guess how many rows those have, and choose plans of N × N steps.
/// </summary>
sealed class JoinQuestions
{
    const string Left = "l";
    const string Right = "r";

    readonly JoinWords _words;
    readonly JoinSide _left;
    readonly JoinSide _right;
    readonly int _keys;
    readonly string _label;
    readonly IReadOnlyList<QuestionValue> _values;

    /// <param name="join">Its facing columns are those of the sides.</param>
    /// <exception cref="JoinUndoneException">Both queries ask for a parameter of one name with two values.</exception>
    public JoinQuestions(JoinWords words, ServerJoin join, JoinSide left, JoinSide right)
    {
        (_words, _left, _right) = (words, left, right);
        _keys = join.Facing.Count(pair => pair.IsKey);
        _label = $"{left.Question.Label} with {right.Question.Label}";
        _values = [.. left.Question.Values.Union(right.Question.Values)];
        if (_values.GroupBy(value => value.Name).FirstOrDefault(values => values.Count() > 1) is { } two)
        {
            throw new JoinUndoneException($"the queries ask for @{two.Key} with two values: {string.Join(" and ", two)}");
        }

        // What faces a column of the left source is not sent twice.
        RightAlone = [.. right.Travelling.Except(right.Facing)];
    }

    /// <summary>Places of the columns of the right source that travel for themselves, in the order in which they stand behind those of the left.</summary>
    public IReadOnlyList<int> RightAlone { get; }

    /// <summary>One row a pair: the travelling columns of the left source, then <see cref="RightAlone"/>.</summary>
    public Question Pairs => Asked(Paired([.. CellNames(Left, _left.Travelling), .. CellNames(Right, RightAlone)], isOfKeys: false));

    /// <summary>The rows of the left source that are in no pair, with all their columns.</summary>
    public Question LeftRest => Rest(_left);

    /// <summary>The same of the right source.</summary>
    public Question RightRest => Rest(_right);

    /// <summary>How many rows either source has.</summary>
    public Question Counts => Asked($"SELECT {Count(_left)} AS recon_left, {Count(_right)} AS recon_right");

    static string Count(JoinSide side) => $"(SELECT COUNT(*) FROM (\n{side.Question.Sql}\n) AS recon_q)";

    Question Rest(JoinSide side)
    {
        var meet = Keys.Select((key, i) => $"recon_p.{key} = {Text(side, side.Facing[i])}");
        return Asked(
            $"SELECT recon_q.*\nFROM (\n{side.Question.Sql}\n) AS recon_q\nLEFT JOIN (\n{Paired([], isOfKeys: true)}\n) AS recon_p"
            + $" ON {string.Join(" AND ", meet)}\nWHERE recon_p.recon_k0 IS NULL");
    }

    string Paired(IReadOnlyList<string> cells, bool isOfKeys)
    {
        var wanted = isOfKeys ? Keys : cells.Select(cell => $"MIN({cell}) AS {cell}");
        var equal = Enumerable.Range(_keys, _left.Facing.Count - _keys).Select(place => $"MIN({Faced(place)}) = MAX({Faced(place)})");
        var pair = string.Join(" AND ", equal.Prepend("COUNT(*) = 2 AND MIN(recon_side) = 1 AND MAX(recon_side) = 2 AND MIN(recon_ok) = 1"));
        return $"SELECT {string.Join(", ", wanted)}\nFROM (\n{Rows(_left, "1", isOfKeys)}\nUNION ALL\n{Rows(_right, "2", isOfKeys)}\n) AS recon_s\n"
            + $"GROUP BY {string.Join(", ", Keys)}\nHAVING {_words.Often(pair)}";
    }

    // The rows of a side as they are grouped; recon_ok is 1 for those that could be read whatever stays behind.
    string Rows(JoinSide side, string number, bool isOfKeys)
    {
        var faces = side.Facing.Select((place, i) => $"{Text(side, place)} AS {Faced(i)}");
        var cells = isOfKeys ? [] : Cells(Left, _left, side, _left.Travelling).Concat(Cells(Right, _right, side, RightAlone));
        return $"SELECT {number} AS recon_side, {string.Join(", ", faces.Concat(cells))}, CASE WHEN {string.Join(" AND ", Conditions(side))} THEN 1 ELSE 0 END"
            + $" AS recon_ok\nFROM (\n{side.Question.Sql}\n) AS recon_q";
    }

    // The other side has nothing in these columns.
    IEnumerable<string> Cells(string letter, JoinSide owner, JoinSide side, IReadOnlyList<int> travelling) =>
        CellNames(letter, travelling).Zip(travelling, (name, place) => $"{(owner == side ? Cell(side, place) : "NULL")} AS {name}");

    IEnumerable<string> Conditions(JoinSide side)
    {
        var filled = side.Filled.Select(place => _words.IsFilled(Name(side, place), side.Columns[place]));
        var sound = side.Columns.Select((column, place) => _words.IsSound(Name(side, place), column, side.Wanted[place]));
        return filled.Concat(sound.OfType<string>());
    }

    IEnumerable<string> Keys => Enumerable.Range(0, _keys).Select(Faced);

    static IEnumerable<string> CellNames(string letter, IReadOnlyList<int> travelling) => travelling.Select((_, i) => $"recon_{letter}{i}");

    string Cell(JoinSide side, int place) => _words.SendsTexts ? Text(side, place) : Name(side, place);

    string Text(JoinSide side, int place) => _words.Text(Name(side, place), side.Columns[place]);

    string Name(JoinSide side, int place) => $"recon_q.{_words.Name(side.Columns[place].Name)}";

    string Faced(int place) => place < _keys ? $"recon_k{place}" : $"recon_c{place}";

    Question Asked(string sql) => new(_label, sql, _values);
}
