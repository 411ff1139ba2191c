// Cleans a cell, step by step, before it is read.
using System.Buffers;
using System.Text;
using Recon.Model.Rules;

namespace Recon.Runs.Normalising.Cells;

/// <summary>The cleaning steps of one field over UTF-8 cells.</summary>
/// <remarks>
/// Upper and lower case are invariant, letters and white space are those of Unicode. One thread at a time; the answer
/// is valid until the next call.
/// </remarks>
sealed class CellCleaning(IReadOnlyList<CleaningStep> steps)
{
    readonly CleaningKind[] _kinds = [.. steps.Select(step => step.Kind)];
    readonly byte[][] _arguments = [.. steps.Select(step => Encoding.UTF8.GetBytes(step.Argument ?? ""))];
    byte[] _current = new byte[256];
    byte[] _spare = new byte[256];

    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> cell)
    {
        for (var i = 0; i < _kinds.Length; i++)
        {
            cell = Apply(_kinds[i], _arguments[i], cell);
        }

        return cell;
    }

    ReadOnlySpan<byte> Apply(CleaningKind kind, byte[] argument, ReadOnlySpan<byte> cell) => kind switch
    {
        CleaningKind.Trim => Trim(cell),
        CleaningKind.Upper => Recase(cell, upper: true),
        CleaningKind.Lower => Recase(cell, upper: false),
        CleaningKind.Digits => Keep(cell, static rune => Rune.IsDigit(rune) && rune.IsAscii),
        CleaningKind.Alphanumeric => Keep(cell, Rune.IsLetterOrDigit),
        CleaningKind.CollapseSpaces => CollapseSpaces(cell),
        CleaningKind.NoLeadingZeros => DropLeadingZeros(cell),
        CleaningKind.DropPrefix => cell.StartsWith(argument) ? cell[argument.Length..] : cell,
        CleaningKind.Remove => argument.Length == 0 || cell.IndexOf(argument) < 0
            ? cell
            : Remove(cell, argument),
        _ => throw new InvalidOperationException($"bug: no cleaning step {kind}"),
    };

    /// <summary>Without the white space (of Unicode) around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        while (cell.Length > 0
            && Rune.DecodeFromUtf8(cell, out var first, out var bytes) == OperationStatus.Done
                && Rune.IsWhiteSpace(first))
        {
            cell = cell[bytes..];
        }

        while (cell.Length > 0
            && Rune.DecodeLastFromUtf8(cell, out var last, out var bytes) == OperationStatus.Done
                && Rune.IsWhiteSpace(last))
        {
            cell = cell[..^bytes];
        }

        return cell;
    }

    ReadOnlySpan<byte> Recase(ReadOnlySpan<byte> cell, bool upper)
    {
        if (Ascii.IsValid(cell))
        {
            var target = Target(cell.Length);
            _ = upper ? Ascii.ToUpper(cell, target, out _) : Ascii.ToLower(cell, target, out _);
            return target.AsSpan(0, cell.Length);
        }

        var text = Encoding.UTF8.GetString(cell);
        return Encoding.UTF8.GetBytes(upper ? text.ToUpperInvariant() : text.ToLowerInvariant());
    }

    ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> cell, Func<Rune, bool> keeps)
    {
        var target = Target(cell.Length);
        var used = 0;
        while (cell.Length > 0)
        {
            Rune.DecodeFromUtf8(cell, out var rune, out var bytes);
            if (keeps(rune))
            {
                cell[..bytes].CopyTo(target.AsSpan(used));
                used += bytes;
            }

            cell = cell[bytes..];
        }

        return target.AsSpan(0, used);
    }

    ReadOnlySpan<byte> CollapseSpaces(ReadOnlySpan<byte> cell)
    {
        var target = Target(cell.Length);
        var used = 0;
        var inSpace = false;
        while (cell.Length > 0)
        {
            Rune.DecodeFromUtf8(cell, out var rune, out var bytes);
            var isSpace = Rune.IsWhiteSpace(rune);
            if (!isSpace)
            {
                cell[..bytes].CopyTo(target.AsSpan(used));
                used += bytes;
            }
            else if (!inSpace)
            {
                target[used++] = (byte)' ';
            }

            inSpace = isSpace;
            cell = cell[bytes..];
        }

        return target.AsSpan(0, used);
    }

    static ReadOnlySpan<byte> DropLeadingZeros(ReadOnlySpan<byte> cell)
    {
        while (cell.Length > 1 && cell[0] == (byte)'0' && char.IsAsciiLetterOrDigit((char)cell[1]))
        {
            cell = cell[1..];
        }

        return cell;
    }

    ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> cell, byte[] argument)
    {
        var target = Target(cell.Length);
        var used = 0;
        while (cell.Length > 0)
        {
            var at = cell.IndexOf(argument);
            var kept = at < 0 ? cell : cell[..at];
            kept.CopyTo(target.AsSpan(used));
            used += kept.Length;
            cell = at < 0 ? [] : cell[(at + argument.Length)..];
        }

        return target.AsSpan(0, used);
    }

    // The cell may stand in the buffer written last, so the other one is the target.
    byte[] Target(int bytes)
    {
        (_current, _spare) = (_spare, _current);
        if (_current.Length < bytes)
        {
            _current = new byte[bytes * 2];
        }

        return _current;
    }
}
