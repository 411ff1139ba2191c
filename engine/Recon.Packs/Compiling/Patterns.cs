// Looks at the regular expressions of a rule before it ever runs.
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Recon.Model.Rules;

namespace Recon.Packs.Compiling;

/// <summary>A pattern is a short constant that the linear-time engine accepts, and not much larger than it looks.</summary>
static class Patterns
{
    // Letters that the pattern stands for once its counts are multiplied out: ((a{100}){100}) is 10,000.
    const long MaxSize = 2000;

    public static Said? Refusal(Optional<object?> pattern)
    {
        if (pattern is not { HasValue: true, Value: string { Length: <= Fn.MaxPattern } text })
        {
            return RuleMessages.PatternNotConstant;
        }

        return Fault(text) is { } fault ? RuleMessages.PatternRefused(fault) : null;
    }

    /// <summary>Why a pattern is refused; null where nothing is wrong with it.</summary>
    public static string? Fault(string pattern)
    {
        if (pattern.Length > Fn.MaxPattern)
        {
            return $"it is longer than {Fn.MaxPattern} characters";
        }

        if (Size(pattern) > MaxSize)
        {
            return $"with its counts {{n}} multiplied out it is longer than {MaxSize}";
        }

        try
        {
            _ = new Regex(pattern, Fn.PatternOptions);
            return null;
        }
        catch (NotSupportedException)
        {
            return "look-around and back references do not run in linear time";
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }

    // Atoms of a sequence add up, a count multiplies the atom before it. An invalid pattern may give any number.
    static long Size(string pattern)
    {
        var outer = new Stack<long>();
        long sequence = 0, atom = 0;
        for (var i = 0; i < pattern.Length && sequence + atom <= MaxSize; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    outer.Push(sequence + atom);
                    (sequence, atom) = (0, 0);
                    break;
                case ')' when outer.Count > 0:
                    (sequence, atom) = (outer.Pop(), sequence + atom);
                    break;
                case '{' when Count(pattern, i) is { } count:
                    atom *= count;
                    break;
                case var c:
                    i += c == '\\' ? 1 : c == '[' ? Math.Max(pattern.IndexOf(']', i) - i, 0) : 0;
                    (sequence, atom) = (sequence + atom, 1);
                    break;
            }
        }

        return sequence + atom;
    }

    // {n}, {n,}, {n,m}: the larger number; null where the brace stands for itself.
    static long? Count(string pattern, int brace)
    {
        var end = pattern.IndexOf('}', brace);
        if (end < 0)
        {
            return null;
        }

        long? most = null;
        foreach (var part in pattern[(brace + 1)..end].Split(','))
        {
            if (part.Length > 9 || !part.All(char.IsAsciiDigit))
            {
                return part.Length > 9 ? MaxSize + 1 : null;
            }

            most = part.Length == 0 ? most : Math.Max(most ?? 0, long.Parse(part, CultureInfo.InvariantCulture));
        }

        return most;
    }
}
