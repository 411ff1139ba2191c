// Says why a row cannot be taken as a row.
using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Recon.Sources.Csv;

static class CsvDefect
{
    const int MaxCellBytes = 1 << 20;

    static readonly byte[] Replacement = [0xEF, 0xBF, 0xBD];

    /// <summary>The reason for which the row is rejected; null where it is sound.</summary>
    /// <param name="cells">Number of cells it should have, and <paramref name="measure"/>: what says so.</param>
    public static string? Of(CsvRows rows, int cells, string measure, string encoding)
    {
        if (rows.IsMisquoted)
        {
            return "text behind a closing quote; a quote inside quotes is written twice";
        }

        if (rows.MayBeOdd && (rows.Row.IndexOf((byte)0) >= 0 || !Utf8.IsValid(rows.Row)))
        {
            return OfBytes(rows.Row);
        }

        if (encoding == "utf-16" && rows.Row.IndexOf(Replacement) >= 0)
        {
            return "bytes that are no UTF-16 (half of a surrogate pair)";
        }

        if (rows.Count != cells)
        {
            return $"{rows.Count} {(rows.Count == 1 ? "cell" : "cells")}; {measure} has {cells}";
        }

        return rows.Row.Length > MaxCellBytes ? OfLength(rows) : null;
    }

    /// <summary>What is wrong with the bytes: a NUL, or the first one that is not UTF-8.</summary>
    public static string OfBytes(ReadOnlySpan<byte> row)
    {
        var nul = row.IndexOf((byte)0);
        if (nul >= 0)
        {
            return $"has a NUL byte at position {nul + 1}";
        }

        var at = 0;
        while (at < row.Length
            && Rune.DecodeFromUtf8(row[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return $"has the byte 0x{row[at]:X2} at position {at + 1}, which is not UTF-8 "
            + "(is the file windows-1252?)";
    }

    static string? OfLength(CsvRows rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows.Cell(i).Length > MaxCellBytes)
            {
                return $"cell {i + 1} has {rows.Cell(i).Length} bytes; "
                    + $"the longest allowed has {MaxCellBytes} (1 MiB)";
            }
        }

        return null;
    }
}
