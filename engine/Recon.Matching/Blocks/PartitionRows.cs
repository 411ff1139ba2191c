// What a pass asks of some rows of one side, as it was read: keys, window values, totals.
using System.Runtime.CompilerServices;

namespace Recon.Matching.Blocks;

/// <summary>
/// Position by position: row, key, window values, totals. Rows ascend. Filled anew from partition to partition, so that what a thread works
/// on stays in its cache; its arrays may be longer than what they hold.
/// </summary>
sealed class PartitionRows(PassPlan plan)
{
    readonly int _windows = plan.Windows.Count;
    readonly int _totals = plan.Totals.Count;

    /// <summary>A total that is NULL or cannot be compared: a group that holds it fails.</summary>
    public const int UnknownTotal = -2;

    /// <summary>Bytes of a position.</summary>
    public static int BytesOf(PassPlan plan) =>
        sizeof(int) + Unsafe.SizeOf<UInt128>() + (plan.Windows.Count * Unsafe.SizeOf<Int128>())
        + (plan.Totals.Count * (Unsafe.SizeOf<Int128>() + sizeof(int)));

    /// <summary>Number of positions.</summary>
    public int Count { get; set; }

    public int[] Rows { get; private set; } = [];

    public UInt128[] Keys { get; private set; } = [];

    public Int128[] WindowValues { get; private set; } = [];

    public Int128[] TotalValues { get; private set; } = [];

    public int[] TotalCurrencies { get; private set; } = [];

    public Int128 WindowAt(int position, int window) => WindowValues[(position * _windows) + window];

    public ReadOnlySpan<Int128> WindowsAt(int position) => WindowValues.AsSpan(position * _windows, _windows);

    public Int128 TotalAt(int position, int total) => TotalValues[(position * _totals) + total];

    public int TotalCurrencyAt(int position, int total) => TotalCurrencies[(position * _totals) + total];

    /// <summary>Empties it and makes room for so many positions.</summary>
    public void Reserve(int positions, BufferPool pool)
    {
        Count = 0;
        if (Rows.Length >= positions && Keys.Length >= positions && WindowValues.Length >= positions * _windows
            && TotalValues.Length >= positions * _totals && TotalCurrencies.Length >= positions * _totals)
        {
            return;
        }

        Return(pool);
        Rows = pool.Rent<int>(positions);
        Keys = pool.Rent<UInt128>(positions);
        WindowValues = pool.Rent<Int128>((long)positions * _windows);
        TotalValues = pool.Rent<Int128>((long)positions * _totals);
        TotalCurrencies = pool.Rent<int>((long)positions * _totals);
    }

    /// <summary>Gives its arrays back; nobody may read them afterwards.</summary>
    public void Return(BufferPool pool)
    {
        foreach (var array in new Array[] { Rows, Keys, WindowValues, TotalValues, TotalCurrencies })
        {
            pool.Return(array);
        }

        (Rows, Keys, WindowValues, TotalValues, TotalCurrencies, Count) = ([], [], [], [], [], 0);
    }

    /// <summary>Appends positions of others.</summary>
    public void Append(PartitionRows others, int from, int to)
    {
        var count = to - from;
        Array.Copy(others.Rows, from, Rows, Count, count);
        Array.Copy(others.Keys, from, Keys, Count, count);
        Array.Copy(others.WindowValues, from * _windows, WindowValues, Count * _windows, count * _windows);
        Array.Copy(others.TotalValues, from * _totals, TotalValues, Count * _totals, count * _totals);
        Array.Copy(others.TotalCurrencies, from * _totals, TotalCurrencies, Count * _totals, count * _totals);
        Count += count;
    }

    /// <summary>Copies one position of others.</summary>
    public void Put(int to, PartitionRows others, int from)
    {
        Rows[to] = others.Rows[from];
        Keys[to] = others.Keys[from];
        if (_windows + _totals > 0)
        {
            others.WindowsAt(from).CopyTo(WindowValues.AsSpan(to * _windows));
            others.TotalValues.AsSpan(from * _totals, _totals).CopyTo(TotalValues.AsSpan(to * _totals));
            others.TotalCurrencies.AsSpan(from * _totals, _totals).CopyTo(TotalCurrencies.AsSpan(to * _totals));
        }
    }
}
