// Binds the text of one query: where it stands, that it only reads, and what it asks to be given.
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Queries;
using Recon.Packs.Reading;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

/// <param name="Sql">Line ends LF, no white space around it, no <c>;</c> at its end.</param>
/// <param name="File">The file of the pack that it stands in; null where it stands in the pack itself.</param>
/// <param name="Asked">Names of its parameters, each once, in ordinal order, and where the first of each stands.</param>
sealed record BoundQuery(string Sql, string? File, IReadOnlyList<(string Name, Place Place)> Asked)
{
    public IReadOnlyList<string> Names => [.. Asked.Select(parameter => parameter.Name)];
}


/// <remarks>
/// A value that ends in <c>.sql</c> and has no white space is the name of a file below the folder of the pack; every other is the query itself,
/// as a block, for YAML would join its lines and hide what stands behind a comment.
/// </remarks>
sealed class QueryBinder(PackScope scope)
{
    /// <summary>As many as one text of a pack may have.</summary>
    const int MostCharacters = 8192;

    public BoundQuery? Bind(ScalarNode? node)
    {
        if (node?.Text is not { } written)
        {
            return null;
        }

        if (written.EndsWith(".sql", StringComparison.Ordinal) && !written.Any(char.IsWhiteSpace))
        {
            return FromFile(written, node.Place);
        }

        if (node.Form is ScalarForm.Plain or ScalarForm.Folded && written.Contains("--", StringComparison.Ordinal))
        {
            Refuse(node.Place, "YAML has joined its lines, and '--' hides all that follows", "write 'query: |' and the SQL below it");
            return null;
        }

        return Checked(written.Replace("\r\n", "\n", StringComparison.Ordinal), null, offset => (node.Place, LineOf(written, offset)));
    }

    BoundQuery? FromFile(string name, Place place)
    {
        if (!IsPath(name))
        {
            Refuse(place, "a file of the pack is named below its folder, with letters, digits, '.', '_' and '-'", "query: sql/ledger.sql");
            return null;
        }

        if (!scope.Queries.TryGetValue(name, out var bytes))
        {
            scope.Report.Add(Findings.NoQueryFile, place, NearestName.Hint(name, scope.Queries.Keys), name);
            return null;
        }

        return PackFileReader.Read(new PackText(scope.PathBeside(name), bytes), scope.Report) is { } file
            ? Checked(file.Text, name, offset => (file.AtOffset(Math.Min(offset, file.Text.Length)), null))
            : null;
    }

    BoundQuery? Checked(string text, string? file, Func<int, (Place Place, int? Line)> placeOf)
    {
        var sql = text.AsSpan().TrimEnd(" \t\n;").TrimStart(" \t\n").ToString();
        var first = text.IndexOf(sql, StringComparison.Ordinal);
        if (sql.Length > MostCharacters)
        {
            scope.Report.Add(Findings.TextTooLong, placeOf(first).Place, "make a view of it on the server", $"{sql.Length}");
            return null;
        }

        var (tokens, fault) = QueryText.Read(sql);
        fault ??= ReadOnlyQuery.Fault(tokens);
        if (fault is not null)
        {
            var (place, line) = placeOf(first + fault.Offset);
            Refuse(place, line is > 1 ? $"{fault.What} (line {line} of it)" : fault.What, "one SELECT, or WITH … SELECT");
            return null;
        }

        return new BoundQuery(sql, file,
        [
            .. tokens.Where(token => token.Kind == QueryTokenKind.Parameter).DistinctBy(token => token.Text)
                .OrderBy(token => token.Text, StringComparer.Ordinal).Select(token => (token.Text, placeOf(first + token.Offset).Place)),
        ]);
    }

    void Refuse(Place place, string what, string hint) => scope.Report.Add(Findings.BadQuery, place, hint, what);

    static int? LineOf(string text, int offset) => text.AsSpan(0, Math.Min(offset, text.Length)).Count('\n') + 1;

    static bool IsPath(string name) => name.Split('/').All(part =>
        part is not ("" or "." or "..") && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'));
}
