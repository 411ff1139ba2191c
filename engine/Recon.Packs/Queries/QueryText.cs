// Cuts SQL into words, parameters and signs, as far as all servers read them alike.
namespace Recon.Packs.Queries;

enum QueryTokenKind
{
    /// <summary>A keyword, an unquoted name or a number.</summary>
    Word,

    /// <summary><c>@name</c>.</summary>
    Parameter,

    /// <summary>A text or a name in quotes.</summary>
    Quoted,

    /// <summary>One character that is none of these.</summary>
    Sign,
}

/// <param name="Text">As written; of a parameter without its <c>@</c>.</param>
/// <param name="Offset">Where it begins in the query, from 0.</param>
readonly record struct QueryToken(QueryTokenKind Kind, string Text, int Offset)
{
    public bool Is(string word) => Kind == QueryTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What stops the reading of a query, and where.</summary>
sealed record QueryFault(string What, int Offset);

/// <summary>
/// Reads only what SQL Server, PostgreSQL, SQLite and MySQL cut in the same way: where one of them would see a text, a comment or a name
/// and another would see code, the query is refused. So what is found in the tokens is what every server runs.
/// </summary>
sealed class QueryText(string sql)
{
    const string Signs = "()+-*/%,.<>=!|&^~:;[]";

    readonly List<QueryToken> _tokens = [];
    int _at;

    /// <summary>The tokens, or what cannot be read.</summary>
    public static (IReadOnlyList<QueryToken> Tokens, QueryFault? Fault) Read(string sql)
    {
        var text = new QueryText(sql);
        return (text._tokens, text.Read());
    }

    QueryFault? Read()
    {
        while (_at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[_at]))
            {
                _at++;
            }
            else if (Next() is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    QueryFault? Next()
    {
        var c = sql[_at];
        return c switch
        {
            '-' when Follows("--") => SkipLine(),
            '/' when Follows("/*") => SkipComment(),
            '\'' or '"' => Quoted(c),
            '`' => BackQuoted(),
            '[' => Bracket(),
            '@' => Parameter(),
            ':' when !Follows("::") => Refuse("':' begins no parameter here; write @name"),
            '?' => Refuse("'?' is no parameter here; write @name"),
            '$' => Refuse("'$' is read differently by servers; give the text as a parameter"),
            '#' => Refuse("'#' begins a comment on one server and a name on another"),
            '\\' => Refuse("'\\' is read differently by servers"),
            _ when char.IsLetterOrDigit(c) || c == '_' => Word(),
            _ when Signs.Contains(c, StringComparison.Ordinal) => Sign(c == ':' ? 2 : 1),
            _ => Refuse($"'{c}' has no place in a query"),
        };
    }

    bool Follows(string text) => sql.AsSpan(_at).StartsWith(text, StringComparison.Ordinal);

    QueryFault Refuse(string what) => new(what, _at);

    QueryFault? SkipLine()
    {
        var end = sql.IndexOf('\n', _at);
        _at = end < 0 ? sql.Length : end;
        return null;
    }

    // A comment in a comment ends at its first end on one server and at its last on another; '!' and '+' make it code.
    QueryFault? SkipComment()
    {
        var end = sql.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            return Refuse("a comment that is not closed");
        }

        var inside = sql[(_at + 2)..end];
        if (inside is ['!' or '+', ..] || inside.Contains("/*", StringComparison.Ordinal))
        {
            return Refuse("a comment that some servers run, or end elsewhere");
        }

        _at = end + 2;
        return null;
    }

    // A quote inside is doubled.
    QueryFault? Quoted(char quote)
    {
        var start = _at;
        for (_at++; _at < sql.Length; _at++)
        {
            if (sql[_at] == '\\')
            {
                return Refuse("'\\' inside quotes is read differently by servers; give the text as a parameter");
            }

            if (sql[_at] == quote && (_at + 1 == sql.Length || sql[_at + 1] != quote))
            {
                _at++;
                return Add(QueryTokenKind.Quoted, start);
            }

            _at += sql[_at] == quote ? 1 : 0;
        }

        _at = start;
        return Refuse("quotes that are not closed");
    }

    QueryFault? BackQuoted()
    {
        var end = sql.IndexOf('`', _at + 1);
        if (end < 0 || sql.AsSpan((_at + 1)..end).ContainsAnyExcept(NameCharacters))
        {
            return Refuse("'`' takes a name of letters, digits, blanks, '_' and '-'");
        }

        var start = _at;
        _at = end + 1;
        return Add(QueryTokenKind.Quoted, start);
    }

    static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_- ");

    static readonly System.Buffers.SearchValues<char> EndsOfBracket = System.Buffers.SearchValues.Create("'\"`;/-[");

    // A name on SQL Server and SQLite, a place in an array on PostgreSQL: what is inside is read as code, and quotes nothing.
    QueryFault? Bracket()
    {
        var end = sql.IndexOf(']', _at);
        return end < 0 || sql.AsSpan((_at + 1)..end).ContainsAny(EndsOfBracket)
            ? Refuse("'[' takes a name without quotes, ';', '/', '-' and '['")
            : Sign(1);
    }

    QueryFault? Parameter()
    {
        var start = _at++;
        while (_at < sql.Length && IsOfWord(sql[_at]))
        {
            _at++;
        }

        if (_at == start + 1 || char.IsAsciiDigit(sql[start + 1]))
        {
            _at = start;
            return Refuse("'@' begins a parameter: @business_date");
        }

        _tokens.Add(new QueryToken(QueryTokenKind.Parameter, sql[(start + 1).._at], start));
        return null;
    }

    QueryFault? Word()
    {
        var start = _at;
        while (_at < sql.Length && IsOfWord(sql[_at]))
        {
            _at++;
        }

        return Add(QueryTokenKind.Word, start);
    }

    QueryFault? Sign(int length)
    {
        var start = _at;
        _at += length;
        return Add(QueryTokenKind.Sign, start);
    }

    QueryFault? Add(QueryTokenKind kind, int start)
    {
        _tokens.Add(new QueryToken(kind, sql[start.._at], start));
        return null;
    }

    static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
