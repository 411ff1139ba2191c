// CSV files as they come: dialects, broken rows, and files that are none.
using System.Globalization;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Sources;

public sealed class CsvCaseTests
{
    public static TheoryData<string> Cases => [.. SourceCases.Below("csv")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_csv_file_is_read_as_expected(string name)
    {
        var settings = SourceCases.Remarks(name).Select(remark => remark.Split(": ", 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1]);
        var columns = settings.TryGetValue("columns", out var named) ? named.Split(", ") : [];
        var folder = Path.Combine(SourceCases.Root, Path.GetDirectoryName(name)!);
        var source = SourceCases.Source(ReadFormat.Csv, Path.GetFileName(name), Spec(settings), columns);
        var found = SourceCases.Outcome(() => SourceCases.Read(folder, source), SourceCases.Cells);
        SourceCases.Compare(name, found);
        Assert.Equal(found, SourceCases.Outcome(() => SourceCases.ReadElsewhere(folder, source), SourceCases.Cells));
    }

    static CsvSpec Spec(Dictionary<string, string> settings)
    {
        var spec = SourceCases.Csv;
        foreach (var (key, value) in settings)
        {
            spec = key switch
            {
                "separator" => spec with { Separator = value == "tab" ? '\t' : value[0] },
                "quote" => spec with { Quote = value == "none" ? null : value[0] },
                "encoding" => spec with { Encoding = value },
                "header" => spec with { HasHeader = value == "true" },
                "skip" => spec with { SkipLines = int.Parse(value, CultureInfo.InvariantCulture) },
                "trailer" => spec with { Trailer = Trailer(value.Split(' ')) },
                _ => spec,
            };
        }

        return spec;
    }

    static TrailerSpec Trailer(string[] words) => new(words[0], words[1..].Select(word => word.Split('='))
        .ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture)));
}
