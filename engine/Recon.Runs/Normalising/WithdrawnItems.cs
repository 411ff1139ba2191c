// Finds the open items whose rows came again and are left out now.
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>
/// The newer version of a record decides: where all rows read with an open item's id are excluded, the item is not open
/// any more. A row that is rejected says nothing, and the item stays; so does what was left of a record, which no row is about.
/// </summary>
/// <param name="candidates">In any order, with the rows that are excluded.</param>
/// <param name="ids">By position; NULL where the row has none.</param>
sealed class WithdrawnItems(RawRows rows, RowAccounts accounts, Candidates candidates, TextColumn ids)
{
    public void Withdraw()
    {
        if (rows.Count == rows.ReadCount)
        {
            return;
        }

        var open = new HashSet<UInt128>(Ids(isCarried: true, isInScope: true));
        var withdrawn = new HashSet<UInt128>(Ids(isCarried: false, isInScope: false).Where(open.Contains));
        if (withdrawn.Count > 0)
        {
            withdrawn.ExceptWith(Ids(isCarried: false, isInScope: true));
            WithdrawAll(withdrawn);
        }
    }

    void WithdrawAll(HashSet<UInt128> withdrawn)
    {
        foreach (var position in Positions(isCarried: true, isInScope: true))
        {
            if (withdrawn.Contains(IdOf(position)))
            {
                accounts.Withdraw(candidates.Rows[position]);
            }
        }
    }

    IEnumerable<UInt128> Ids(bool isCarried, bool isInScope) => Positions(isCarried, isInScope).Select(IdOf);

    IEnumerable<int> Positions(bool isCarried, bool isInScope)
    {
        for (var position = 0; position < candidates.Count; position++)
        {
            var row = candidates.Rows[position];
            if (rows.IsCarried(row) == isCarried && accounts.IsInScope(row) == isInScope && !ids.IsNull(position)
                && rows.Carried(row)?.Residual is null)
            {
                yield return position;
            }
        }
    }

    UInt128 IdOf(int position) => SettledLookup.Fingerprint(ids.Utf8(position));
}
