// A leg's evidence as text, for comparison.
using System.Text;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Tests.Store;

static class LegText
{
    public static string Of(LegEvidence leg)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', leg.Sources).Append('|').AppendJoin(',', leg.PassNames).Append('|').AppendJoin(',', leg.PassOf);
        foreach (var members in leg.Members)
        {
            text.Append('|').AppendJoin(',', members.Ends).Append('|').Append(Of(members.Ids));
        }

        foreach (var truth in leg.Truths)
        {
            text.Append('|').Append(truth.Field).Append(Of(truth.Values)).AppendJoin(',', truth.From)
                .Append('|').AppendJoin(',', truth.Against);
        }

        foreach (var lag in leg.Lags)
        {
            text.Append('|').Append(lag.Fields).Append(Joined(Enumerable.Range(0, leg.Count).Select(lag.Text)));
        }

        return text.ToString();
    }

    static string Of(TextColumn column) => Joined(Enumerable.Range(0, column.Count).Select(column.Text));

    static string Joined(IEnumerable<string?> texts) => string.Join(',', texts.Select(text => text is null ? "NULL" : $"'{text}'"));
}
