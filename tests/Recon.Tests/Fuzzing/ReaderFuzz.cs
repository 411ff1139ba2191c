// Gives a reader many inputs and watches it: no crash, no hang, no more memory than its bound.
using System.Diagnostics;

namespace Recon.Tests.Fuzzing;

/// <summary>What a reader made of its inputs.</summary>
sealed class FuzzTally
{
    public int Inputs { get; set; }

    public long Bytes { get; set; }

    /// <summary>By <see cref="FuzzOutcome"/>.</summary>
    public int[] Outcomes { get; } = new int[Enum.GetValues<FuzzOutcome>().Length];

    public TimeSpan Slowest { get; set; }

    /// <summary>Of what it may allocate, the largest part that an input took, 0 to 1.</summary>
    public double MostOfBound { get; set; }

    /// <summary>What it may never do, with the number of the input; empty where all is well.</summary>
    public List<string> Failures { get; } = [];
}

/// <param name="seed">Input k of a seed is the same on every machine.</param>
/// <param name="patience">An input that takes longer hangs.</param>
sealed class ReaderFuzz(FuzzedReader reader, ulong seed, TimeSpan patience)
{
    const int MostFailures = 20;
    const int Asked = 100;

    // The bound of hostile packs in the design.
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    readonly FuzzTally _tally = new();
    int _at;
    FuzzOutcome _outcome;
    long _begun;

    /// <summary>Reads the inputs of these numbers, on a thread of their own; ends early at a hang and after 20 failures.</summary>
    /// <param name="told">Gets each number before it is read.</param>
    public FuzzTally Run(int from, int count, Action<int>? told = null)
    {
        Volatile.Write(ref _begun, Stopwatch.GetTimestamp());
        var work = new Thread(() =>
        {
            for (var number = from; number < from + count && _tally.Failures.Count < MostFailures; number++)
            {
                told?.Invoke(number);
                Try(number);
            }
        })
        {
            IsBackground = true,
        };
        work.Start();
        while (!work.Join(Asked))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _begun)) > patience)
            {
                return new FuzzTally { Failures = { $"{reader.Name}: input {_at} of seed {seed} hangs: more than {patience.TotalSeconds:F0} s" } };
            }
        }

        return _tally;
    }

    void Try(int number)
    {
        var bytes = reader.Inputs.Draw(number, seed);
        _at = number;
        var (time, part) = Once(number, bytes);
        Count(bytes.Length, time, part);

        // Whatever else the machine did meanwhile, it is done at the third time.
        if (time > Soon && Once(number, bytes).Time > Soon && Once(number, bytes).Time > Soon)
        {
            Fail(number, $"{bytes.Length:N0} bytes take more than {Soon.TotalSeconds:F0} s");
        }
    }

    (TimeSpan Time, double Part) Once(int number, byte[] bytes)
    {
        var begun = Stopwatch.GetTimestamp();
        Volatile.Write(ref _begun, begun);
        var part = Guarded(number, () => Read(number, bytes));
        var time = Stopwatch.GetElapsedTime(begun);
        Guarded(number, () =>
        {
            reader.Ask(Chance(number));
            return 0;
        });
        return (time, part);
    }

    // Says which part of what it may allocate was taken.
    double Read(int number, byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = reader.Read(bytes, Chance(number));
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        var bound = reader.MostAllocated(bytes.Length);
        FuzzException.Unless(taken <= bound, $"{bytes.Length:N0} bytes take {taken:N0} of memory; the bound is {bound:N0}");
        _outcome = outcome;
        return taken / (double)bound;
    }

    double Guarded(int number, Func<double> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure)
        {
            Fail(number, failure is FuzzException ? failure.Message : failure.ToString());
            return 0;
        }
    }

    // For what is asked beside the bytes.
    Random Chance(int number) => FuzzedInputs.Chance(number, ~seed);

    void Fail(int number, string what) => _tally.Failures.Add($"{reader.Name}: input {number} of seed {seed}: {what}");

    void Count(int bytes, TimeSpan time, double part)
    {
        _tally.Inputs++;
        _tally.Outcomes[(int)_outcome]++;
        _tally.Bytes += bytes;
        _tally.Slowest = time > _tally.Slowest ? time : _tally.Slowest;
        _tally.MostOfBound = Math.Max(_tally.MostOfBound, part);
    }
}
