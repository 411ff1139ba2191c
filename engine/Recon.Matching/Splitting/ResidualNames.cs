// Names what is left of records, so that no name is given twice in a source.
using System.Text;
using Recon.Model;

namespace Recon.Matching.Splitting;

/// <summary>
/// The names of one run: of record A the first residual is <c>A/1</c>, or the first number behind that no record of the
/// source bears or bore, those carried from earlier runs among them.
/// </summary>
/// <param name="isSettled">True for ids of records that earlier runs settled.</param>
sealed class ResidualNames(IReadOnlyDictionary<string, RecordTable> tables, Func<RecordId, bool> isSettled)
{
    readonly Dictionary<RecordId, int> _last = [];

    /// <param name="split">What was matched in part; null for a record as it was read.</param>
    /// <param name="id">Its id.</param>
    /// <param name="field">Whose amount is left in part.</param>
    public ResidualOf Next(string source, ResidualOf? split, string id, string field)
    {
        var root = new RecordId(source, split?.Record ?? id);
        var number = Math.Max(split?.Number ?? 0, _last.GetValueOrDefault(root));
        ResidualOf next;
        do
        {
            number++;
            next = new ResidualOf(root.Id, number, (split?.Depth ?? 0) + 1, [.. split?.Fields.Where(other => other != field) ?? [], field]);
        }
        while (IsBorne(root with { Id = next.Id }));

        _last[root] = number;
        return next;
    }

    bool IsBorne(RecordId name) => tables[name.Source].RowOf(Encoding.UTF8.GetBytes(name.Id)) >= 0 || isSettled(name);
}
