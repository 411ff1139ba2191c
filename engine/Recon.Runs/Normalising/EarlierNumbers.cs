// How often earlier runs had what a row says.
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>The highest numbers that records of earlier runs, open or settled, have in their automatic ids.</summary>
sealed class EarlierNumbers(IReadOnlyList<CarriedItem> open, IReadOnlyList<SettledRecords> settled)
{
    readonly Dictionary<UInt128, int> _highest = [];

    /// <summary>0 where earlier runs had none, and for hashes that were not asked about.</summary>
    internal int HighestOf(UInt128 hash) => _highest.GetValueOrDefault(hash);

    /// <param name="hashes">Of rows, as automatic ids are made of them.</param>
    internal void Learn(IEnumerable<UInt128> hashes, CancellationToken cancellation)
    {
        foreach (var hash in hashes)
        {
            _highest[hash] = 0;
        }

        if (_highest.Count > 0)
        {
            LearnOpen();
            LearnSettled(cancellation);
        }
    }

    // What is left of a record has the number of the whole one.
    void LearnOpen()
    {
        var ids = open.Select(item => item.Residual?.Of.Record ?? item.Record.Id).ToList();
        var byDigits = _highest.Keys.ToLookup(hash => (ulong)(hash >> 64));
        foreach (var (id, digits) in ids.Select(id => (id, AutoId.DigitsOf(id))))
        {
            foreach (var hash in digits is { } known ? byDigits[known] : [])
            {
                _highest[hash] = Math.Max(_highest[hash], AutoId.NumberIn(id, hash) ?? 0);
            }
        }
    }

    // Of settled records only fingerprints are left: number after number is asked for, until one is neither settled nor open.
    void LearnSettled(CancellationToken cancellation)
    {
        UInt128[] asked = [.. _highest.Keys];
        for (var number = 1; asked.Length > 0; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            var isSettled = AreSettled(asked, number);
            foreach (var (i, hash) in asked.Index().Where(entry => isSettled[entry.Index]))
            {
                _highest[hash] = Math.Max(_highest[hash], number);
            }

            asked = [.. asked.Where((hash, i) => isSettled[i] || number <= _highest[hash])];
        }
    }

    bool[] AreSettled(UInt128[] hashes, int number)
    {
        Span<byte> id = stackalloc byte[AutoId.LongestUtf8];
        var (fingerprints, positions) = (new UInt128[hashes.Length], new int[hashes.Length]);
        for (var i = 0; i < hashes.Length; i++)
        {
            (fingerprints[i], positions[i]) = (SettledLookup.Fingerprint(id[..AutoId.Write(hashes[i], number, id)]), i);
        }

        Array.Sort(fingerprints, positions);
        var hits = new List<(int Position, UInt128 Content)>();
        foreach (var run in settled)
        {
            SettledLookup.AddHits(run, fingerprints, positions, hits);
        }

        var isSettled = new bool[hashes.Length];
        hits.ForEach(hit => isSettled[hit.Position] = true);
        return isSettled;
    }
}
