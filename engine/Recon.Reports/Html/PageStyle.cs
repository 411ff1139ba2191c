// How the HTML report looks.
namespace Recon.Reports.Html;

static class PageStyle
{
    /// <summary>One style sheet for screen, dark screen and paper; statuses have a word and a colour, never a colour alone.</summary>
    internal const string Css = """
        :root { --ink: #1b2330; --soft: #5d6b7e; --line: #dfe5ec; --page: #f5f7fa; --card: #ffffff;
          --matched: #3d8f6d; --open: #d98a2b; --a0: #b9cfe8; --a1: #86abd6; --a2: #5285bf; --a3: #2f6099; --a4: #173f6d; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --soft: #9aa8ba; --line: #313c4a; --page: #141a22; --card: #1c242f;
          --a0: #dce9f7; --a1: #a9c6e8; --a2: #73a0d4; --a3: #4a7dba; --a4: #305c91; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 24px 20px 60px; }
        header h1 { margin: 0; font-size: 26px; } header small { color: var(--soft); font-weight: 400; }
        .date { margin: 2px 0 10px; color: var(--soft); } .verdict { font-size: 17px; margin: 0 0 18px; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px 18px; margin: 0 0 16px; }
        h2 { font-size: 16px; margin: 0 0 10px; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 18px; }
        figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: 8px; }
        svg { width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 14px; } svg .legend { fill: var(--soft); font-size: 12px; }
        .matched { fill: var(--matched); } .open { fill: var(--open); }
        .band { fill: var(--a2); fill-opacity: .45; } .band.lost { fill: #b83232; } .band.gained { fill: var(--matched); } .node { fill: var(--soft); }
        .age0 { fill: var(--a0); } .age1 { fill: var(--a1); } .age2 { fill: var(--a2); } .age3 { fill: var(--a3); } .age4 { fill: var(--a4); }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
        th { text-align: left; color: var(--soft); font-weight: 600; font-size: 13px; }
        th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .status { display: inline-block; padding: 0 8px; border-radius: 10px; font-size: 13px; white-space: nowrap; color: #fff; background: #6b7686; }
        .status.settled { background: #3d8f6d; } .status.expected { background: #3f73b0; } .status.suspicious { background: #b8720f; }
        .status.disputed { background: #8a4fb0; } .status.loss { background: #b83232; }
        .note { color: var(--soft); margin: 8px 0 0; }
        @media print { body { background: #fff; } section { break-inside: avoid; border: 0; padding: 0; } }
        """;
}
