// Says in one line what a pass found where it decided nothing.
using Recon.Model;

namespace Recon.Judging.Classifying;

static class Undecided
{
    // A line of more answers is not read; the explanation of a record lists them.
    const int AnswersShown = 3;

    public static string Text(LegView view, AmbiguousComponent component)
    {
        if (component.IsCapped)
        {
            return Capped(component.Cap);
        }

        return component.Answers.Count > 0 ? Answers(view, component)
            : component.EdgeCount == 1 ? "1 pair fits"
            : $"{component.EdgeCount} pairs fit";
    }

    static string Capped(CapCause cause) => cause switch
    {
        CapCause.Candidates => "too many candidates to search: add a key field, narrow a tolerance or raise 'candidates'",
        CapCause.Steps => "budget spent before every answer was found or ruled out: narrow the pass or raise 'steps'",
        _ => "more candidates of one key than it can weigh: add a key field or narrow a tolerance",
    };

    static string Answers(LegView view, AmbiguousComponent component)
    {
        var count = component.Answers.Count;
        var many = component.HasMoreAnswers ? $"more than {count} answers fit"
            : count == 1 ? "1 answer fits"
            : $"{count} answers fit";
        var shown = component.Answers.Take(AnswersShown).Select(answer => Answer(view, answer));
        return $"{many}: {string.Join("; ", shown)}{(count > AnswersShown ? "; …" : "")}";
    }

    static string Answer(LegView view, GroupAnswer answer) => string.Join(" = ", answer.Rows.Select((rows, side) =>
        string.Join(" + ", rows.Select(row => view.Tables[side].Id(row)))));
}
