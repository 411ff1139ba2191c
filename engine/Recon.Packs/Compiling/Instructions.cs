// Which instructions a method of compiled rules is made of.
using System.Buffers.Binary;
using System.Reflection.Emit;

namespace Recon.Packs.Compiling;

/// <summary>Walks the bytes of a method (ECMA-335, partition III).</summary>
static class Instructions
{
    const byte TwoBytes = 0xFE;
    const int MostArms = 1 << 16;

    static readonly Dictionary<short, OpCode> All = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).Where(code => code.OpCodeType != OpCodeType.Nternal).ToDictionary(code => code.Value);

    // They read or write at any address, call what no reference names, or take the types of arguments from the caller.
    static readonly HashSet<short> Never = ValuesOf(
        OpCodes.Calli, OpCodes.Jmp, OpCodes.Localloc, OpCodes.Cpblk, OpCodes.Initblk, OpCodes.Cpobj, OpCodes.Arglist, OpCodes.Mkrefany,
        OpCodes.Refanyval, OpCodes.Refanytype, OpCodes.Ldvirtftn, OpCodes.Unaligned, OpCodes.Volatile, OpCodes.Tailcall);

    // A rule reads values and answers; it changes nothing behind a reference and throws nothing by itself but where no arm of a switch fits.
    static readonly HashSet<short> NeverInRule = ValuesOf(
        OpCodes.Stind_I, OpCodes.Stind_I1, OpCodes.Stind_I2, OpCodes.Stind_I4, OpCodes.Stind_I8, OpCodes.Stind_R4, OpCodes.Stind_R8,
        OpCodes.Stind_Ref, OpCodes.Ldind_I, OpCodes.Stobj, OpCodes.Rethrow, OpCodes.Endfilter, OpCodes.Leave, OpCodes.Leave_S);

    /// <param name="isOfRule">Of what an author wrote, so that it must end: it has no jump back.</param>
    public static IEnumerable<string> WrongIn(byte[] body, bool isOfRule)
    {
        for (var at = 0; at < body.Length;)
        {
            var start = at;
            var value = body[at] == TwoBytes && at + 1 < body.Length ? BinaryPrimitives.ReadInt16BigEndian(body.AsSpan(at)) : body[at];
            if (!All.TryGetValue(value, out var code))
            {
                yield return $"an unknown instruction {value:x}";
                yield break;
            }

            at += code.Size;
            if (LengthOf(code.OperandType, body, at) is not { } length || length > body.Length - at)
            {
                yield return $"{code.Name} without its end";
                yield break;
            }

            if (Never.Contains(value) || (isOfRule && NeverInRule.Contains(value)))
            {
                yield return $"the instruction {code.Name}";
            }

            if (isOfRule && Jumps(code.OperandType, body, at).Any(jump => jump < 0))
            {
                yield return $"a jump back at {start}";
            }

            at += length;
        }
    }

    static IEnumerable<int> Jumps(OperandType operand, byte[] body, int at) => operand switch
    {
        OperandType.ShortInlineBrTarget => [unchecked((sbyte)body[at])],
        OperandType.InlineBrTarget => [Int(body, at)],
        OperandType.InlineSwitch => Enumerable.Range(1, Int(body, at)).Select(target => Int(body, at + (target * sizeof(int)))),
        _ => [],
    };

    // Null where it cannot be told.
    static int? LengthOf(OperandType operand, byte[] body, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => body.Length - at < sizeof(int) || Int(body, at) is < 0 or > MostArms ? null : sizeof(int) + (sizeof(int) * Int(body, at)),
        _ => sizeof(int),
    };

    static int Int(byte[] body, int at) => BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));

    static HashSet<short> ValuesOf(params OpCode[] codes) => [.. codes.Select(code => code.Value)];
}
