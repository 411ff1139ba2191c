// The small arithmetic of `compare`, `within` and `post.amount`: fields with plus and minus, summed or not.
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

/// <summary>One field in a small sum, as written.</summary>
/// <param name="Source">Null where the name is bare.</param>
/// <param name="Summed">True inside <c>sum(…)</c>.</param>
sealed record SumTerm(bool Minus, string? Source, string Field, bool Summed, int Offset, int Length)
{
    public string Name => Source is null ? Field : $"{Source}.{Field}";
}

/// <summary><c>sum := term (('+' | '-') term)*</c>, <c>term := name | source.name | sum(sum)</c>.</summary>
sealed class SmallSum
{
    const int MostTerms = 20;

    readonly string _text;
    readonly int _end;
    readonly List<SumTerm> _terms = [];
    int _at;
    string? _fault;

    SmallSum(string text, int start, int end) => (_text, _at, _end) = (text, start, end);

    /// <summary>The terms of a stretch of a scalar; null, reported, where it is no small sum.</summary>
    public static IReadOnlyList<SumTerm>? Parse(ScalarNode node, int start, int length, Report report)
    {
        var sum = new SmallSum(node.Text, start, start + length);
        sum.ReadSum(minus: false, summed: false);
        sum.SkipBlanks();
        if (sum._fault is null && sum._at < sum._end)
        {
            sum._fault = $"'{sum._text[sum._at]}' is not expected";
        }

        if (sum._fault is null)
        {
            return sum._terms;
        }

        report.Add(
            Findings.BadSum, node.PlaceOf(start, length),
            "gross, ledger.amount, sum(gross - fee); more belongs into 'derive'",
            node.Text.Substring(start, length).Trim(), sum._fault);
        return null;
    }

    void ReadSum(bool minus, bool summed)
    {
        var negative = Take('-') ? !minus : minus;
        ReadTerm(negative, summed);
        while (_fault is null)
        {
            if (Take('+'))
            {
                ReadTerm(minus, summed);
            }
            else if (Take('-'))
            {
                ReadTerm(!minus, summed);
            }
            else
            {
                return;
            }
        }
    }

    void ReadTerm(bool minus, bool summed)
    {
        SkipBlanks();
        var start = _at;
        var name = ReadName();
        if (name == "sum" && Take('('))
        {
            ReadInner(minus, summed);
            return;
        }

        var end = _at;
        var field = Take('.') ? ReadName() : null;
        end = field is null ? end : _at;
        if (_terms.Count == MostTerms)
        {
            _fault = "it has more than 20 terms";
        }

        _terms.Add(field is null
            ? new SumTerm(minus, null, name, summed, start, end - start)
            : new SumTerm(minus, name, field, summed, start, end - start));
    }

    void ReadInner(bool minus, bool summed)
    {
        if (summed)
        {
            _fault = "a sum inside a sum";
            return;
        }

        ReadSum(minus, summed: true);
        if (_fault is null && !Take(')'))
        {
            _fault = "a ')' is missing";
        }
    }

    string ReadName()
    {
        var start = _at;
        while (_at < _end && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        if (start == _at)
        {
            _fault ??= start < _end ? $"'{_text[start]}' stands where a field should" : "a field is missing";
        }

        return _text[start.._at];
    }

    bool Take(char c)
    {
        SkipBlanks();
        if (_fault is not null || _at >= _end || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    void SkipBlanks()
    {
        while (_at < _end && _text[_at] == ' ')
        {
            _at++;
        }
    }
}
