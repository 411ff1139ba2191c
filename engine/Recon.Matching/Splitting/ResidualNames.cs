// Names what is left of records, so that no name is given twice in a source.
using System.Globalization;
using System.Text;
using Recon.Model;

namespace Recon.Matching.Splitting;

/// <summary>
/// The names of one run: of record A the first residual is <c>A/1</c>, or the first number behind that no record of the
/// source bears, those carried from earlier runs among them.
/// </summary>
sealed class ResidualNames(IReadOnlyDictionary<string, RecordTable> tables)
{
    readonly Dictionary<RecordId, int> _last = [];

    /// <param name="split">What was matched in part; null for a record as it was read.</param>
    /// <param name="id">Its id.</param>
    /// <param name="field">Whose amount is left in part.</param>
    public ResidualOf Next(string source, ResidualOf? split, string id, string field)
    {
        var root = new RecordId(source, split?.Record ?? id);
        var number = Math.Max(split?.Number ?? 0, _last.GetValueOrDefault(root));
        do
        {
            number++;
        }
        while (tables[source].RowOf(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{root.Id}/{number}"))) >= 0);

        _last[root] = number;
        IEnumerable<string> fields = [.. split?.Fields.Where(other => other != field) ?? [], field];
        return new ResidualOf(root.Id, number, (split?.Depth ?? 0) + 1, [.. fields]);
    }
}
