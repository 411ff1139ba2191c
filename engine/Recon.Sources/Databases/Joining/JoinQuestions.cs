// The questions by which a server joins two queries: the pairs, what is left of each, how many rows there are.
using Recon.Runs.Asking;
using Recon.Runs.Ports;

namespace Recon.Sources.Databases.Joining;

/// <summary>
/// A row of each side is a pair where each is the only one of its key on its side, whatever its other cells, and the facing columns have
/// equal texts. So no order and no choice comes into it, and the pairs of a snapshot are the same however often they are asked for.
/// </summary>
sealed class JoinQuestions
{
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
    public Question Pairs
    {
        get
        {
            var cells = _left.Travelling.Select((_, i) => $"l.recon_v{i}").Concat(RightAlone.Select((_, i) => $"r.recon_v{i}"));
            return Asked($"SELECT {string.Join(", ", cells)}\n{Joined(_left.Travelling, RightAlone)}");
        }
    }

    /// <summary>The rows of the left source that are in no pair, with all their columns.</summary>
    public Question LeftRest => Rest(_left, "l");

    /// <summary>The same of the right source.</summary>
    public Question RightRest => Rest(_right, "r");

    /// <summary>How many rows either source has.</summary>
    public Question Counts => Asked($"SELECT {Count(_left)} AS recon_left, {Count(_right)} AS recon_right");

    static string Count(JoinSide side) => $"(SELECT COUNT(*) FROM (\n{side.Question.Sql}\n) AS recon_q)";

    Question Rest(JoinSide side, string name)
    {
        var keys = Enumerable.Range(0, _keys).ToList();
        var pairs = $"SELECT {string.Join(", ", keys.Select(key => $"{name}.recon_k{key} AS recon_k{key}"))}\n{Joined([], [])}";
        var meet = keys.Select(key => $"recon_p.recon_k{key} = {Text(side, "recon_q.", side.Facing[key])}");
        return Asked(
            $"SELECT recon_q.*\nFROM (\n{side.Question.Sql}\n) AS recon_q\nLEFT JOIN (\n{pairs}\n) AS recon_p ON {string.Join(" AND ", meet)}\n"
            + "WHERE recon_p.recon_k0 IS NULL");
    }

    string Joined(IReadOnlyList<int> left, IReadOnlyList<int> right)
    {
        var meet = Enumerable.Range(0, _left.Facing.Count).Select(Faced).Select(face => $"l.{face} = r.{face}");
        return $"FROM (\n{Single(_left, left)}\n) AS l\nJOIN (\n{Single(_right, right)}\n) AS r ON {string.Join(" AND ", meet)}";
    }

    // The rows that are the only ones of their keys, and could be read whatever stays behind.
    string Single(JoinSide side, IReadOnlyList<int> travelling)
    {
        var faces = side.Facing.Select((place, i) => $"{Text(side, "recon_q.", place)} AS {Faced(i)}");
        var cells = travelling.Select((place, i) => $"{Cell(side, place)} AS recon_v{i}");
        var keys = string.Join(", ", Enumerable.Range(0, _keys).Select(Faced));
        var rest = Enumerable.Range(_keys, side.Facing.Count - _keys).Select(Faced).Concat(travelling.Select((_, i) => $"recon_v{i}"))
            .Select(name => $", MIN({name}) AS {name}");
        return $"SELECT {keys}{string.Concat(rest)}\nFROM (\nSELECT {string.Join(", ", faces.Concat(cells))}, "
            + $"CASE WHEN {string.Join(" AND ", Conditions(side))} THEN 1 ELSE 0 END AS recon_ok\nFROM (\n{side.Question.Sql}\n) AS recon_q\n) AS recon_s\n"
            + $"GROUP BY {keys}\nHAVING COUNT(*) = 1 AND MIN(recon_ok) = 1";
    }

    IEnumerable<string> Conditions(JoinSide side)
    {
        var filled = side.Filled.Select(place => _words.IsFilled(Name(side, "recon_q.", place), side.Columns[place]));
        var sound = side.Columns.Select((column, place) => _words.IsSound(Name(side, "recon_q.", place), column, side.Wanted[place]));
        return filled.Concat(sound.OfType<string>());
    }

    string Cell(JoinSide side, int place) => _words.SendsTexts ? Text(side, "recon_q.", place) : Name(side, "recon_q.", place);

    string Text(JoinSide side, string of, int place) => _words.Text(Name(side, of, place), side.Columns[place]);

    string Name(JoinSide side, string of, int place) => of + _words.Name(side.Columns[place].Name);

    string Faced(int place) => place < _keys ? $"recon_k{place}" : $"recon_c{place}";

    Question Asked(string sql) => new(_label, sql, _values);
}
