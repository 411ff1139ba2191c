// Collects what is believed, match by match.
using Recon.Model.Columns;

namespace Recon.Judging.Believing;

sealed class BelievedValues(int count)
{
    // Who is believed where nobody is.
    const byte Nobody = 255;

    readonly TextColumnBuilder _values = new();
    readonly byte[] _from = new byte[count];
    readonly byte[] _against = new byte[count];

    /// <param name="voice">Who is believed; null: nobody has a value.</param>
    /// <param name="against">Bit i: side i of the match says otherwise.</param>
    public void Add(Voice? voice, byte against)
    {
        var match = _values.Count;
        _from[match] = voice is null ? Nobody : (byte)voice.Side;
        _against[match] = against;
        if (voice is null)
        {
            _values.AppendNull();
        }
        else
        {
            voice.Write(_values);
        }
    }

    public TruthColumns Build(string field) => new(field, _values.Build(), _from, _against);
}
