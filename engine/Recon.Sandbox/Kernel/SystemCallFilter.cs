// Takes from all threads of this process the calls of the kernel that rules never need: sockets, new programs, other processes, mounts.
using System.Runtime.InteropServices;

namespace Recon.Sandbox.Kernel;

/// <summary>
/// Seccomp in filter mode (<c>Documentation/userspace-api/seccomp_filter.rst</c>): a program of the classic BPF machine that is asked before each call.
/// It lists what is closed; files are kept closed by <see cref="Landlock"/>, which lists what is open. A refused call fails with EPERM.
/// </summary>
static unsafe class SystemCallFilter
{
    const ushort LoadWord = 0x20;
    const ushort JumpIfEqual = 0x15;
    const ushort JumpIfAtLeast = 0x35;
    const ushort JumpIfAnySet = 0x45;
    const ushort Return = 0x06;

    const uint Allow = 0x7FFF0000;
    const uint Refuse = 0x00050000 | 1;
    const uint NotImplemented = 0x00050000 | 38;
    const uint KillProcess = 0x80000000;

    const uint Number = 0;
    const uint Machine = 4;
    const uint FirstArgument = 16;
    const uint CloneThread = 0x00010000;

    // Numbers from here on are those of the x32 interface, which nothing here speaks.
    const uint OtherInterface = 0x40000000;

    const int SetFilter = 1;
    const int AllThreads = 1;
    const int ModeOfProcess = 21;

    // socket connect accept sendto sendmsg bind listen socketpair accept4; fork vfork execve execveat; kill rt_sigqueueinfo tkill ptrace process_vm_*;
    // mount umount2 pivot_root chroot unshare setns; bpf perf_event_open io_uring_* userfaultfd; keys; modules, kexec; handles, pidfds; owners, rights.
    static readonly uint[] ClosedOnX64 =
    [
        41, 42, 43, 44, 46, 49, 50, 53, 288, 57, 58, 59, 322, 62, 129, 200, 101, 310, 311, 165, 166, 155, 161, 272, 308, 321, 298, 425, 426, 427, 323,
        248, 249, 250, 175, 313, 176, 246, 320, 303, 304, 424, 434, 438, 90, 91, 92, 93, 94, 260, 268, 88, 266, 86, 265, 133, 259,
    ];

    static readonly uint[] ClosedOnArm64 =
    [
        198, 203, 202, 206, 211, 200, 201, 199, 242, 221, 281, 129, 130, 138, 117, 270, 271, 40, 39, 41, 51, 97, 268, 280, 241, 425, 426, 427, 282,
        217, 218, 219, 105, 273, 106, 104, 294, 264, 265, 424, 434, 438, 52, 53, 54, 55, 36, 37, 33,
    ];

    [StructLayout(LayoutKind.Sequential)]
    struct Step
    {
        public ushort Code;
        public byte IfTrue;
        public byte IfFalse;
        public uint Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct FilterProgram
    {
        public ushort Length;
        public Step* Steps;
    }

    /// <summary>True where the kernel knows filters.</summary>
    internal static bool IsKnown => SystemCalls.IsKnownMachine && SystemCalls.Control(ModeOfProcess, 0, 0, 0, 0) >= 0;

    /// <exception cref="SandboxException">The kernel refused.</exception>
    internal static void Install()
    {
        SystemCalls.Demand(SystemCalls.Control(SystemCalls.NoNewPrivileges, 1, 0, 0, 0), "no new privileges");
        var steps = Steps();
        fixed (Step* first = steps)
        {
            var program = new FilterProgram { Length = (ushort)steps.Length, Steps = first };
            var number = SystemCalls.IsX64 ? 317 : 277;
            SystemCalls.Demand(SystemCalls.Call(number, SetFilter, AllThreads, (nint)(&program), 0), "seccomp");
        }
    }

    static Step[] Steps()
    {
        List<Step> steps =
        [
            Of(LoadWord, Machine), Of(JumpIfEqual, SystemCalls.IsX64 ? 0xC000003E : 0xC00000B7, ifTrue: 1), Of(Return, KillProcess),
            Of(LoadWord, Number), Of(JumpIfAtLeast, OtherInterface, ifFalse: 1), Of(Return, Refuse),
        ];
        foreach (var number in SystemCalls.IsX64 ? ClosedOnX64 : ClosedOnArm64)
        {
            steps.AddRange([Of(JumpIfEqual, number, ifFalse: 1), Of(Return, Refuse)]);
        }

        // A thread is no process; clone3 hides its flags in memory, so that the C library is sent back to clone.
        steps.AddRange(
        [
            Of(JumpIfEqual, 435, ifFalse: 1), Of(Return, NotImplemented),
            Of(JumpIfEqual, SystemCalls.IsX64 ? 56U : 220U, ifFalse: 3), Of(LoadWord, FirstArgument), Of(JumpIfAnySet, CloneThread, ifTrue: 1),
            Of(Return, Refuse), Of(Return, Allow),
        ]);
        return [.. steps];
    }

    static Step Of(ushort code, uint value, byte ifTrue = 0, byte ifFalse = 0) => new() { Code = code, IfTrue = ifTrue, IfFalse = ifFalse, Value = value };
}
