// Makes the posting of one break, or says why there is none and a person must look.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Correcting;

/// <param name="Posting">Null where there is nothing to post.</param>
/// <param name="Objection">Why the engine may not go on by itself; null where it may.</param>
sealed record Correction(Posting? Posting, string? Objection)
{
    public static Correction None { get; } = new(null, null);
}

/// <summary>Postings by resolution, tier and limit.</summary>
sealed class PostingMaker(Pack pack, IReadOnlyDictionary<string, bool> accounts, string? barAuto)
{
    public Correction Make(Subject subject, ResolutionSpec? rule, string breakId)
    {
        if (rule?.Post is not { } post)
        {
            return Correction.None;
        }

        if (subject.Kind == BreakKind.Ambiguous)
        {
            return new Correction(null, "records that cannot be told apart have no amount to post");
        }

        var amounts = new MoneyTotals();
        return AddTerms(subject, post, amounts) is { } missing
            ? new Correction(null, $"no amount to post: {missing} is NULL")
            : amounts.All switch
            {
                [] => Correction.None,
                [{ IsZero: true }] => Correction.None,
                [var amount] => Post(subject, rule, post, amount, breakId),
                var several => new Correction(null, $"{post.AmountText} mixes {Codes(several)}"),
            };
    }

    /// <summary>Adds up the terms; a source without records here counts as 0. Gives the first value that is NULL.</summary>
    static string? AddTerms(Subject subject, PostSpec post, MoneyTotals amounts)
    {
        foreach (var term in post.Amount)
        {
            var side = subject.View.SideOf(term.Source);
            var row = side < 0 ? -1 : amounts.AddTerm(term, subject, side);
            if (row >= 0)
            {
                return $"{term.Field} of {subject.View.RecordOf(side, row)}";
            }
        }

        return null;
    }

    Correction Post(Subject subject, ResolutionSpec rule, PostSpec post, Money amount, string breakId)
    {
        var counterparties = Counterparties(subject, rule.Limit.Counterparty);
        var objections = Objections(subject, rule, post, amount, counterparties);
        var objection = objections.Count == 0 ? null : string.Join("; ", objections);
        var (debit, credit) = amount.Number.Sign < 0 ? (post.Credit, post.Debit) : (post.Debit, post.Credit);
        var tier = objection is null ? rule.Tier : Tier.Escalate;
        var posting = new Posting(
            PostingKey.Of(pack, rule, subject),
            PostingKey.Effect(post.To, debit, credit, amount.Abs()),
            rule.For,
            post.To,
            debit,
            credit,
            amount.Abs(),
            tier,
            StateOf(tier),
            breakId,
            subject.Records,
            objection,
            FirstRun: null)
        {
            Counterparties = counterparties,
            Approvals = rule.Approvals.PeopleFor(amount.Abs()),
            Owner = pack.Owner,
        };
        return new Correction(posting, objection);
    }

    /// <remarks>Limits and flagged controls bar what the engine does by itself; a person may go beyond them.</remarks>
    List<string> Objections(
        Subject subject, ResolutionSpec rule, PostSpec post, Money amount, IReadOnlyList<string> counterparties)
    {
        var objections = new List<string>();
        if (ClosingCheck.Objection(subject, post, amount, accounts) is { } open)
        {
            objections.Add(open);
        }

        if (rule.PostsByItself)
        {
            if (LimitObjection(rule.Limit.Each, amount.Abs()) is { } limit)
            {
                objections.Add(limit);
            }

            if (rule.Limit.Counterparty is { By: var by } && counterparties.Count == 0)
            {
                objections.Add($"{by.Text} names no counterparty, and the limit is for each of them");
            }

            if (barAuto is not null)
            {
                objections.Add($"nothing is posted without a person in this run: {barAuto}");
            }
        }

        return objections;
    }

    static string? LimitObjection(IReadOnlyList<Money> limits, Money amount)
    {
        foreach (var most in limits)
        {
            if (most.CurrencyCode == amount.CurrencyCode)
            {
                return amount > most ? $"above the limit of {most}" : null;
            }
        }

        return limits.Count == 0 ? null : $"the limit of {string.Join(" and ", limits)} says nothing about {amount.Currency}";
    }

    /// <summary>The values of the field over the records of the break; a record without one names nobody.</summary>
    static IReadOnlyList<string> Counterparties(Subject subject, CounterpartyLimit? limit)
    {
        var side = limit is null ? -1 : subject.View.SideOf(limit.By.Source!);
        if (side < 0)
        {
            return [];
        }

        var column = LegView.ColumnOf(subject.View.Tables[side], limit!.By.Field!);
        return
        [
            .. subject.Rows[side].Where(row => !column.IsNull(row)).Select(row => column.Display(row)!)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    static PostingState StateOf(Tier tier) => tier switch
    {
        Tier.Auto or Tier.AutoFlag => PostingState.Queued,
        Tier.Manual => PostingState.Proposed,
        _ => PostingState.Escalated,
    };

    static string Codes(IReadOnlyList<Money> amounts) =>
        string.Join(" and ", amounts.Select(money => money.Currency));
}
