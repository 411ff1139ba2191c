// Turns the answers of a search into matches, ambiguous components or capped rows.
using Recon.Matching.Blocks;
using Recon.Matching.Searching;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>Gathers what one key takes, and decides at its end about what hangs together.</summary>
/// <param name="listing">List every component instead of deciding it.</param>
sealed class SearchFindings(PassPlan plan, PassFindings findings, bool listing)
{
    readonly List<int[][]> _taken = [];

    /// <summary>The records of an answer are used up, so many times over.</summary>
    public void Take(Part[] answer, int times, RecordBins[] bins)
    {
        for (var time = 0; time < times; time++)
        {
            var rows = RowsOf(answer, bins);
            Array.ForEach(answer, part => bins[part.Side].Take(part.Bin, part.Count));
            _taken.Add(rows);
        }
    }

    /// <summary>Nothing that the key took counts.</summary>
    public void Forget() => _taken.Clear();

    public void Decide(AnswerGraph graph, RecordBins[] bins)
    {
        foreach (var component in graph.Components())
        {
            if (component.Cap is { } cause)
            {
                findings.Capped.Add(new CappedRows([RowsOf(component.Bins[0], bins[0]), RowsOf(component.Bins[1], bins[1])], cause));
            }
            else if (listing)
            {
                findings.Components.Add(Listed(component, bins));
            }
            else if (!component.IsUnclear && graph.SideBySide(component) is { } times)
            {
                TakeAll(component, times, bins);
            }
            else
            {
                findings.Ambiguous[0].AddRange(RowsOf(component.Bins[0], bins[0]));
                findings.Ambiguous[1].AddRange(RowsOf(component.Bins[1], bins[1]));
            }
        }

        foreach (var rows in _taken)
        {
            findings.AddGroup(rows[0], rows[1]);
        }

        _taken.Clear();
    }

    void TakeAll(AnswerComponent component, int[] times, RecordBins[] bins)
    {
        foreach (var (index, answer) in component.Answers.Index().OrderBy(each => PlaceOf(each.Item, bins), ByPlace))
        {
            Take(answer, times[index], bins);
        }
    }

    // Answers that draw on the same equal records take in the order of the record of the one side, then of its members. In n:m
    // there is no one side: the smallest ids come first then, whichever source is declared first.
    List<(string Id, string Source)> PlaceOf(Part[] answer, RecordBins[] bins) =>
        plan.Pass.Cardinality == Cardinality.ManyToMany
            ? NamesOf(answer, bins)
            : [.. NamesOf(answer.Where(part => part.Side == plan.OneSide), bins), .. NamesOf(answer.Where(part => part.Side != plan.OneSide), bins)];

    List<(string Id, string Source)> NamesOf(IEnumerable<Part> parts, RecordBins[] bins) =>
    [
        .. parts.SelectMany(part => bins[part.Side].Next(part.Bin, part.Count).ToArray()
            .Select(row => (plan.Tables[part.Side].Id(row), plan.Tables[part.Side].Name))).Order(ByName),
    ];

    static readonly Comparer<(string Id, string Source)> ByName = Comparer<(string Id, string Source)>.Create((a, b) =>
        Utf8Order.Compare(a.Id, b.Id) is var order && order != 0 ? order : string.CompareOrdinal(a.Source, b.Source));

    static readonly Comparer<List<(string Id, string Source)>> ByPlace = Comparer<List<(string Id, string Source)>>.Create((a, b) =>
        a.Zip(b, ByName.Compare).FirstOrDefault(order => order != 0) is var order && order != 0 ? order : a.Count.CompareTo(b.Count));

    AmbiguousComponent Listed(AnswerComponent component, RecordBins[] bins)
    {
        var (first, second) = (RowsOf(component.Bins[0], bins[0]), RowsOf(component.Bins[1], bins[1]));
        var count = component.Pairs.Sum(pair => (long)bins[0].Left(pair.First).Length * bins[1].Left(pair.Second).Length);
        return new AmbiguousComponent(plan.Pass.Index, first, second, EdgesOf(component, bins), count)
        {
            Answers = [.. InOrder(component.Answers.Select(answer => RowsOf(answer, bins))).Select(rows => new GroupAnswer(rows))],
            HasMoreAnswers = component.HasMore,
        };
    }

    static IEnumerable<int[][]> InOrder(IEnumerable<int[][]> answers) => answers
        .OrderBy(rows => rows[0].Length + rows[1].Length)
        .ThenBy(rows => rows[0], ByRows).ThenBy(rows => rows[1], ByRows);

    static readonly Comparer<int[]> ByRows = Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    static List<(int First, int Second)> EdgesOf(AnswerComponent component, RecordBins[] bins)
    {
        var partners = component.Pairs.ToLookup(pair => pair.First, pair => pair.Second);
        var binOf = component.Bins[0].SelectMany(bin => bins[0].Left(bin).ToArray().Select(row => (Row: row, Bin: bin)))
            .OrderBy(each => each.Row);
        var edges = new List<(int First, int Second)>();
        foreach (var (row, bin) in binOf)
        {
            edges.AddRange(RowsOf(partners[bin], bins[1]).Take(AmbiguousComponent.MaxEdges - edges.Count).Select(other => (row, other)));
            if (edges.Count == AmbiguousComponent.MaxEdges)
            {
                break;
            }
        }

        return edges;
    }

    static int[] RowsOf(IEnumerable<int> chosen, RecordBins bins)
    {
        var rows = new List<int>();
        foreach (var bin in chosen)
        {
            rows.AddRange(bins.Left(bin));
        }

        rows.Sort();
        return [.. rows];
    }

    // The records that an answer would take now, by side, ascending.
    static int[][] RowsOf(Part[] answer, RecordBins[] bins)
    {
        List<int>[] rows = [[], []];
        foreach (var part in answer)
        {
            rows[part.Side].AddRange(bins[part.Side].Next(part.Bin, part.Count));
        }

        rows[0].Sort();
        rows[1].Sort();
        return [[.. rows[0]], [.. rows[1]]];
    }
}
