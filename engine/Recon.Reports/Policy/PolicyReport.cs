// The front door of policies: a pack for readers, in the format asked for.
using Recon.Model.Rules;

namespace Recon.Reports.Policy;

public static class PolicyReport
{
    // No comment of a pull request: a policy is as long as it is.
    const int Most = int.MaxValue;

    /// <summary>Writes the policy as UTF-8 without BOM.</summary>
    /// <param name="format">Pretty, Markdown or HTML.</param>
    public static void Write(Pack pack, IReadOnlyList<PackTest> tests, ReportFormat format, Stream target, ReportOptions options)
    {
        var page = PolicySections.Of(pack, tests);
        switch (format)
        {
            case ReportFormat.Markdown:
                MarkdownReport.Write(page, Most, target);
                break;
            case ReportFormat.Html:
                HtmlReport.Write(page, target);
                break;
            default:
                PrettyReport.Write(page, target, options);
                break;
        }
    }
}
