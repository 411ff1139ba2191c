// Writes canonical text: lines with their indentation.
using System.Text;
using Recon.Model.Rules;

namespace Recon.Packs.Formatting;

/// <summary>Lines with their indentation.</summary>
sealed class CanonicalWriter
{
    readonly StringBuilder _text = new();
    int _level;

    public void Line(string line) => _text.Append(' ', 2 * _level).Append(line).Append('\n');

    public void Key(string key, string value) => Line($"{key}: {value}");

    /// <summary>The first key of an item of a list; the others follow <see cref="Indented"/>.</summary>
    public void Item(string key, string value) => Line($"- {key}: {value}");

    public void Indented(Action write)
    {
        _level++;
        write();
        _level--;
    }

    public void Section<T>(string name, IReadOnlyList<T> entries, Action<T> write)
    {
        if (entries.Count == 0)
        {
            return;
        }

        Line($"{name}:");
        Indented(() =>
        {
            foreach (var entry in entries)
            {
                write(entry);
            }
        });
    }

    /// <summary>C# as a block, trimmed, its own indentation kept.</summary>
    public void Code(string key, RuleRef? rule)
    {
        if (rule is null)
        {
            return;
        }

        Line($"{key}: |");
        Indented(() =>
        {
            foreach (var line in rule.Text.Trim().Split('\n'))
            {
                Line(line.TrimEnd());
            }
        });
    }

    public override string ToString() => _text.ToString();
}
