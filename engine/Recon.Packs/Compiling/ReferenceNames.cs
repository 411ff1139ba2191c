// What an image refers to outside of itself, by the documentation ids of types and members.
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Recon.Packs.Compiling;

/// <summary>Reads the references of an image in the form of the allow-lists (ECMA-334, annex D.4.2: ID strings).</summary>
sealed class ReferenceNames(MetadataReader reader)
{
    /// <summary>Null for a member of one of the image's own types.</summary>
    /// <exception cref="BadImageFormatException">The parent is no type that a member of another assembly can have.</exception>
    public string? IdOf(MemberReference member)
    {
        if (TypeOf(member.Parent) is not { } type)
        {
            return null;
        }

        var name = reader.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            return $"F:{type}.{name}";
        }

        var signature = member.DecodeMethodSignature(new TypeNames(definitions: false), null);
        var arity = signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "";
        var result = name is "op_Implicit" or "op_Explicit" ? $"~{signature.ReturnType}" : "";
        return $"M:{type}.{name.Replace('.', '#')}{arity}{Parameters(signature.ParameterTypes)}{result}";
    }

    public string IdOf(TypeReference type) => $"T:{TypeNames.Of(reader, type)}";

    static string Parameters(ImmutableArray<string> types) => types.Length == 0 ? "" : $"({string.Join(',', types)})";

    string? TypeOf(EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => TypeNames.Of(reader, reader.GetTypeReference((TypeReferenceHandle)parent)),
        HandleKind.TypeSpecification => Named(reader.GetTypeSpecification((TypeSpecificationHandle)parent)
            .DecodeSignature(new TypeNames(definitions: true), null)),
        HandleKind.TypeDefinition => null,
        var kind => throw new BadImageFormatException($"a member of {kind}"),
    };

    static string? Named(string type) => type == TypeNames.Own ? null : type;

    /// <param name="definitions">Generic types as they are defined, without what stands for their parameters.</param>
    sealed class TypeNames(bool definitions) : ISignatureTypeProvider<string, object?>
    {
        // No name of a type: it matches nothing that is allowed.
        public const string Own = "<own>";

        public static string Of(MetadataReader reader, TypeReference type)
        {
            var (space, name) = (reader.GetString(type.Namespace), reader.GetString(type.Name));
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{Of(reader, reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}.{name}"
                : space.Length == 0 ? name : $"{space}.{name}";
        }

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            Of(reader, reader.GetTypeReference(handle));

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Own;

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => definitions
            ? genericType
            : $"{genericType[..genericType.LastIndexOf('`')]}{{{string.Join(',', typeArguments)}}}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"`{index}";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"``{index}";

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

        public string GetByReferenceType(string elementType) => $"{elementType}@";

        public string GetPointerType(string elementType) => $"{elementType}*";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "<function pointer>";

        public string GetPinnedType(string elementType) => $"<pinned>{elementType}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;
    }
}
