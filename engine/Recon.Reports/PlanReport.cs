// The front door of plans: one plan, rendered in the format asked for.
using Recon.Reports.Annotating;
using Recon.Reports.Sections;
using Recon.Runs.Planning;

namespace Recon.Reports;

public static class PlanReport
{
    // What a comment of a pull request may have.
    internal const int MostOfComment = 60_000;

    /// <summary>Writes the plan as UTF-8 without BOM.</summary>
    public static void Write(RulePlan plan, ReportFormat format, Stream target, ReportOptions options)
    {
        switch (format)
        {
            case ReportFormat.Json:
                PlanDocument.Write(plan, target);
                break;
            case ReportFormat.Markdown:
                MarkdownReport.Write(PlanSections.Of(plan), MostOfComment, target);
                break;
            case ReportFormat.Html:
                HtmlReport.Write(PlanSections.Of(plan), target);
                break;
            case ReportFormat.Sarif:
                SarifReport.Write("plan", PlanAnnotations.Of(plan), target);
                break;
            case ReportFormat.GitHub:
                GitHubReport.Write(PlanAnnotations.Of(plan), target);
                break;
            case ReportFormat.JUnit:
                JUnitReport.Write([PlanAnnotations.SuiteOf(plan)], target);
                break;
            default:
                PrettyReport.Write(PlanSections.Of(plan), target, options);
                break;
        }
    }
}
