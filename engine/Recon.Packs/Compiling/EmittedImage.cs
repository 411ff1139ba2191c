// The last look at compiled rules before they are loaded: what they refer to, what they declare, which instructions they are made of.
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Recon.Packs.Compiling;

/// <summary>
/// Trusts nothing that came before: neither the checks of the text nor the compiler nor a cache on disk. An image may refer to the members
/// that rules may use (<c>allowed-members.txt</c>) and to those that the program around them and the compiler need
/// (<c>emitted-members.txt</c>); it declares no code but its own; and a rule has no jump back, so that it ends.
/// </summary>
static class EmittedImage
{
    const string Rule = "Rule";
    const string LambdaCache = "<>c";
    const int MostSaid = 20;

    static readonly HashSet<string> Assemblies =
        new(["System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "Recon.Model"], StringComparer.Ordinal);

    /// <returns>The first things that are not allowed, in words; null where there is none.</returns>
    public static string? WrongIn(byte[] image)
    {
        try
        {
            using var file = new PEReader(new MemoryStream(image, writable: false));
            var wrong = Wrong(file, file.GetMetadataReader()).Take(MostSaid).ToList();
            return wrong.Count == 0 ? null : string.Join("; ", wrong);
        }
        catch (Exception damage) when (damage is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            return "it is no image";
        }
    }

    static IEnumerable<string> Wrong(PEReader file, MetadataReader reader) =>
        [.. References(reader), .. Declarations(reader), .. reader.MethodDefinitions.SelectMany(method => Code(file, reader, method))];

    static IEnumerable<string> References(MetadataReader reader)
    {
        var names = new ReferenceNames(reader);
        var assemblies = reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name));
        var types = reader.TypeReferences.Select(handle => names.IdOf(reader.GetTypeReference(handle)));
        var members = reader.MemberReferences.Select(handle => names.IdOf(reader.GetMemberReference(handle))).OfType<string>();
        return
        [
            .. assemblies.Where(name => !Assemblies.Contains(name)).Select(name => $"it refers to {name}"),
            .. types.Concat(members).Where(id => !IsAllowed(id)).Select(id => $"it refers to {id}"),
        ];
    }

    // A property is listed as such, and called by its accessor.
    static bool IsAllowed(string id)
    {
        var ids = AllowedSurface.OfImages;
        var accessor = id.IndexOf(".get_", StringComparison.Ordinal);
        return ids.Contains(id) || (accessor > 0 && ids.Contains($"P{id[1..accessor]}.{id[(accessor + ".get_".Length)..]}"));
    }

    static IEnumerable<string> Declarations(MetadataReader reader)
    {
        var files = reader.AssemblyFiles.Count + reader.ManifestResources.Count + reader.ExportedTypes.Count
            + reader.GetTableRowCount(TableIndex.ModuleRef) + reader.GetTableRowCount(TableIndex.ImplMap);
        if (files > 0)
        {
            yield return "it has parts outside of itself";
        }

        foreach (var type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            var name = reader.GetString(type.Name);
            if ((type.Attributes & TypeAttributes.LayoutMask) == TypeAttributes.ExplicitLayout
                && type.GetFields().Any(field => (reader.GetFieldDefinition(field).Attributes & FieldAttributes.Static) == 0))
            {
                yield return $"{name} lays its fields out over each other";
            }

            if (name != LambdaCache && type.GetMethods().Any(method => reader.GetString(reader.GetMethodDefinition(method).Name) == ".cctor"))
            {
                yield return $"{name} runs code when it is loaded";
            }
        }
    }

    static IEnumerable<string> Code(PEReader file, MetadataReader reader, MethodDefinitionHandle handle)
    {
        var method = reader.GetMethodDefinition(handle);
        var name = $"{reader.GetString(reader.GetTypeDefinition(method.GetDeclaringType()).Name)}.{reader.GetString(method.Name)}";
        if ((method.ImplAttributes & MethodImplAttributes.CodeTypeMask) != MethodImplAttributes.IL || (method.Attributes & MethodAttributes.PinvokeImpl) != 0)
        {
            yield return $"{name} is no code of the runtime";
        }
        else if (method.RelativeVirtualAddress != 0)
        {
            var body = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [];
            foreach (var wrong in Instructions.WrongIn(body, isOfRule: IsOfRule(reader, method.GetDeclaringType())))
            {
                yield return $"{name} has {wrong}";
            }
        }
    }

    // Rule7, and what the compiler makes of its lambdas; not Rule7Loop, which is ours.
    static bool IsOfRule(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return !type.GetDeclaringType().IsNil ? IsOfRule(reader, type.GetDeclaringType())
            : name.StartsWith(Rule, StringComparison.Ordinal) && name.Length > Rule.Length && name.AsSpan(Rule.Length).IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
